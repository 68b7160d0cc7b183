import { currentCatalogue } from "@/lib/catalogue";
import type { Context } from "@/lib/platform/context";
import type { Client } from "@/lib/platform/db";

const SEEN = `SELECT EXISTS (SELECT 1 FROM transaction
      WHERE organization_id = $1 AND scope = 'welcome' AND idempotency_key = 'welcome') AS welcomed,
    EXISTS (SELECT 1 FROM idempotency_record
      WHERE organization_id = $1 AND scope = 'signup' AND idempotency_key = 'further') AS further,
    EXISTS (SELECT 1 FROM subscription WHERE organization_id = $1) AS subscribed`;

/** The credit that `welcome` will add at the first billable call, if the catalogue says so; zero afterwards. */
export async function firstCallOf(
  client: Client,
  { organizationId }: Pick<Context, "organizationId">,
): Promise<bigint> {
  const { signup, defaultPlan, planIndex } = currentCatalogue().catalogue;
  if (signup.when !== "first_call") return 0n;
  const { rows } = await client.query<{ welcomed: boolean; further: boolean; subscribed: boolean }>(SEEN, [
    organizationId,
  ]);
  const [seen] = rows;
  const credit = seen?.welcomed || seen?.further ? 0n : signup.amount;
  const plan = defaultPlan === null || seen?.subscribed ? undefined : planIndex.get(defaultPlan);
  return credit + (plan?.allowance ?? 0n);
}
