import { LogOut } from "lucide-react";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import type { BalanceAnswer } from "@/lib/ledger/schema";
import { BalancePill } from "./balance-pill";
import { CurrentLevel } from "./current-level";
import { Navigation } from "./navigation";

type Props = {
  operator: string;
  organization: string;
  email: string;
  balance: BalanceAnswer;
  signOut: () => Promise<void>;
  children: ReactNode;
};

/** The frame of every page: tasks at the side (at the bottom on a phone), whose portal it is and the balance on top. */
export async function Shell({ operator, organization, email, balance, signOut, children }: Props) {
  const t = await getTranslations("common");
  return (
    <div className="min-h-dvh sm:grid sm:grid-cols-[60px_1fr] lg:grid-cols-[232px_1fr]">
      <a
        href="#content"
        className="sr-only z-20 rounded-control bg-card px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t("skip")}
      </a>
      <aside className="sticky top-0 hidden h-dvh flex-col gap-6 border-r px-3 py-4 sm:flex">
        <p className="truncate px-3 font-semibold text-lg max-lg:px-0 max-lg:text-center">
          <span className="max-lg:hidden">{operator}</span>
          <span aria-hidden="true" className="lg:hidden">
            {operator.slice(0, 1)}
          </span>
        </p>
        <Navigation place="side" />
        <form action={signOut} className="mt-auto">
          <p className="mb-1 truncate px-3 text-muted text-sm max-lg:hidden" title={email}>
            {email}
          </p>
          <Button type="submit" variant="ghost" title="Sign out" className="w-full justify-start gap-3 max-lg:px-2">
            <LogOut aria-hidden="true" className="size-[18px] shrink-0" />
            <span className="max-lg:sr-only">Sign out</span>
          </Button>
        </form>
      </aside>
      <div className="min-w-0 pb-20 sm:pb-8">
        <header className="sticky top-0 z-10 flex h-14 items-center justify-between gap-4 border-b bg-page px-4 sm:px-8">
          <p className="min-w-0 truncate font-medium">{organization}</p>
          <div className="flex shrink-0 items-center gap-1">
            <BalancePill initial={balance} />
            <form action={signOut} className="sm:hidden">
              <Button type="submit" variant="ghost" className="px-2" aria-label="Sign out">
                <LogOut aria-hidden="true" className="size-[18px]" />
              </Button>
            </form>
          </div>
        </header>
        <main id="content" className="mx-auto max-w-[1200px] px-4 pt-6 sm:px-8">
          <CurrentLevel initial={balance} />
          {children}
        </main>
      </div>
      <div className="fixed inset-x-0 bottom-0 z-10 border-t bg-card sm:hidden">
        <Navigation place="bottom" />
      </div>
    </div>
  );
}
