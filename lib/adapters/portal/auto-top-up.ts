import { balanceAnswer } from "@/lib/ledger";
import { cardLabel, listCards } from "@/lib/payments";
import { autoTopUpHistory, autoTopUpOffer, mayBuy, readAutoTopUp } from "@/lib/topup";
import { currentBalance } from "./page";
import type { PortalRequest } from "./session";

/** What the part about auto top-up shows; undefined where the catalogue has none. */
export async function autoTopUpOf(portal: PortalRequest) {
  const { ctx, catalogue, session } = portal;
  const offer = autoTopUpOffer(catalogue);
  if (!offer) return undefined;
  const [standing, cards, history, sold, has] = await Promise.all([
    readAutoTopUp(ctx),
    listCards(ctx),
    autoTopUpHistory(ctx),
    mayBuy(ctx),
    currentBalance(portal),
  ]);
  return {
    label: catalogue.labels.autoTopUp,
    standing,
    offer,
    cards: cards.map((card) => ({ id: card.id, label: cardLabel(card), isDefault: card.isDefault })),
    history,
    mayBuy: sold,
    reader: { userId: session.userId, role: session.role },
    balance: balanceAnswer(has, catalogue),
  };
}
