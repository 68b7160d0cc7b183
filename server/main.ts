/** The process's start: the local Stripe first, where there is no key, because modules read the environment once. */
import { startStandIn } from "./payment-stand-in";

await startStandIn();
await import("./serve");
