import type { limitsOf } from "@/lib/adapters/portal/limits";

/** Every limit that the page shows, as the server read them. */
export type LimitFacts = Awaited<ReturnType<typeof limitsOf>>;
