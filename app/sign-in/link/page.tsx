import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { SignInFrame } from "@/components/sign-in/frame";
import { SubmitButton } from "@/components/ui/submit-button";
import { isSignInLinkOpen } from "@/lib/accounts";
import { loadedCatalogue } from "@/lib/adapters/portal/loaded-catalogue";
import { currentVisit } from "@/lib/adapters/portal/visit";
import { ownPath } from "@/lib/kernel/own-path";
import { paths } from "@/lib/kernel/paths";
import { signInByLink } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn.link");
  // The address of this page signs in, so no other site may learn it. ("no-referrer" would make the form's Origin
  // null.)
  return { title: t("title"), referrer: "same-origin", robots: { index: false } };
}

type Query = { email?: string | string[]; token?: string | string[]; callbackUrl?: string | string[] };

/** The page of a mail's link. A visit does not use the link, the button does. */
export default async function SignInLinkPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { email = "", token = "", callbackUrl: asked } = await searchParams;
  const callbackUrl = ownPath(asked);
  const link = { email: String(email), token: String(token) };
  if (!(await isSignInLinkOpen(await currentVisit(), link))) {
    redirect(`${paths.signIn}?${new URLSearchParams({ error: "expired", callbackUrl })}`);
  }
  const { operator } = await loadedCatalogue();
  const t = await getTranslations("signIn.link");
  return (
    <SignInFrame operator={operator} heading={t("heading", { operator: operator.name })}>
      <form action={signInByLink} className="grid gap-3">
        <input type="hidden" name="email" value={link.email} />
        <input type="hidden" name="token" value={link.token} />
        <input type="hidden" name="callbackUrl" value={callbackUrl} />
        <p>
          {t("as")} <strong className="font-medium [overflow-wrap:anywhere]">{link.email}</strong>
        </p>
        <SubmitButton primary>{t("submit")}</SubmitButton>
        <p className="text-muted text-sm">{t("note")}</p>
      </form>
    </SignInFrame>
  );
}
