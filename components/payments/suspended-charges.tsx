"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Action, refusalOf } from "@/components/actions/action";
import { useFacts } from "@/components/context/facts";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import { Time } from "@/components/values/time";
import type { ChargeSuspension } from "@/lib/payments/schema";

type Props = { of: ChargeSuspension; owner: boolean; action: Action };

/** A dispute has stopped automatic charges: the reason, the consequence, and the button to resume them. */
export function SuspendedCharges({ of, owner, action }: Props) {
  const t = useTranslations("payments.suspended");
  const { support, offered, places } = useFacts();
  const router = useRouter();
  const [asked, setAsked] = useState(false);
  const resume = async () => {
    const answer = await action({});
    if (answer.refusal) return refusalOf(answer);
    toast(t("done"), "success");
    router.refresh();
    return undefined;
  };
  return (
    <>
      <Alert
        className="mb-6"
        title={t.rich("title", { time: () => <Time at={of.since} /> })}
        action={
          owner ? (
            <Button className="max-sm:w-full" onClick={() => setAsked(true)}>
              {t("button")}
            </Button>
          ) : null
        }
      >
        <p>{t("what", { payments: of.payments.join(", "), plans: String(offered.subscription) })}</p>
        {owner ? null : <p>{t("ownerOnly")}</p>}
        <p>{t("contact", { support })}</p>
      </Alert>
      <ConfirmDialog
        open={asked}
        onClose={() => setAsked(false)}
        title={t("confirmTitle")}
        confirm={t("confirm")}
        danger={false}
        onConfirm={resume}
      >
        <p>{t("charges")}</p>
        {offered.subscription ? <p>{t("plan", { page: places.subscription.at(-1) ?? "" })}</p> : null}
      </ConfirmDialog>
    </>
  );
}
