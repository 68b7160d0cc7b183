import type { AutoTopUpBlock, AutoTopUpState } from "./schema";

type Facts = { enabled: boolean; blocked: AutoTopUpBlock | null; due: boolean; flying: boolean };

/** Where auto top-up stands. What is due is charged within seconds: for whoever looks, it is being charged. Pure. */
export function autoTopUpState({ enabled, blocked, due, flying }: Facts): {
  state: AutoTopUpState;
  reason: AutoTopUpBlock | null;
} {
  if (flying) return { state: "charging", reason: null };
  if (!enabled) return { state: "off", reason: null };
  if (blocked) return { state: "waiting", reason: blocked };
  return { state: due ? "charging" : "ready", reason: null };
}
