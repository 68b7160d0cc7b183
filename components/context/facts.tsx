"use client";
import { createContext, type ReactNode, useContext } from "react";
import type { PlaceWords } from "@/lib/kernel/paths";
import type { UnitFacts } from "@/lib/kernel/print-amount";

/** The facts that print every number and time of a page; the same on the server and in the browser. */
export type Facts = {
  /** Whose page it is: by its public id, and as people call it. */
  organization: { id: string; name: string };
  unit: UnitFacts;
  timeZone: string;
  /** The time at which the page was made: "today", until the browser's own clock takes over. */
  now: string;
  meters: Record<string, { label: string; singular: string }>;
  /** In the catalogue's order, which gives each its color on every page. */
  endpoints: readonly string[];
  models: readonly string[];
  planName: string | null;
  /** What the reader may do about credit: `manage` by their role, `buy` when it is also sold to this organization now. */
  may: { manage: boolean; buy: boolean };
  /** Whether the catalogue has plans that are paid for. */
  plansSold: boolean;
  /** What the catalogue calls calls that belong together, and their tag; null where it names none. */
  runs: { tag: string; label: string; singular: string } | null;
  /** What the catalogue calls the resources of transactions, such as project and session. */
  resources: readonly string[];
  /** Which of the pages that not every catalogue has are here. */
  offered: Record<"addFunds" | "autoTopUp" | "subscription" | "runs", boolean>;
  /** The words on the way to each page of billing. */
  places: PlaceWords;
  /** Whether the reader chooses if prepaid credit pays after the plan. */
  paygToggles: boolean;
  /** The operator's address for questions. */
  support: string;
  /** What the operator recommends to keep, a decimal of the unit; null where it recommends nothing. */
  recommendedBalance: string | null;
  /** Whether a plan limits agents or workspaces, by their first calls. */
  countsPlaces: boolean;
  /** Whether the first call opens an account, which its owner claims. */
  claims: boolean;
  /** Whether credit is given at the beginning. */
  grantsAtFirst: boolean;
  /** `topUp` and `autoTopUp` are null where the catalogue has none. */
  labels: {
    balance: string;
    plan: string;
    purchased: string;
    promotional: string;
    /** What a purchase brings. */
    bought: string;
    payg: string;
    paygLimit: string;
    prices: string;
    topUp: string | null;
    autoTopUp: string | null;
  };
};

const FactsContext = createContext<Facts | undefined>(undefined);

export function FactsProvider({ facts, children }: { facts: Facts; children: ReactNode }) {
  return <FactsContext value={facts}>{children}</FactsContext>;
}

export function useFacts(): Facts {
  const facts = useContext(FactsContext);
  if (!facts) throw new Error("FactsProvider is missing above this component.");
  return facts;
}
