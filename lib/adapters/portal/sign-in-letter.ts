import { getTranslations } from "next-intl/server";
import { paths } from "@/lib/kernel/paths";
import { letterBody } from "@/lib/platform/letter";
import { loadedCatalogue } from "./session";
import { publicUrl } from "./visit";

/** The mail around a link that signs in and then leads to the page that was asked for. */
export async function signInLetter(callbackUrl: string) {
  const t = await getTranslations("signIn.letter");
  const { name: operator } = (await loadedCatalogue()).operator;
  const place = `${await publicUrl()}${paths.signInLink}`;
  return ({ email, token }: { email: string; token: string }) => ({
    subject: t("subject", { operator }),
    ...letterBody({
      heading: t("subject", { operator }),
      sentences: [t("what", { email })],
      link: { label: t("link"), url: `${place}?${new URLSearchParams({ email, token, callbackUrl })}` },
      small: t("small"),
    }),
  });
}
