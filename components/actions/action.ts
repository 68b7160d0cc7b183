import type { FormRefusal } from "@/components/ui/form";
import type { ActionAnswer } from "@/lib/adapters/portal/action";
import type { MemberRole } from "@/lib/kernel/permissions";
import { tellMismatch } from "./organization-mismatch";

/** A server action: it takes a form's input and returns the verb's answer or its refusal. */
export type Action<T = void> = (input: unknown) => Promise<ActionAnswer<T>>;

/** The reader of the page, who sees only the actions that they may take. */
export type Reader = { userId: string; role: MemberRole };

/**
 * What a form shows of a refusal; nothing when there is none. It also says if the address of the page names another
 * organization.
 */
export function refusalOf({ refusal }: ActionAnswer<unknown>): FormRefusal | undefined {
  if (!refusal) return undefined;
  if (refusal.code === "organization_mismatch") tellMismatch({ other: refusal.organization ?? null });
  const { errors, problem } = refusal;
  return { ...(errors && { errors }), ...(problem && { problem }) };
}
