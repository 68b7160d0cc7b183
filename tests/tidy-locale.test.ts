/** A page is drawn on the server and again in the browser: what prints by an engine's own tables may differ there. */
import { expect, it } from "vitest";
import { readTree } from "./setup/tree";

/** Where the engine is asked, and what for: it answers numbers, a zone's name, an order in a language that is named. */
const EXCEPT: Record<string, string> = {
  "lib/kernel/locale.ts": "one order of names, in a language that is named",
  "lib/kernel/print-time.ts": "a zone's wall clock as numbers, and the zone's name in a title",
  "components/organization/organization-form.tsx": "a dialog's choices, which only the browser draws",
};
/** Pages, and the printing that pages share with papers and mails. */
const DRAWN = /^(?:(?:app|components)\/.*\.tsx?|lib\/kernel\/(?:locale|print-\w+)\.ts)$/;
const BY_THE_ENGINE = /\bIntl\.|\.toLocale(?:String|DateString|TimeString|UpperCase|LowerCase)\(|\.localeCompare\(/;

it("a page prints and orders nothing by an engine's own locale tables", () => {
  const pages = readTree().filter(({ name }) => DRAWN.test(name) && !/\.test\.tsx?$/.test(name));
  expect(pages.length).toBeGreaterThan(100);
  const found = pages.filter(({ text }) => BY_THE_ENGINE.test(text)).map(({ name }) => name);
  expect(found.sort()).toEqual(Object.keys(EXCEPT).sort());
});

it("a text of the portal has no argument that an engine formats, except a plain number", () => {
  const texts = readTree().filter(({ name }) => /^messages\/en\/.*\.json$/.test(name));
  const found = texts.flatMap(({ name, text }) =>
    [...text.matchAll(/\{\w+, (?:date|time|number(?!, ::\.##\}|\})|list)\b[^}]*\}/g)].map(
      ([words]) => `${name}: ${words}`,
    ),
  );
  expect(found).toEqual([]);
});
