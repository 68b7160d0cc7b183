import { paths } from "@/lib/kernel/paths";
import { type LetterText, letterBody, mailLink } from "@/lib/platform/letter";
import { translator } from "@/lib/platform/translator";
import signIn from "@/messages/en/sign-in.json";

/** The mail around a link that signs in and then opens the page `callbackUrl`. */
export function signInMail(operator: string, callbackUrl: string) {
  const t = translator({ signIn }, "signIn.letter");
  const subject = t("subject", { operator });
  return ({ email, token }: { email: string; token: string }): LetterText => {
    const query = new URLSearchParams({ email, token, callbackUrl });
    const link = { label: t("link"), url: mailLink(`${paths.signInLink}?${query}`) };
    const sentences = [t("what", { email })];
    return { subject, ...letterBody({ heading: subject, sentences, link, small: t("small") }) };
  };
}
