"use client";
import { ChevronsUpDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import type { AccountFacts } from "./account-facts";
import { WIDE_ONLY } from "./wide-only";

const load = () => import("./account-menu");
const AccountMenu = lazy(load);

/** Who is signed in, and behind it the theme and signing out; the menu is loaded when the pointer comes near. */
export function Account({ account }: { account: AccountFacts }) {
  const t = useTranslations("shell");
  const [wanted, setWanted] = useState(false);
  const button = (
    <button
      type="button"
      aria-label={t("account", { email: account.email })}
      title={account.email}
      aria-haspopup="menu"
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => setWanted(true)}
      className="flex h-10 w-full items-center gap-3 rounded-control px-1 text-left text-muted text-sm hover:bg-control hover:text-text data-[popup-open]:bg-control"
    >
      <span
        aria-hidden="true"
        className="grid size-7 shrink-0 place-content-center rounded-full bg-control font-medium text-text text-xs uppercase"
      >
        {account.email.slice(0, 1)}
      </span>
      <span className={`min-w-0 flex-1 truncate ${WIDE_ONLY}`}>{account.email}</span>
      <span className={WIDE_ONLY}>
        <ChevronsUpDown aria-hidden="true" className="size-4" />
      </span>
    </button>
  );
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <AccountMenu account={account} trigger={button} />
    </Suspense>
  );
}
