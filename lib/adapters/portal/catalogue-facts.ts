import type { Catalogue } from "@/lib/catalogue/schema";
import { formatAmount } from "@/lib/kernel/money";
import { offeredPages } from "./offered";

/** What every page of this catalogue is told: its unit, names, places and pages. `planned`: a plan runs. */
export function catalogueFacts(catalogue: Catalogue, planned: boolean) {
  const { labels, plans, prices, tags, signup } = catalogue;
  const recommended = catalogue.policy.recommendedBalance;
  const offered = offeredPages(catalogue, planned);
  return {
    unit: catalogue.unit,
    meters: Object.fromEntries(catalogue.meters.map(({ name, label, singular }) => [name, { label, singular }])),
    endpoints: [...new Set(prices.map((price) => price.endpoint))],
    models: [...new Set(prices.map((price) => price.model))],
    plansSold: plans.some(({ free }) => !free),
    runs: tags.run,
    resources: catalogue.routes.billingCredits?.resource ?? [],
    offered,
    places: catalogue.places,
    paygToggles: offered.subscription && catalogue.payg.mode === "toggle",
    support: catalogue.operator.support,
    recommendedBalance: recommended === null ? null : formatAmount(recommended, catalogue.unit.scale),
    countsPlaces: tags.limited.length > 0,
    claims: signup.when === "first_call",
    grantsAtFirst: signup.when !== "never",
    labels: {
      ...labels,
      topUp: offered.addFunds ? labels.topUp : null,
      autoTopUp: offered.autoTopUp ? labels.autoTopUp : null,
    },
  };
}
