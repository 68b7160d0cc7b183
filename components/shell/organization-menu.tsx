"use client";
import { KeyRound, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactElement } from "react";
import { useFacts } from "@/components/context/facts";
import { useRead } from "@/components/data/use-read";
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import { Skeleton } from "@/components/ui/skeleton";
import { endpoints } from "@/lib/adapters/portal/endpoints";
import { organizationPaths } from "@/lib/kernel/paths";

type Props = {
  memberships: number;
  onCreate: () => void;
  /** Left out where the first call opens no organization. */
  onClaim?: (() => void) | undefined;
  trigger: ReactElement;
};

/** The user's organizations. Each has an address of its own, and is loaded whole: nothing of another stays. */
export default function OrganizationMenu({ memberships, onCreate, onClaim, trigger }: Props) {
  const t = useTranslations("shell");
  const { id } = useFacts().organization;
  const { data } = useRead(endpoints.organizations, {});
  const change = (next: string) => {
    if (next !== id) window.location.assign(organizationPaths(next).overview);
  };
  const options = data?.data.map((one) => ({ value: one.id, label: one.name }));
  return (
    <Menu trigger={trigger} align="start" className="w-64" defaultOpen>
      {options ? (
        <MenuChoice label={t("organizations")} value={id} options={options} onChange={change} />
      ) : (
        <>
          <MenuLabel>{t("organizations")}</MenuLabel>
          {Array.from({ length: memberships }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the places are all alike and never move.
            <Skeleton key={index} className="m-1 h-6" />
          ))}
        </>
      )}
      <MenuSeparator />
      <MenuItem onClick={onCreate}>
        <Plus aria-hidden="true" />
        {t("newOrganization")}
      </MenuItem>
      {onClaim ? (
        <MenuItem onClick={onClaim}>
          <KeyRound aria-hidden="true" />
          {t("claimOrganization")}
        </MenuItem>
      ) : null}
    </Menu>
  );
}
