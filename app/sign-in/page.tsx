import type { Metadata, Route } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { SignInFrame } from "@/components/sign-in/frame";
import { NoWay } from "@/components/sign-in/no-way";
import { Nowhere } from "@/components/sign-in/nowhere";
import { Refused } from "@/components/sign-in/refused";
import { Sent } from "@/components/sign-in/sent";
import { SignInMethods } from "@/components/sign-in/sign-in-methods";
import { demoUser } from "@/lib/accounts";
import { loadedCatalogue } from "@/lib/adapters/portal/loaded-catalogue";
import { currentPerson } from "@/lib/adapters/portal/page";
import { currentVisit } from "@/lib/adapters/portal/visit";
import { ownPath } from "@/lib/kernel/own-path";
import { pricesPath } from "@/lib/kernel/paths";
import { organizationOfUser } from "@/lib/platform/session";
import { hasNoSignInMethod, signInMethods } from "@/lib/platform/sign-in-methods";
import { askLink, openOwn, signInDemo, signInOAuth, signOut } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn");
  return { title: t("title") };
}

type Query = { callbackUrl?: string | string[]; error?: string | string[]; sent?: string | string[] };

export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { callbackUrl: asked, error, sent } = await searchParams;
  const callbackUrl = ownPath(asked);
  const { operator, labels } = await loadedCatalogue();
  const person = await currentPerson();
  if (person && (await organizationOfUser(person.person.userId, []))) redirect(callbackUrl as Route);
  const methods = signInMethods();
  const demo = (await demoUser(await currentVisit()))?.email;
  const t = await getTranslations("signIn");
  if (person) {
    return (
      <SignInFrame operator={operator} heading={t("nowhere.heading")}>
        <Nowhere email={person.user.email} openOwn={openOwn} signOut={signOut} />
      </SignInFrame>
    );
  }
  if (sent && methods.mail) {
    return (
      <SignInFrame operator={operator} heading={t("sent.heading")}>
        <Sent callbackUrl={callbackUrl} outbox={methods.demo && !methods.smtp} />
      </SignInFrame>
    );
  }
  return (
    <SignInFrame operator={operator} heading={t("heading", { operator: operator.name })}>
      <p className="-mt-4 text-muted">{t("what")}</p>
      {error && error !== "email" ? <Refused expired={error === "expired"} /> : null}
      {hasNoSignInMethod(methods) ? <NoWay support={operator.support} /> : null}
      <SignInMethods
        methods={{ ...methods, demo }}
        callbackUrl={callbackUrl}
        wrongEmail={error === "email"}
        actions={{ mail: askLink, oauth: signInOAuth, demo: signInDemo }}
      />
      <Link href={pricesPath(labels.prices) as Route} className="justify-self-start underline underline-offset-4">
        {labels.prices}
      </Link>
    </SignInFrame>
  );
}
