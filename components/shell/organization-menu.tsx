"use client";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactElement } from "react";
import { useMemberships } from "@/components/queries";
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { paths } from "@/lib/kernel/paths";

type Props = {
  id: string;
  memberships: number;
  switchTo: (id: string) => Promise<void>;
  onCreate: () => void;
  trigger: ReactElement;
};

/** The user's organizations. A change loads the portal anew: nothing of the one before may stay on the page. */
export default function OrganizationMenu({ id, memberships, switchTo, onCreate, trigger }: Props) {
  const t = useTranslations("shell");
  const { data } = useMemberships();
  const change = (next: string) => {
    if (next === id) return;
    switchTo(next).then(
      () => window.location.assign(paths.overview),
      () => toast(t("switchFailed"), "error"),
    );
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
    </Menu>
  );
}
