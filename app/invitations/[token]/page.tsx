import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Ended, Invitation } from "@/components/invitation/invitation";
import { SignInFrame } from "@/components/sign-in/frame";
import { readInvitation } from "@/lib/accounts";
import { loadedCatalogue } from "@/lib/adapters/portal/loaded-catalogue";
import { currentPerson } from "@/lib/adapters/portal/page";
import { currentVisit } from "@/lib/adapters/portal/visit";
import { TollgateError } from "@/lib/kernel/errors";
import { paths } from "@/lib/kernel/paths";
import { acceptAction, signOutAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("invitation");
  // The address of this page is the invitation, so no other site may learn it.
  return { title: t("title"), referrer: "same-origin", robots: { index: false } };
}

function nullWhenNone(error: unknown): null {
  if (error instanceof TollgateError) return null;
  throw error;
}

export default async function InvitationPage({ params, searchParams }: PageProps<"/invitations/[token]">) {
  const [{ token }, { refused }, { operator }, t] = await Promise.all([
    params,
    searchParams,
    loadedCatalogue(),
    getTranslations("invitation"),
  ]);
  const [invitation, found] = await Promise.all([
    currentVisit().then((visit) => readInvitation(visit, { token }).catch(nullWhenNone)),
    currentPerson(),
  ]);
  if (invitation?.state !== "open") {
    return (
      <SignInFrame operator={operator} heading={t("endedHeading")}>
        <Ended reason={invitation?.state ?? "unknown"} />
      </SignInFrame>
    );
  }
  const full = refused === "plan_limit_reached";
  return (
    <SignInFrame operator={operator} heading={t("heading", { organization: invitation.organization })}>
      <Invitation
        invitation={invitation}
        email={found?.user.email ?? null}
        path={`${paths.invitations}/${token}`}
        problem={refused ? t(full ? "full" : "refused") : null}
        accept={acceptAction.bind(null, token)}
        signOut={signOutAction.bind(null, token)}
      />
    </SignInFrame>
  );
}
