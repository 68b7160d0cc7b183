/** Finds what is priced twice (an overlap) and what is named but never priced (a hole). */
import { priceKey } from "./compiled";
import type { CatalogueFile, ComponentFile, PriceFile } from "./file";
import type { Issue, Path } from "./issues";
import { nearest } from "./refuse";

type Report = (path: Path, message: string) => void;

function known(report: Report, path: Path, word: string, what: string, candidates: string[]): void {
  if (candidates.includes(word)) return;
  const guess = nearest(word, candidates);
  report(path, `there is no ${what} "${word}"; write ${guess ?? `one of: ${candidates.join(", ") || "(none)"}`}`);
}

function conditionKey(component: ComponentFile): string {
  const when = Object.entries(component.when ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([component.meter, when]);
}

function checkConditions(price: PriceFile, at: Path, report: Report): void {
  const seen = new Map<string, number>();
  price.components.forEach((component, index) => {
    const here = [...at, "components", index];
    const key = conditionKey(component);
    const earlier = seen.get(key);
    if (earlier !== undefined) {
      report(here, `prices ${component.meter} a second time after components[${earlier}]; keep one, or add a \`when\``);
    }
    seen.set(key, index);
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
  });
}

function missingValues(values: string[], covered: Set<string>): string {
  const missing = values.filter((value) => !covered.has(value));
  return missing.map((value) => `"${value}"`).join(", ");
}

function checkChoice(price: PriceFile, name: string, values: string[], at: Path, report: Report): void {
  const byMeter = new Map<string, Set<string>>();
  for (const component of price.components) {
    const value = component.when?.[name];
    if (value === undefined) continue;
    const covered = byMeter.get(component.meter) ?? new Set<string>();
    byMeter.set(component.meter, covered.add(String(value)));
  }
  if (byMeter.size === 0) {
    report(at, `no component depends on ${name}; add one with \`when: {${name}: ${values[0]}}\`, or remove the option`);
  }
  for (const [meter, covered] of byMeter) {
    const missing = missingValues(values, covered);
    if (!missing) continue;
    const has = price.components.some((component) => component.meter === meter && !component.when?.[name]);
    if (has) continue;
    report(at, `${meter} has no price for ${missing}; add a component with \`when: {${name}: …}\` for each`);
  }
}

function checkOptions(price: PriceFile, at: Path, report: Report): void {
  for (const [name, option] of Object.entries(price.options)) {
    const here = [...at, "options", name];
    if (option.type === "choice") {
      if (new Set(option.values).size < option.values.length) report([...here, "values"], "lists a value twice");
      checkChoice(price, name, option.values, here, report);
      if (option.default !== undefined) {
        known(report, [...here, "default"], option.default, `value of ${name}`, option.values);
      }
    } else if (!price.components.some((component) => component.when?.[name] !== undefined)) {
      report(here, `no component depends on ${name}; add one with \`when: {${name}: true}\`, or remove the option`);
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

function checkPrices(file: CatalogueFile, report: Report): void {
  const seen = new Map<string, number>();
  file.prices.forEach((price, index) => {
    const at = ["prices", index];
    const earlier = seen.get(priceKey(price.endpoint, price.model));
    if (earlier !== undefined) {
      const fix = "merge the two (variants are an option with `when`), or rename one";
      report(at, `${price.endpoint} ${price.model} is priced a second time after prices[${earlier}]; ${fix}`);
    }
    seen.set(priceKey(price.endpoint, price.model), index);
    checkPriceMeters(file, price, at, report);
    checkConditions(price, at, report);
    checkOptions(price, at, report);
  });
}

function checkMeters(file: CatalogueFile, report: Report): void {
  const used = new Set(
    file.prices.flatMap((price) => [...price.components.map((part) => part.meter), ...price.uncharged]),
  );
  file.meters.forEach(({ name }, index) => {
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
  checkPrices(file, report);
  checkProducts(file, report);
  return issues;
}
