import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import type { ChargeSuspension } from "../refunds/refund-schema";
import { readSuspension } from "./dispute-store";

/** Why nothing is charged by itself since when; null where nothing stops it. Every member may know. Errors: not_found. */
export async function chargeSuspension(ctx: Context): Promise<ChargeSuspension | null> {
  mayRead(ctx);
  return readSuspension(ctx);
}
