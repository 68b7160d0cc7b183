import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PaymentResult } from "@/components/payments/payment-result";
import { portalPage } from "@/lib/adapters/portal/page";
import { againAt, readReturned, syncReturnedCards } from "@/lib/adapters/portal/returned";
import { balance, balanceAnswer } from "@/lib/ledger";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("payments.result");
  return { title: t("title") };
}

/** Where the payment provider sends the browser back to. */
export default async function ReturnPage({ params, searchParams }: PageProps<"/o/[organization]/billing/return">) {
  const query = await searchParams;
  const id = typeof query.payment === "string" ? query.payment : undefined;
  const portal = await portalPage({ params }, (own) =>
    id ? `${own.paymentReturn}?payment=${encodeURIComponent(id)}` : own.billing,
  );
  const { ctx, catalogue, paths } = portal;
  if (query.cards !== undefined) {
    await syncReturnedCards(ctx);
    redirect(`${paths.paymentMethods}?added=1` as Route);
  }
  const looked = id ? await readReturned(ctx, id) : undefined;
  if (!looked) redirect(paths.billing as Route);
  const { currency, digits, symbol } = catalogue.payment;
  return (
    <PaymentResult
      first={looked}
      balance={balanceAnswer(await balance(ctx), catalogue)}
      money={{ currency, digits, symbol }}
      again={againAt(looked.payment, digits, paths)}
    />
  );
}
