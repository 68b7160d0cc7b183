import { requestHash } from "@/lib/kernel/request-hash";
import type { OrganizationDb } from "@/lib/platform/context";
import { stripe } from "../provider/client";
import { isMissing, mapProviderErrors } from "../provider/provider-error";
import { keepCustomer, readCustomer, readPayer } from "./customer-store";

async function makeCustomer(ctx: OrganizationDb, gone: string | null): Promise<string> {
  const { organizationId } = ctx;
  const { name, email } = await readPayer(ctx);
  const draft = { name, ...(email && { email }), metadata: { organization: organizationId } };
  // Two requests at once use one key, so they get one customer.
  const idempotencyKey = `customer:${requestHash({ draft, gone })}`;
  const made = await stripe().customers.create(draft, { idempotencyKey });
  return keepCustomer(ctx, made.id, gone);
}

/**
 * The organization's customer at the provider, made on first use: one per organization, also when two requests ask at
 * once. Errors: upstream_failed.
 */
export async function ensureCustomer(ctx: OrganizationDb): Promise<string> {
  return (await readCustomer(ctx)) ?? mapProviderErrors(() => makeCustomer(ctx, null));
}

/**
 * Runs a call that names the customer; when the provider knows that customer no more, a new one is made and the call
 * is made once more. Errors: those of the call, as the provider gave them.
 */
export async function withCustomer<T>(ctx: OrganizationDb, call: (customer: string) => Promise<T>): Promise<T> {
  const customer = await ensureCustomer(ctx);
  try {
    return await call(customer);
  } catch (error) {
    if (!isMissing(error, "customer")) throw error;
    return call(await makeCustomer(ctx, customer));
  }
}
