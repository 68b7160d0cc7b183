import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { buttonVariants } from "@/components/ui/button";
import { SubmitButton } from "@/components/ui/submit-button";
import type { InvitationLink } from "@/lib/accounts/schema";
import { paths } from "@/lib/kernel/paths";
import { masked } from "./masked";

function Way({ href, primary = false, children }: { href: string; primary?: boolean; children: ReactNode }) {
  return (
    <Link href={href as Route} className={buttonVariants({ variant: primary ? "primary" : "outline" })}>
      {children}
    </Link>
  );
}

/** A link that is no longer valid, and the reason. */
export function Ended({ reason }: { reason: "unknown" | "accepted" | "revoked" | "expired" }) {
  const t = useTranslations("invitation");
  return (
    <div className="grid gap-5">
      <p>{t(`ended.${reason}`)}</p>
      <Way href={paths.start}>{t("toOverview")}</Way>
    </div>
  );
}

type Props = {
  invitation: InvitationLink;
  /** The address of the signed-in user; null without one. */
  email: string | null;
  /** The address of this page. */
  path: string;
  problem: string | null;
  accept: () => Promise<void>;
  signOut: () => Promise<void>;
};

/** The invitation, for the invited address. */
export function Invitation({ invitation, email, path, problem, accept, signOut }: Props) {
  const t = useTranslations("invitation");
  const roles = useTranslations("team");
  const { organization, role, inviter } = invitation;
  const offer = inviter
    ? t("offerBy", { inviter, organization, role: roles(`roles.${role}`) })
    : t("offer", { organization, role: roles(`roles.${role}`) });
  const address = masked(invitation.email);
  return (
    <div className="grid gap-5 [overflow-wrap:anywhere]">
      <p>{offer}</p>
      <p className="text-muted text-sm">{t("role", { role: roles(`roles.${role}`), may: roles(`mayDo.${role}`) })}</p>
      {problem ? (
        <p role="alert" className="rounded-control bg-critical-soft px-3 py-2 text-critical text-sm">
          {problem}
        </p>
      ) : null}
      {email === null ? (
        <>
          <p>{t("signInAs", { address })}</p>
          <Way primary href={`${paths.signIn}?${new URLSearchParams({ callbackUrl: path })}`}>
            {t("signIn")}
          </Way>
        </>
      ) : email === invitation.email ? (
        <form action={accept}>
          <SubmitButton primary>{t("accept", { organization })}</SubmitButton>
        </form>
      ) : (
        <>
          <p>{t("wrong", { address, email })}</p>
          <form action={signOut}>
            <SubmitButton primary>{t("signOut")}</SubmitButton>
          </form>
        </>
      )}
    </div>
  );
}
