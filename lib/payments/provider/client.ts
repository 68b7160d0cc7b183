/**
 * The only place where Stripe's SDK is made. Whether it speaks to Stripe or to the local stand-in, only host, port and
 * protocol differ.
 */
import Stripe from "stripe";
import { TollgateError } from "@/lib/kernel/errors";
import { env } from "@/lib/platform/env";
import { perProcess } from "@/lib/platform/holders";

/** One request; the SDK itself retries a lost connection with the same key once. */
const SILENCE_MS = 20_000;

const held = perProcess<Stripe>("stripe");

function place(base: string | undefined) {
  if (!base) return {};
  const { hostname, port, protocol } = new URL(base);
  const name = protocol === "http:" ? "http" : "https";
  return { host: hostname, port: port || (name === "http" ? 80 : 443), protocol: name } as const;
}

/** Errors: upstream_failed when no key is set. */
export function stripe(): Stripe {
  const { STRIPE_SECRET_KEY, STRIPE_API_BASE } = env();
  if (!STRIPE_SECRET_KEY)
    throw new TollgateError("upstream_failed", "No payment provider is set up. Set STRIPE_SECRET_KEY.");
  const at = place(STRIPE_API_BASE);
  return held.ensure(
    () => new Stripe(STRIPE_SECRET_KEY, { ...at, telemetry: false, timeout: SILENCE_MS, maxNetworkRetries: 1 }),
  );
}
