import type { FormRefusal } from "@/components/ui/form";
import type { ActionAnswer } from "@/lib/adapters/portal/action";
import type { MemberRole } from "@/lib/kernel/permissions";
import { tellMismatch } from "./organization-mismatch";

/** A server action: a form's input in, what the verb answered or why it was refused out. */
export type Action<T = void> = (input: unknown) => Promise<ActionAnswer<T>>;

/** Who views the page; what they may not do is not offered to them. */
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
