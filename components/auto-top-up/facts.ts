import type { Action, Reader } from "@/components/actions/action";
import type { AutoTopUpAnswer, AutoTopUpHistory, AutoTopUpOffer } from "@/lib/topup/schema";

/** The label of a saved card in a list. */
export type CardChoice = { id: string; label: string; isDefault: boolean };

export type AutoTopUpFacts = {
  /** The catalogue's name for auto top-up. */
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
