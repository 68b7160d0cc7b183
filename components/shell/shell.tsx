import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import type { Action } from "@/components/actions/action";
import { Toasts } from "@/components/ui/toasts";
import type { BalanceAnswer } from "@/lib/ledger/schema";
import { Account } from "./account";
import type { AccountFacts } from "./account-facts";
import { BalancePill } from "./balance-pill";
import { Brand } from "./brand";
import { Connection } from "./connection";
import { CurrentLevel } from "./current-level";
import { Frame } from "./frame";
import { BottomNavigation, Navigation } from "./navigation";
import { OrganizationSwitcher } from "./organization-switcher";
import { PresentOrganization } from "./present-organization";
import { Search } from "./search";

type Props = {
  operator: { name: string; logo: string | null };
  memberships: number;
  account: AccountFacts;
  balance: BalanceAnswer;
  collapsed: boolean;
  createOrganization: Action<{ id: string }>;
  claimOrganization: Action<{ id: string }> | null;
  children: ReactNode;
};

/** The frame of every page: tasks at the side (at the bottom on a phone), whose portal it is and the balance on top. */
export async function Shell({
  operator,
  memberships,
  account,
  balance,
  collapsed,
  createOrganization,
  claimOrganization,
  children,
}: Props) {
  const t = await getTranslations("common");
  return (
    <>
      <a
        href="#content"
        className="sr-only z-50 rounded-control bg-card px-3 py-2 shadow-float focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t("skip")}
      </a>
      <Frame
        collapsed={collapsed}
        brand={<Brand name={operator.name} logo={operator.logo} />}
        navigation={<Navigation />}
        account={<Account account={account} />}
      >
        <header className="sticky top-0 z-10 print:static flex h-14 items-center gap-2 border-line border-b bg-page px-4 sm:gap-4 sm:px-8">
          <div className="flex min-w-0 flex-1">
            <OrganizationSwitcher memberships={memberships} create={createOrganization} claim={claimOrganization} />
          </div>
          <Search account={account} />
          <BalancePill initial={balance} />
        </header>
        <main id="content" tabIndex={-1} className="mx-auto max-w-[1264px] px-4 pt-6 outline-none sm:px-8">
          <Connection initial={balance} />
          <CurrentLevel initial={balance} />
          {children}
        </main>
      </Frame>
      <div className="fixed inset-x-0 bottom-0 z-10 border-line border-t bg-card pb-[env(safe-area-inset-bottom)] sm:hidden print:hidden">
        <BottomNavigation account={account} />
      </div>
      <Toasts />
      <PresentOrganization />
    </>
  );
}
