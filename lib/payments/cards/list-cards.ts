import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import type { CardAnswer } from "../schema";
import { readCards } from "./card-store";

/** The organization's saved cards, the default one first, with what charges them. Errors: not_found. */
export async function listCards(ctx: Context): Promise<CardAnswer[]> {
  mayRead(ctx);
  return readCards(ctx);
}
