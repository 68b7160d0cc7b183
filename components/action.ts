import type { ActionAnswer } from "@/lib/adapters/portal/action";
import type { MemberRole } from "@/lib/kernel/permissions";
import type { FormRefusal } from "./ui/form";

/** A server action: a form's input in, what the verb answered or why it was refused out. */
export type Action<T = void> = (input: unknown) => Promise<ActionAnswer<T>>;

/** Who looks at the page; what they may not do is not offered to them. */
export type Reader = { userId: string; role: MemberRole };

/** What a form shows of a refusal; nothing when there is none. */
export function refusalOf({ refusal }: ActionAnswer<unknown>): FormRefusal | undefined {
  if (!refusal) return undefined;
  const { errors, problem } = refusal;
  return { ...(errors && { errors }), ...(problem && { problem }) };
}
