/** Finds what is priced twice (an overlap) and what is named but never priced (a hole). */
import { priceKey } from "./compiled";
import { totalsMeet } from "./conditions";
import type { CatalogueFile, ComponentFile, PriceFile } from "./file";
import { checkHoles } from "./holes";
import type { Issue, Path } from "./issues";
import { nearest } from "./refuse";

type Report = (path: Path, message: string) => void;

function known(report: Report, path: Path, word: string, what: string, candidates: string[]): void {
  if (candidates.includes(word)) return;
  const guess = nearest(word, candidates);
  report(path, `there is no ${what} "${word}"; write ${guess ?? `one of: ${candidates.join(", ") || "(none)"}`}`);
}

function sameOptions(one: ComponentFile, other: ComponentFile): boolean {
  const sorted = ({ when = {} }: ComponentFile) =>
    JSON.stringify(Object.entries(when).sort(([a], [b]) => (a < b ? -1 : 1)));
  return sorted(one) === sorted(other);
}

/** Whether one call could meet both: their tiers overlap and so do their periods. */
function meet({ whenTotal: one, whenPeriod }: ComponentFile, other: ComponentFile): boolean {
  if (whenPeriod !== undefined && other.whenPeriod !== undefined && whenPeriod !== other.whenPeriod) return false;
  return totalsMeet(one, other.whenTotal);
}

function checkOptionValues(price: PriceFile, component: ComponentFile, here: Path, report: Report): void {
  for (const [name, value] of Object.entries(component.when ?? {})) {
    const option = price.options[name];
    if (!option) {
      known(report, [...here, "when", name], name, "option", Object.keys(price.options));
    } else if (option.type === "choice" && !option.values.includes(String(value))) {
      known(report, [...here, "when", name], String(value), `value of ${name}`, option.values);
    } else if (option.type === "boolean" && typeof value !== "boolean") {
      report([...here, "when", name], "must be true or false");
    }
  }
}

function checkTotal(price: PriceFile, { whenTotal }: ComponentFile, at: Path, report: Report): void {
  if (!whenTotal) return;
  const { meters, above, upTo } = whenTotal;
  const counted = [...new Set([...price.components.map((part) => part.meter), ...price.uncharged])];
  meters.forEach((meter, index) => {
    known(report, [...at, "meters", index], meter, "meter of this price", counted);
    if (meters.indexOf(meter) < index) report([...at, "meters", index], `lists ${meter} twice; keep one`);
  });
  if (above === undefined && upTo === undefined) report(at, "has no bound; write `above:`, `upTo:` or both");
  if (above !== undefined && upTo !== undefined && above >= upTo) {
    report([...at, "upTo"], `must be more than above, which is ${above}`);
  }
}

function checkConditions(file: CatalogueFile, price: PriceFile, at: Path, report: Report): void {
  const periods = file.periods?.list.map((period) => period.name) ?? [];
  price.components.forEach((component, index) => {
    const here = [...at, "components", index];
    const { meter, amount, free, whenPeriod } = component;
    if (amount === undefined && !free) report(here, `${meter} has no amount; write \`amount: "…"\`, or \`free: true\``);
    if (amount !== undefined && free) report(here, `${meter} is free and has an amount; keep one`);
    const earlier = price.components.findIndex((other) => {
      return other.meter === meter && sameOptions(component, other) && meet(component, other);
    });
    if (earlier >= 0 && earlier < index) {
      const fix = "keep one, or add a `when`, or tiers and periods that do not overlap";
      report(here, `prices ${meter} a second time after components[${earlier}]; ${fix}`);
    }
    checkOptionValues(price, component, here, report);
    checkTotal(price, component, [...here, "whenTotal"], report);
    if (whenPeriod !== undefined) known(report, [...here, "whenPeriod"], whenPeriod, "period", periods);
  });
}

function checkOptions(price: PriceFile, at: Path, report: Report): void {
  for (const [name, option] of Object.entries(price.options)) {
    const here = [...at, "options", name];
    if (option.type === "choice") {
      if (new Set(option.values).size < option.values.length) report([...here, "values"], "lists a value twice");
      if (option.default !== undefined) {
        known(report, [...here, "default"], option.default, `value of ${name}`, option.values);
      }
    }
    if (!price.components.some((component) => component.when?.[name] !== undefined)) {
      const value = option.type === "choice" ? option.values[0] : true;
      report(here, `no component depends on ${name}; add one with \`when: {${name}: ${value}}\`, or remove the option`);
    }
  }
}

function checkPriceMeters(file: CatalogueFile, price: PriceFile, at: Path, report: Report): void {
  const declared = file.meters.map((meter) => meter.name);
  const charged = price.components.map((component) => component.meter);
  charged.forEach((meter, index) => {
    known(report, [...at, "components", index, "meter"], meter, "meter", declared);
  });
  price.uncharged.forEach((meter, index) => {
    known(report, [...at, "uncharged", index], meter, "meter", declared);
    if (charged.includes(meter)) report([...at, "uncharged", index], `${meter} has a price; remove it here`);
  });
  for (const meter of Object.keys(price.maxima)) {
    if (charged.includes(meter) || price.uncharged.includes(meter)) continue;
    const fix = declared.includes(meter) ? "add a component for it, or list it under `uncharged`" : "declare it first";
    report([...at, "maxima", meter], `${meter} has a maximum but no price; ${fix}`);
  }
  if (price.billable && charged.length === 0) {
    report(at, `${price.model} has no price; add components, or write \`billable: false\``);
  }
  if (!price.billable && charged.length > 0) {
    report([...at, "components"], "a price that is not billable has no components; list the meters under `uncharged`");
  }
}

/** Models and their aliases are one list of names in each endpoint. */
function checkNames(file: CatalogueFile, report: Report): void {
  const seen = new Map<string, number>();
  file.prices.forEach((price, index) => {
    [price.model, ...price.aliases].forEach((name, place) => {
      const at = ["prices", index, ...(place === 0 ? [] : ["aliases", place - 1])];
      const key = priceKey(price.endpoint, name);
      const earlier = seen.get(key);
      if (earlier !== undefined) {
        const fix = "merge the two (variants are an option with `when`), or rename one";
        report(at, `${price.endpoint} ${name} is priced a second time after prices[${earlier}]; ${fix}`);
      }
      seen.set(key, index);
    });
  });
}

function checkPrices(file: CatalogueFile, report: Report): void {
  checkNames(file, report);
  file.prices.forEach((price, index) => {
    const at = ["prices", index];
    checkPriceMeters(file, price, at, report);
    checkConditions(file, price, at, report);
    checkOptions(price, at, report);
    checkHoles(file, price, at, report);
  });
}

function checkPeriods(file: CatalogueFile, report: Report): void {
  const list = file.periods?.list ?? [];
  list.forEach(({ name, hours }, index) => {
    const at = ["periods", "list", index];
    if (list.findIndex((period) => period.name === name) < index) report([...at, "name"], `${name} is declared twice`);
    if (!file.prices.some(({ components }) => components.some(({ whenPeriod }) => whenPeriod === name))) {
      report([...at, "name"], `no component depends on ${name}; add one with \`whenPeriod: ${name}\`, or remove it`);
    }
    const last = index === list.length - 1;
    if (last && hours) report([...at, "hours"], "the last period takes the rest; remove its hours");
    if (!last && !hours) report(at, 'has no hours; write `hours: [{from: "09:00", to: "18:00"}]`');
  });
}

function checkMeters(file: CatalogueFile, report: Report): void {
  const used = new Set(
    file.prices.flatMap((price) => [...price.components.map((part) => part.meter), ...price.uncharged]),
  );
  file.meters.forEach(({ name }, index) => {
    if (name === "discount") report(["meters", index, "name"], "is the name of a quote's line; choose another one");
    if (file.meters.findIndex((meter) => meter.name === name) < index) {
      report(["meters", index, "name"], `${name} is declared twice; keep one`);
    } else if (!used.has(name)) {
      report(["meters", index, "name"], `no price counts ${name}; add a component for it, or remove the meter`);
    }
  });
}

function checkProducts(file: CatalogueFile, report: Report): void {
  const products = file.routes.usageSummary?.products;
  if (!products) return;
  const endpoints = [...new Set(file.prices.filter((price) => price.billable).map((price) => price.endpoint))];
  const seen = new Set<string>();
  products.forEach((product, index) => {
    product.endpoints.forEach((endpoint, place) => {
      const at = ["routes", "usageSummary", "products", index, "endpoints", place];
      known(report, at, endpoint, "billable endpoint", endpoints);
      if (seen.has(endpoint)) report(at, `${endpoint} belongs to two products; keep one`);
      seen.add(endpoint);
    });
  });
  for (const endpoint of endpoints) {
    if (seen.has(endpoint)) continue;
    report(["routes", "usageSummary", "products"], `endpoint ${endpoint} has no product; list it under one`);
  }
}

/** Every overlap and hole between prices, meters, options and products. */
export function coverageIssues(file: CatalogueFile): Issue[] {
  const issues: Issue[] = [];
  const report: Report = (path, message) => issues.push({ path, message });
  checkMeters(file, report);
  checkPeriods(file, report);
  checkPrices(file, report);
  checkProducts(file, report);
  return issues;
}
