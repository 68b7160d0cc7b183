import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { AddressProvider } from "@/components/layout/address";
import { OperatorMark } from "@/components/layout/operator-mark";
import { PageHeader } from "@/components/layout/page-header";
import { buttonVariants } from "@/components/ui/button";
import { paths } from "@/lib/kernel/paths";

type Operator = { name: string; logo: string | null; support: string };

function Sign({ name, logo }: Operator) {
  return (
    <p className="flex min-w-0 items-center gap-2.5">
      <OperatorMark name={name} logo={logo} />
      <span className="truncate font-semibold text-lg">{name}</span>
    </p>
  );
}

/** The page of the prices for everyone: the operator's sign, the way in, and whom to ask. */
export function PricesFrame({
  operator,
  heading,
  children,
}: {
  operator: Operator;
  heading: string;
  children: ReactNode;
}) {
  const t = useTranslations("prices");
  return (
    <AddressProvider>
      <div className="mx-auto max-w-[1200px] px-4 pb-10 sm:px-8">
        <header className="mb-6 flex h-14 items-center justify-between gap-4">
          <Sign {...operator} />
          <Link href={paths.signIn as Route} className={buttonVariants({ className: "print:hidden" })}>
            {t("signIn")}
          </Link>
        </header>
        <main>
          <PageHeader title={heading} />
          {children}
        </main>
        <footer className="mt-8 text-muted text-sm">
          {t("questions")}{" "}
          <a href={`mailto:${operator.support}`} className="underline underline-offset-4">
            {operator.support}
          </a>
        </footer>
      </div>
    </AddressProvider>
  );
}
