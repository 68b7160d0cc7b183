"use client";
import { BookOpen, Copy, LifeBuoy, LogOut } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactElement } from "react";
import { useFacts } from "@/components/context/facts";
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLink, MenuSeparator } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import { paths } from "@/lib/kernel/paths";
import type { AccountFacts } from "./account-facts";
import { useThemeChoice } from "./use-theme-choice";

export default function AccountMenu({ account, trigger }: { account: AccountFacts; trigger: ReactElement }) {
  const t = useTranslations("shell");
  const { organization } = useFacts();
  const { theme, options, setTheme } = useThemeChoice();
  const copy = () =>
    void navigator.clipboard.writeText(organization.id).then(() => toast(t("organizationIdCopied"), "success"));
  return (
    <Menu trigger={trigger} side="top" align="start" className="w-56" defaultOpen>
      <MenuLabel>{t("signedInAs")}</MenuLabel>
      <p className="truncate px-2 pb-1 text-sm">{account.email}</p>
      <MenuSeparator />
      <MenuChoice label={t("theme")} value={theme} options={options} onChange={setTheme} />
      <MenuSeparator />
      <MenuItem onClick={copy}>
        <Copy aria-hidden="true" />
        {t("copyOrganizationId")}
      </MenuItem>
      <MenuLink href={paths.docs}>
        <BookOpen aria-hidden="true" />
        {t("apiReference")}
      </MenuLink>
      <MenuLink href={`mailto:${account.support}`}>
        <LifeBuoy aria-hidden="true" />
        <span className="truncate">{t("support", { support: account.support })}</span>
      </MenuLink>
      <MenuSeparator />
      <MenuItem onClick={() => void account.signOut()}>
        <LogOut aria-hidden="true" />
        {t("signOut")}
      </MenuItem>
    </Menu>
  );
}
