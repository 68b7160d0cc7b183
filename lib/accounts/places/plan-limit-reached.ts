import { z } from "zod";
import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";

/** Translates the refusal of the ledger's functions when a plan is full. */
const full = z.object({
  limit: z.enum(["members", "keys", "agents", "workspaces"]),
  most: z.int(),
  count: z.int(),
  plan: z.string().nullable(),
});
type Full = z.infer<typeof full>;

const WAYS: Record<Full["limit"], string> = {
  members: "Remove a member, withdraw an invitation, or upgrade the plan.",
  keys: "Revoke a key that you no longer use, or upgrade the plan.",
  agents: "Free the place of one that you no longer use, or upgrade the plan.",
  workspaces: "Free the place of one that you no longer use, or upgrade the plan.",
};
const COUNTED: Record<Full["limit"], string> = {
  members: "there are {count}, open invitations counted",
  keys: "there are {count}",
  agents: "{count} are registered",
  workspaces: "{count} are registered",
};

/** The refusal of one more than the plan allows: which limit, how many there are, and whose plan it is. */
export function planLimitReached(detail: string | null | undefined): TollgateError {
  const { limit, most, count, plan } = full.parse(JSON.parse(detail ?? "null"));
  const name = currentCatalogue().catalogue.planIndex.get(plan ?? "")?.name;
  const there = COUNTED[limit].replace("{count}", String(count));
  const allowed = most === 1 ? limit.slice(0, -1) : limit;
  const message = `The plan${name ? ` ${name}` : ""} allows ${most} ${allowed}, and ${there}. ${WAYS[limit]}`;
  return new TollgateError("plan_limit_reached", message, { limit, most, count, plan: name ?? plan });
}
