import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonVariants } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Empty } from "@/components/ui/notice";
import type { OrganizationPaths } from "@/lib/kernel/paths";
import type { Shop } from "./offers";
import { PackTable } from "./pack-table";

type Why = "plan" | "role";
type Props = {
  title: string;
  why: Why;
  organization: string;
  paths: OrganizationPaths;
  shop: Shop;
};

/** The reason why credit cannot be bought here, and the alternative. */
export function NotSold({ title, why, organization, paths, shop }: Props) {
  const t = useTranslations("payments.addFunds");
  return (
    <Card aria-labelledby="add-funds" className="max-w-2xl">
      <CardHeader id="add-funds" title={title} />
      {why === "plan" ? (
        <Empty
          action={
            <Link href={paths.subscription as Route} className={buttonVariants({ variant: "primary" })}>
              {t("choosePlan")}
            </Link>
          }
        >
          {t("planOnly")}
        </Empty>
      ) : null}
      {why === "role" ? (
        <Empty>
          {t("ownerOnly")} {t("owners", { organization })}
        </Empty>
      ) : null}
      {shop.packs.length > 0 ? <PackTable shop={shop} /> : null}
    </Card>
  );
}
