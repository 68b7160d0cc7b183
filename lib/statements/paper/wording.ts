/** The words and numbers of a paper. */
import { type AmountKind, printAmount, type UnitFacts } from "@/lib/kernel/print-amount";
import type { TransactionType } from "@/lib/ledger/schema";
import { translator } from "@/lib/platform/translator";
import statements from "@/messages/en/statements.json";
import type { CreditAmounts, Statement } from "../schema";
import { paperFaces } from "./fonts";
import { printable } from "./letters";

export type PaperFacts = {
  organization: string;
  /** `accent` is a CSS color. */
  operator: { name: string; support: string; accent: string | null };
  unit: UnitFacts;
  /** What the catalogue calls the page that has the statements. */
  label: string;
  /** What the catalogue calls kinds of credit and automatic purchases. */
  labels: Record<"purchased" | "plan" | "promotional" | "autoTopUp", string>;
  madeAt: Date;
};

const words = () => translator({ statements }, "statements.paper");
export type Wording = {
  t: ReturnType<typeof words>;
  /** The names of movements, and of kinds of credit. */
  typeOf: (type: TransactionType) => string;
  kindOf: (kind: keyof CreditAmounts) => string;
  statement: Statement;
  facts: PaperFacts;
  /** Exact, for a table: without the name of credits and tokens, which the head says once. */
  amount: (minor: bigint) => string;
  /** Exact, for a sentence. */
  spoken: (minor: bigint) => string;
};

/** A unit whose symbol the face lacks is written with its code. */
function printableUnit(unit: UnitFacts): UnitFacts {
  const { regular } = paperFaces();
  return printable(unit.symbol, regular) === unit.symbol ? unit : { ...unit, symbol: `${unit.code} ` };
}

export function wording(statement: Statement, facts: PaperFacts): Wording {
  const unit = printableUnit(facts.unit);
  const bare = { ...unit, singular: "", plural: "" };
  const kind: AmountKind = "record";
  const t = words();
  const shared = translator({ statements }, "statements");
  return {
    t,
    typeOf: (type) => shared(`type.${type}`),
    kindOf: (kind) => {
      if (kind === "total") return t("kind.total");
      return kind === "adjustment" || kind === "debt" ? shared(`kind.${kind}`) : facts.labels[kind];
    },
    statement,
    facts,
    amount: (minor) => printAmount(minor, bare, kind).exact.trimEnd(),
    spoken: (minor) => printAmount(minor, unit, kind).exact,
  };
}
