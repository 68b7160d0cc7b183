"use client";
import { ChevronsUpDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import type { Action } from "@/components/actions/action";
import { useFacts } from "@/components/context/facts";

const load = () => import("./organization-menu");
const OrganizationMenu = lazy(load);
const NewOrganization = lazy(() => import("@/components/organization/new-organization"));

type Props = { memberships: number; create: Action<{ id: string }> };

/** Whose portal this is; here one changes to another, or opens a new one. */
export function OrganizationSwitcher({ memberships, create }: Props) {
  const t = useTranslations("shell");
  const { name } = useFacts().organization;
  const [wanted, setWanted] = useState(false);
  const [creating, setCreating] = useState(false);
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
      <OrganizationMenu memberships={memberships} onCreate={() => setCreating(true)} trigger={button} />
      {creating ? <NewOrganization onClose={() => setCreating(false)} create={create} /> : null}
    </Suspense>
  );
}
