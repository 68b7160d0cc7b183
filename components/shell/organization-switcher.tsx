"use client";
import { ChevronsUpDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import type { Action } from "@/components/actions/action";
import { useFacts } from "@/components/context/facts";

const load = () => import("./organization-menu");
const OrganizationMenu = lazy(load);
const ClaimOrganization = lazy(() => import("@/components/organization/claim-organization"));
const NewOrganization = lazy(() => import("@/components/organization/new-organization"));

type Props = {
  memberships: number;
  create: Action<{ id: string }>;
  /** Null where the first call opens no organization. */
  claim: Action<{ id: string }> | null;
};

/** Whose portal this is; here one changes to another, or opens a new one. */
export function OrganizationSwitcher({ memberships, create, claim }: Props) {
  const t = useTranslations("shell");
  const { name } = useFacts().organization;
  const [wanted, setWanted] = useState(false);
  const [open, setOpen] = useState<"create" | "claim">();
  const close = () => setOpen(undefined);
  const button = (
    <button
      type="button"
      aria-label={t("organization", { name })}
      aria-haspopup="menu"
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => setWanted(true)}
      className="-ml-2 flex h-9 touch:h-11 min-w-0 items-center gap-1.5 rounded-control px-2 font-medium hover:bg-control data-[popup-open]:bg-control"
    >
      <span className="truncate">{name}</span>
      <ChevronsUpDown aria-hidden="true" className="size-4 shrink-0 text-muted" />
    </button>
  );
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <OrganizationMenu
        memberships={memberships}
        onCreate={() => setOpen("create")}
        onClaim={claim ? () => setOpen("claim") : undefined}
        trigger={button}
      />
      {open === "create" ? <NewOrganization onClose={close} create={create} /> : null}
      {open === "claim" && claim ? <ClaimOrganization onClose={close} claim={claim} /> : null}
    </Suspense>
  );
}
