import { getTranslations } from "next-intl/server";
import { paths } from "@/lib/kernel/paths";
import { letterBody } from "@/lib/platform/letter";
import { mailLink } from "@/lib/platform/mail-words";
import { loadedCatalogue } from "./session";

/** The mail around a link that signs in and then leads to the page that was asked for. */
export async function signInLetter(callbackUrl: string) {
  const t = await getTranslations("signIn.letter");
  const { name: operator } = (await loadedCatalogue()).operator;
  return ({ email, token }: { email: string; token: string }) => ({
    subject: t("subject", { operator }),
    ...letterBody({
      heading: t("subject", { operator }),
      sentences: [t("what", { email })],
      link: {
        label: t("link"),
        url: mailLink(`${paths.signInLink}?${new URLSearchParams({ email, token, callbackUrl })}`),
      },
      small: t("small"),
    }),
  });
}
