"use client";
import { ChevronsUpDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";

const load = () => import("./organization-menu");
const OrganizationMenu = lazy(load);

type Props = {
  id: string;
  name: string;
  memberships: number;
  switchTo: (id: string) => Promise<void>;
};

/** Whose portal this is; whoever belongs to several changes it here. */
export function OrganizationSwitcher({ id, name, memberships, switchTo }: Props) {
  const t = useTranslations("shell");
  const [wanted, setWanted] = useState(false);
  if (memberships < 2) return <p className="min-w-0 truncate font-medium">{name}</p>;
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
      <OrganizationMenu id={id} memberships={memberships} switchTo={switchTo} trigger={button} />
    </Suspense>
  );
}
