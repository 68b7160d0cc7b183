import type { Action } from "@/components/actions/action";
import type { ChangePreview, PlanMove } from "@/lib/plans/schema";

/** The server actions of the page's buttons. */
export type PlanActions = {
  choose: Action<PlanMove>;
  preview: Action<ChangePreview>;
  change: Action<PlanMove>;
  cancel: Action;
  resume: Action;
  setPayg: Action;
};

/** Leaves for the payment provider's page. */
export function follow({ redirect }: PlanMove): boolean {
  if (redirect) window.location.assign(redirect);
  return redirect !== null;
}
