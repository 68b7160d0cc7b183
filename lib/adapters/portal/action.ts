/** A form of the portal ↔ a verb: session → checked fields → verb → what the form shows. */
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { TollgateError } from "@/lib/kernel/errors";
import { known } from "../http/problem";
import { currentPortal } from "./page";
import type { PortalRequest } from "./session";

/** What the server found wrong: at fields by their names, and what belongs to none of them. */
export type ActionRefusal = { code: string; errors?: Record<string, string>; problem?: string };
export type ActionAnswer<T> = { value: T; refusal?: undefined } | { refusal: ActionRefusal; value?: undefined };

function refusalOf(error: unknown): ActionRefusal {
  const { code, message, details } = known(error);
  if (code === "internal") return { code, problem: "This did not work. Nothing was changed." };
  const field = typeof details?.field === "string" ? details.field : undefined;
  return field ? { code, errors: { [field]: message } } : { code, problem: message };
}

/** Runs a verb for whoever is signed in. Never throws but for Next's own redirects. */
export async function portalAction<Schema extends z.ZodType, T>(
  schema: Schema,
  input: unknown,
  verb: (portal: PortalRequest, values: z.output<Schema>) => Promise<T>,
): Promise<ActionAnswer<T>> {
  try {
    const portal = await currentPortal();
    if (!portal) throw new TollgateError("unauthenticated", "You are signed out. Sign in again.");
    const checked = schema.safeParse(input);
    if (!checked.success) {
      const errors = checked.error.issues.map((issue) => [String(issue.path[0] ?? ""), issue.message]);
      return { refusal: { code: "validation_failed", errors: Object.fromEntries(errors.reverse()) } };
    }
    return { value: await verb(portal, checked.data) };
  } catch (error) {
    unstable_rethrow(error);
    return { refusal: refusalOf(error) };
  }
}
