/** Checks what a catalogue offers besides prices: plans, packs, sign-up, top-ups, levels, tags and routes. */
import { chargedCurrency } from "@/lib/kernel/currency";
import { isTaken, isTakenPlace, PLACED_PAGES, type PlacedPage, placedAddress, pricesPath } from "@/lib/kernel/paths";
import type { CatalogueFile } from "./file";
import type { Issue, Path } from "./issues";
import { placesOf } from "./places";
import { nearest } from "./refuse";

type Report = (path: Path, message: string) => void;
const LEVEL_ORDER = ["normal", "low", "warning", "critical"];

function checkPayment({ payment }: CatalogueFile, report: Report): void {
  const { currency, digits } = payment;
  const facts = chargedCurrency(currency);
  if (!facts) {
    report(["payment", "currency"], `Stripe charges no ${currency}; write a currency that it charges, such as EUR`);
  } else if (digits !== undefined && digits !== facts.digits) {
    const fix = `write \`digits: ${facts.digits}\`, or leave it out`;
    report(["payment", "digits"], `${currency} is charged with ${facts.digits} decimal digits; ${fix}`);
  }
}

function unique(report: Report, list: string, ids: string[]): void {
  ids.forEach((id, index) => {
    if (ids.indexOf(id) < index) report([list, index, "id"], `${id} is used twice; give each its own id`);
  });
}

function checkPlans(file: CatalogueFile, report: Report): void {
  const ids = file.plans.map((plan) => plan.id);
  unique(report, "plans", ids);
  file.plans.forEach((plan, index) => {
    if (plan.free && plan.price) report(["plans", index, "price"], "a free plan has no price; remove it");
    if (!plan.free && !plan.price) {
      report(["plans", index], 'has no price; write `price: {monthly: "…"}`, or `free: true`');
    }
    if (plan.free && plan.discountPercent > 0) {
      report(["plans", index, "discountPercent"], "a free plan has no discount; remove it");
    }
  });
  if (file.defaultPlan !== undefined) {
    const index = ids.indexOf(file.defaultPlan);
    const guess = nearest(file.defaultPlan, ids) ?? `one of: ${ids.join(", ") || "(none)"}`;
    if (index < 0) report(["defaultPlan"], `there is no plan "${file.defaultPlan}"; write ${guess}`);
    else if (!file.plans[index]?.free)
      report(["defaultPlan"], "must be a free plan, because it starts without a payment");
  }
  if (file.purchases === "paidPlansOnly" && !file.plans.some((plan) => !plan.free)) {
    report(["purchases"], "no plan is paid, so no organization can buy; add a paid plan, or write `purchases: anyone`");
  }
}

function checkPurchases(file: CatalogueFile, report: Report): void {
  const packs = file.packs.map((pack) => pack.id);
  unique(report, "packs", packs);
  const { autoTopUp, signup } = file;
  if (autoTopUp?.by === "pack" && packs.length === 0) report(["autoTopUp", "by"], "there are no packs; add `packs`");
  if (autoTopUp?.by === "amount" && !file.topUp) report(["autoTopUp", "by"], "there is no `topUp`; add it");
  autoTopUp?.presets.forEach((preset, index) => {
    const at = ["autoTopUp", "presets", index];
    if (autoTopUp.by === "amount" && (!preset.amount || preset.pack)) {
      report(at, 'must name an amount; write `amount: "50"`');
    }
    if (autoTopUp.by === "pack" && (preset.amount || !preset.pack || !packs.includes(preset.pack))) {
      report(at, `must name a pack; write \`pack: ${packs[0] ?? "…"}\``);
    }
  });
  if (signup.when !== "never" && !signup.amount) report(["signup"], 'has no amount; write `amount: "5"`');
  if (signup.when === "never" && (signup.amount || signup.expiresAfterDays)) {
    report(["signup"], "is never given but has an amount; write `when: signup`, or remove the amount");
  }
}

/** Levels are steps downwards without gaps: each but the last has one bound, the last takes all that is left. */
function checkLevels(file: CatalogueFile, report: Report): void {
  let previous: number | undefined;
  file.levels.forEach((level, index) => {
    const at = ["levels", index];
    const rank = LEVEL_ORDER.indexOf(level.name);
    if (previous !== undefined && rank <= previous) {
      report([...at, "name"], `must come after ${LEVEL_ORDER[previous]}; write them as ${LEVEL_ORDER.join(", ")}`);
    }
    previous = rank;
    const bounds = [level.above, level.from].filter((bound) => bound !== undefined).length;
    const last = index === file.levels.length - 1;
    if (!last && bounds !== 1) report(at, "must have one bound; write `above:` (without it) or `from:` (with it)");
    if (last && bounds !== 0) report(at, "leaves a gap below its bound; the last level has none, remove it");
    if (level.planShare === undefined) return;
    if (last) report([...at, "planShare"], "says nothing at the last level, which takes the rest; remove it");
    if (file.plans.length === 0) report([...at, "planShare"], "is a share of a plan's allowance; there are no plans");
  });
  if (file.levels[0]?.name !== "normal") report(["levels", 0, "name"], "must be normal");
}

function checkTags(file: CatalogueFile, report: Report): void {
  const all: string[] = [];
  for (const list of ["rollup", "logged"] as const) {
    file.tags[list].forEach((tag, index) => {
      if (all.includes(tag)) report(["tags", list, index], `${tag} is declared twice; keep one`);
      all.push(tag);
    });
  }
  const { run } = file.tags;
  if (run && !file.tags.logged.includes(run.tag)) {
    report(["tags", "run", "tag"], `${run.tag} is not logged; add it to \`tags.logged\``);
  }
  file.routes.billingCredits?.resource.forEach((tag, index) => {
    if (!all.includes(tag) && !file.tags.limited.some((limited) => limited === tag)) {
      report(["routes", "billingCredits", "resource", index], `${tag} is not a tag; declare it under \`tags\``);
    }
  });
  const limited = (tag: "workspace" | "agent", limit: "workspaces" | "agents") => {
    const index = file.plans.findIndex((plan) => plan.limits[limit] !== undefined);
    if (index < 0 || file.tags.limited.includes(tag)) return;
    report(["plans", index, "limits", limit], `nothing counts ${limit}; add ${tag} to \`tags.limited\``);
  };
  limited("workspace", "workspaces");
  limited("agent", "agents");
}

/** Each page has an address of its own; auto top-up may share that of purchases. */
function checkPlaces(file: CatalogueFile, report: Report): void {
  const places = placesOf(file);
  const keys = { billing: "balance", addFunds: "topUp", subscription: "plan", invoices: "balance" } as const;
  const seen = new Set<string>();
  for (const page of Object.keys(PLACED_PAGES) as PlacedPage[]) {
    const address = placedAddress(page, places);
    const key = page in keys ? keys[page as keyof typeof keys] : page;
    if (isTakenPlace(address) || seen.has(address)) {
      report(["paths", key], `is the address ${address}, which another page has; use other words`);
    }
    seen.add(address);
  }
}

function checkRest(file: CatalogueFile, report: Report): void {
  checkPlaces(file, report);
  const page = pricesPath(file.labels.prices);
  if (isTaken(page)) report(["labels", "prices"], `is the address ${page}, which another page has; use another label`);
  if (file.holds.expiresInSeconds > file.holds.longestSeconds) {
    report(["holds", "expiresInSeconds"], "must not be longer than longestSeconds");
  }
  if (file.unknownUsage === "input" && !file.meters.some(({ known }) => known === "before")) {
    report(
      ["unknownUsage"],
      "needs a meter that is known before a call runs; write `known: before` at the input's meters",
    );
  }
  if (file.payg.mode === "always" && file.payg.limitPresets.length > 0) {
    report(["payg", "limitPresets"], "are only offered with `mode: toggle`; remove them");
  }
}

/** Every contradiction between plans, packs, sign-up, top-ups, levels, tags and routes. */
export function offerIssues(file: CatalogueFile): Issue[] {
  const issues: Issue[] = [];
  const report: Report = (path, message) => issues.push({ path, message });
  checkPayment(file, report);
  checkPlans(file, report);
  checkPurchases(file, report);
  checkLevels(file, report);
  checkTags(file, report);
  checkRest(file, report);
  return issues;
}
