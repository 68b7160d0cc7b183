import { currentCatalogue } from "@/lib/catalogue";
import type { Context } from "@/lib/platform/context";
import type { Client } from "@/lib/platform/db";
import { readWelcome } from "./welcome-store";

/** The credit that `welcome` will add at the first billable call, if the catalogue says so; zero afterwards. */
export async function firstCallOf(
  client: Client,
  { organizationId }: Pick<Context, "organizationId">,
): Promise<bigint> {
  const { signup, defaultPlan, planIndex } = currentCatalogue().catalogue;
  if (signup.when !== "first_call") return 0n;
  const seen = await readWelcome(client, organizationId);
  const credit = seen.welcomed || seen.further ? 0n : signup.amount;
  const plan = defaultPlan === null || seen.subscribed ? undefined : planIndex.get(defaultPlan);
  return credit + (plan?.allowance ?? 0n);
}
