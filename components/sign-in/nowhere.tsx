import { useTranslations } from "next-intl";
import { SubmitButton } from "@/components/ui/submit-button";

type Props = { email: string; openOwn: () => Promise<void>; signOut: () => Promise<void> };

/** Someone who is signed in and belongs nowhere: invited and not there yet, or removed. */
export function Nowhere({ email, openOwn, signOut }: Props) {
  const t = useTranslations("signIn.nowhere");
  return (
    <div className="grid gap-5">
      <p className="[overflow-wrap:anywhere]">{t("what", { email })}</p>
      <p className="text-muted text-sm">{t("invited")}</p>
      <div className="grid gap-3">
        <form action={openOwn}>
          <SubmitButton primary>{t("open")}</SubmitButton>
        </form>
        <form action={signOut}>
          <SubmitButton>{t("signOut")}</SubmitButton>
        </form>
      </div>
    </div>
  );
}
