/** What the `paths` of each catalogue say is where its pages are, and the palette finds it. */
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { BillingSections } from "@/components/payments/sections";
import { SettingsSections } from "@/components/settings/sections";
import { presetNames, readCatalogue } from "@/lib/catalogue/load";
import { organizationPaths, PLACED_PAGES } from "@/lib/kernel/paths";
import { placing } from "@/lib/kernel/places";
import { factsOf } from "@/tests/fixtures/facts";
import { show, type } from "@/tests/setup/screen";
import { Navigation } from "./navigation";
import Palette from "./palette";

const place = vi.hoisted(() => ({ pathname: "/" }));
vi.mock("next/navigation", () => ({ usePathname: () => place.pathname, useRouter: () => ({ push: () => undefined }) }));
afterEach(() => {
  place.pathname = "/";
});

const PAGE_OF = {
  balance: "billing",
  topUp: "addFunds",
  autoTopUp: "autoTopUp",
  plan: "subscription",
  paymentMethods: "paymentMethods",
} as const;
type Written = Partial<Record<keyof typeof PAGE_OF, string[]>>;

const presets = await Promise.all(
  (await presetNames()).map(async (name) => {
    const { paths = {} } = parse(readFileSync(`catalogues/${name}.yaml`, "utf8")) as { paths?: Written };
    const catalogue = await readCatalogue(name);
    return { name, catalogue, facts: factsOf(catalogue), written: paths };
  }),
);

const texts = (selector: string) => [...document.querySelectorAll(selector)].map((one) => one.textContent);
const account = { email: "a@example.com", support: "support@example.com", signOut: async () => undefined };

async function found(words: string): Promise<(string | null)[]> {
  const field = document.querySelector("input");
  if (!field) throw new Error("The palette has no field.");
  await type(field, words);
  return texts("[role=option]");
}

describe.each(presets)("the places of $name", ({ facts, written, catalogue }) => {
  const paths = organizationPaths(facts.organization.id, facts.places);

  it("are pages whose breadcrumbs, tabs and navigation have the words of `paths`", () => {
    for (const [key, words] of Object.entries(written)) {
      const page = PAGE_OF[key as keyof typeof PAGE_OF];
      if (!page) continue;
      const [pathname = ""] = paths[page].split("#");
      place.pathname = pathname;
      show(
        <>
          <Navigation />
          <Breadcrumbs />
          <SettingsSections />
          <BillingSections />
        </>,
        facts,
      );
      const crumbs = texts("[aria-label=Breadcrumbs] li");
      // A page that shares the balance's place is a part below it.
      if (words.length > 1) expect(crumbs.slice(0, words.length)).toEqual(words);
      expect(texts("a")).toEqual(expect.arrayContaining(words.slice(0, 1)));
      expect(document.querySelectorAll('nav[aria-label="Main"] [aria-current]')).toHaveLength(1);
    }
  });

  it("are served at addresses that say the same words", () => {
    for (const [page, folder] of Object.entries(PLACED_PAGES)) {
      const [pathname = ""] = paths[page as keyof typeof PLACED_PAGES].split("#");
      const words = facts.places[page as keyof typeof PLACED_PAGES];
      expect(pathname.split("/").slice(3)).toEqual(words.map((word) => word.toLowerCase().replaceAll(" ", "-")));
      const served = placing(pathname, facts.places);
      const at = `/o/${facts.organization.id}`;
      expect([`${at}${folder}`, `${at}${PLACED_PAGES.addFunds}`]).toContain(
        served && "serve" in served ? served.serve : pathname,
      );
    }
  });

  it("are found by the palette, each word and label alone", async () => {
    show(<Palette open onOpenChange={() => undefined} account={account} />, facts);
    const { labels } = catalogue;
    const { offered } = facts;
    const words = [
      ...Object.values(written).flat(),
      labels.balance,
      labels.purchased,
      labels.prices,
      ...(offered.addFunds ? [labels.topUp] : []),
      ...(offered.autoTopUp ? [labels.autoTopUp, "Threshold", "Monthly spending limit"] : []),
      ...(offered.subscription ? ["Plans", "Subscription plans", "Subscription", labels.plan] : []),
      ...(facts.paygToggles ? [labels.payg, `Enable ${labels.payg}`, labels.paygLimit] : []),
      ...(facts.grantsAtFirst ? [labels.promotional] : []),
      ...(facts.runs ? [facts.runs.label] : []),
      ...["Settings", "API keys", "Rate limits", "Quota management", "Invoices", "Errors", "Audit log"],
    ];
    for (const word of words) {
      const options = await found(word);
      expect(
        options.some((option) => option?.toLowerCase().includes(word.toLowerCase())),
        word,
      ).toBe(true);
    }
  });

  it("are no more than the catalogue has: what it does not offer is not found", async () => {
    show(<Palette open onOpenChange={() => undefined} account={account} />, facts);
    const { offered, paygToggles, runs } = facts;
    const absent = [
      ...(offered.subscription ? [] : ["Subscription", "Plans"]),
      ...(paygToggles ? [] : ["PAYG"]),
      ...(runs ? [] : ["Runs"]),
      ...(facts.grantsAtFirst ? [] : ["Promotional"]),
    ];
    for (const word of absent) expect(await found(word), word).toEqual([]);
  });
});

it("token-packs' Dashboard → Settings → Billing → Credits: the navigation has Billing below Settings", async () => {
  const { facts } = presets.find(({ name }) => name === "token-packs") as (typeof presets)[number];
  show(<Navigation />, facts);
  const entries = texts("a");
  expect(entries[entries.indexOf("Settings") + 1]).toBe("Billing");
  expect(entries.filter((entry) => entry === "Billing")).toHaveLength(1);
  show(<Palette open onOpenChange={() => undefined} account={account} />, facts);
  expect((await found("Settings → Billing → Credits"))[0]).toBe("CreditsSettings → Billing");
});
