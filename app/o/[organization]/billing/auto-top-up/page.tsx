import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AutoTopUp } from "@/components/auto-top-up/auto-top-up";
import { Card } from "@/components/ui/card";
import { Empty } from "@/components/ui/notice";
import { actionsOf } from "@/lib/adapters/portal/actions-of";
import { currentBalance, portalPage } from "@/lib/adapters/portal/page";
import { balanceAnswer } from "@/lib/ledger";
import { cardLabel, listCards } from "@/lib/payments";
import { autoTopUpHistory, autoTopUpOffer, mayBuy, readAutoTopUp } from "@/lib/topup";
import { setAutoTopUpAction, switchOffAutoTopUpAction } from "./actions";

export async function generateMetadata({
  params,
}: PageProps<"/o/[organization]/billing/auto-top-up">): Promise<Metadata> {
  const { catalogue } = await portalPage({ params }, (own) => own.autoTopUp);
  return { title: catalogue.labels.autoTopUp };
}

export default async function AutoTopUpPage({ params }: PageProps<"/o/[organization]/billing/auto-top-up">) {
  const portal = await portalPage({ params }, (own) => own.autoTopUp);
  const { ctx, catalogue, session } = portal;
  const offer = autoTopUpOffer(catalogue);
  if (!offer) {
    const t = await getTranslations("autoTopUp");
    return (
      <Card>
        <Empty>{t("notOffered")}</Empty>
      </Card>
    );
  }
  const [standing, cards, history, sold, has] = await Promise.all([
    readAutoTopUp(ctx),
    listCards(ctx),
    autoTopUpHistory(ctx),
    mayBuy(ctx),
    currentBalance(portal),
  ]);
  return (
    <AutoTopUp
      label={catalogue.labels.autoTopUp}
      standing={standing}
      offer={offer}
      cards={cards.map((card) => ({ id: card.id, label: cardLabel(card), isDefault: card.isDefault }))}
      history={history}
      mayBuy={sold}
      reader={{ userId: session.userId, role: session.role }}
      balance={balanceAnswer(has, catalogue)}
      actions={actionsOf(portal, { set: setAutoTopUpAction, switchOff: switchOffAutoTopUpAction })}
    />
  );
}
