import type { AutoTopUpBlock, AutoTopUpState } from "./schema";

type Facts = { enabled: boolean; blocked: AutoTopUpBlock | null; due: boolean; inFlight: boolean };

/** Where auto top-up stands. A due charge is made within seconds, so it shows as charging. Pure. */
export function autoTopUpState({ enabled, blocked, due, inFlight }: Facts): {
  state: AutoTopUpState;
  reason: AutoTopUpBlock | null;
} {
  if (inFlight) return { state: "charging", reason: null };
  if (!enabled) return { state: "off", reason: null };
  if (blocked) return { state: "waiting", reason: blocked };
  return { state: due ? "charging" : "ready", reason: null };
}
