import type { Action, Reader } from "@/components/actions/action";
import type { AutoTopUpAnswer, AutoTopUpHistory, AutoTopUpOffer } from "@/lib/topup/schema";

/** A saved card as it is named in a list. */
export type CardChoice = { id: string; label: string; isDefault: boolean };

export type AutoTopUpFacts = {
  /** What the catalogue calls it. */
  label: string;
  standing: AutoTopUpAnswer;
  offer: AutoTopUpOffer;
  cards: readonly CardChoice[];
  history: AutoTopUpHistory;
  /** Whether credit is sold to this organization now. */
  mayBuy: boolean;
  reader: Reader;
  actions: Record<"set" | "switchOff", Action>;
};
