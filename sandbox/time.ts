/** Events that happen by time. */
import { expireSession } from "./checkout";
import { endSlowRefunds } from "./refunds";
import { doDueSubscriptions } from "./renewals";
import type { World } from "./world";

const STEP_SECONDS = 86_400;

function expireSessions(world: World): void {
  for (const session of world.store.all("checkout.session")) {
    if (session.status === "open" && session.expires_at <= world.now()) expireSession(world, session);
  }
}

/** Everything that is due by the world's clock. */
export function doDue(world: World): void {
  expireSessions(world);
  endSlowRefunds(world);
  doDueSubscriptions(world);
  world.settle();
}

/** Moves the clock forward in steps of a day, so that due events happen in their order. */
export function passTime(world: World, seconds: number): void {
  for (let left = seconds; left > 0; left -= STEP_SECONDS) {
    const self = world.self();
    world.store.put("self", { ...self, advanced: self.advanced + Math.min(left, STEP_SECONDS) });
    doDue(world);
  }
}
