"use client";
import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { SIDEBAR_COOKIE } from "./sidebar-cookie";

const YEAR_SECONDS = 31_536_000;

type Props = { collapsed: boolean; brand: ReactNode; navigation: ReactNode; account: ReactNode; children: ReactNode };

/** The grid of sidebar and page. Whether the sidebar is narrow is the reader's choice, and the server knows it. */
export function Frame({ collapsed: first, brand, navigation, account, children }: Props) {
  const t = useTranslations("shell");
  const [collapsed, setCollapsed] = useState(first);
  const toggle = () => {
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is not in every browser yet.
    document.cookie = `${SIDEBAR_COOKIE}=${collapsed ? "wide" : "narrow"}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
    setCollapsed(!collapsed);
  };
  const Icon = collapsed ? PanelLeftOpen : PanelLeftClose;
  return (
    <div
      data-collapsed={collapsed}
      className="group/frame min-h-dvh sm:grid sm:grid-cols-[60px_minmax(0,1fr)] lg:data-[collapsed=false]:grid-cols-[232px_minmax(0,1fr)]"
    >
      <aside className="sticky top-0 hidden h-dvh flex-col border-line border-r sm:flex">
        <div className="flex h-14 shrink-0 items-center px-3">{brand}</div>
        <div className="min-h-0 flex-1 overflow-y-auto px-3 py-2">{navigation}</div>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-1 p-3">
          <IconButton
            label={collapsed ? t("expand") : t("collapse")}
            aria-expanded={!collapsed}
            onClick={toggle}
            className="max-lg:hidden"
          >
            <Icon aria-hidden="true" />
          </IconButton>
          {account}
        </div>
      </aside>
      <div className="min-w-0 pb-24 sm:pb-10">{children}</div>
    </div>
  );
}
