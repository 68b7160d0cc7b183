/** Where the pages of billing are, from the words of the catalogue. */
import type { PlaceWords } from "@/lib/kernel/paths";
import type { CatalogueFile } from "./file";

type Words = readonly string[];
/** The words of each page. A page that is given no place of its own is below the balance. */
export function placesOf({ paths, labels }: Pick<CatalogueFile, "paths" | "labels">): PlaceWords {
  const { balance } = paths;
  const here = balance.join("\n");
  const own = (given: Words | undefined, word: string): Words =>
    given && given.join("\n") !== here ? given : [...balance, word];
  return {
    billing: balance,
    addFunds: own(paths.topUp, labels.topUp),
    autoTopUp: own(paths.autoTopUp, labels.autoTopUp),
    paymentMethods: own(paths.paymentMethods, "Payment methods"),
    subscription: own(paths.plan, "Subscription"),
    invoices: [...balance, "Invoices"],
    statements: own(paths.statements, "Statements"),
  };
}
