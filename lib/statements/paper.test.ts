import { describe, expect, it } from "vitest";
import { bytesOf, type PdfPage, readPdf, rolesOf } from "@/tests/fixtures/pdf";
import { amountsOf, busyStatement, paperDetails, paperFacts, quietStatement, units } from "@/tests/fixtures/statement";
import { type PaperDetails, type PaperFacts, statementPaper } from "./paper/statement-paper";
import type { Statement } from "./schema";

const DOLLAR = 10n ** 9n;
const CREDIT = 10n ** 6n;
/** 18 digits and 9 decimals. */
const HUGE = 10n ** 24n - 1n;

async function printed(statement: Statement, facts: Partial<PaperFacts> = {}, details?: PaperDetails) {
  const bytes = await bytesOf(statementPaper(statement, paperFacts(facts), details ?? paperDetails(0, DOLLAR)));
  return { bytes, ...(await readPdf(bytes)) };
}

const textOf = (pages: readonly PdfPage[]) => pages.map(({ text }) => text).join(" ");

/** Texts of one line that touch each other. */
function touching({ texts }: PdfPage): string[] {
  const sorted = [...texts].sort((a, b) => b.y - a.y || a.x - b.x);
  return sorted.flatMap((one, index) => {
    const next = sorted[index + 1];
    const sameLine = next !== undefined && Math.abs(next.y - one.y) < 0.1;
    return sameLine && one.x + one.width > next.x - 0.01 ? [`${one.text} | ${next.text}`] : [];
  });
}

describe("the paper of a statement", () => {
  it.each([
    ["nothing", quietStatement(), units.dollars, 0, DOLLAR],
    ["a page of dollars", quietStatement({ opening: amountsOf({ purchased: DOLLAR }) }), units.dollars, 3, DOLLAR],
    ["dollars", busyStatement(DOLLAR), units.dollars, 133, DOLLAR],
    ["credits", busyStatement(CREDIT), units.credits, 400, CREDIT],
    ["tokens", busyStatement(1_000_000n), units.tokens, 97, 1_000_000n],
    ["huge amounts", busyStatement(HUGE), units.dollars, 60, HUGE],
  ] as const)("counts its pages as they are: %s", async (_, statement, unit, count, one) => {
    const { pages } = await printed(statement, { unit }, paperDetails(count, one));
    for (const [index, page] of pages.entries()) {
      expect(page.text).toContain(`Page ${index + 1} of ${pages.length}`);
      expect(touching(page)).toEqual([]);
    }
  });

  it("prints where the month began, every movement and where it ended, to the last digit", async () => {
    const statement = busyStatement(DOLLAR);
    const { pages } = await printed(statement);
    const text = textOf(pages);
    const rows = ["Beginning balance", "Top-ups", "Plan renewals", "Credits granted", "Refunds of failed calls"];
    for (const row of [
      ...rows,
      "Clawbacks of returned payments",
      "Usage",
      "Expiries",
      "Adjustments",
      "Ending balance",
    ]) {
      expect(text).toContain(row);
    }
    expect(text).toContain("Statement October 2026");
    expect(text).toContain("1 Oct 2026 – 31 Oct 2026, Europe/Berlin");
    expect(text).toContain("Closed on 4 Nov 2026");
    expect(text).toContain(statement.hash);
    expect(text).toContain("Usage −$179.001 −$24.50 −$5.00 $0.00 −$208.501");
    expect(text).toContain("Ending balance $114.544 $24.52 $5.00 $1.50 $145.564");
    expect(text).toContain("of which reserved by running calls $0.25");
    expect(text).toContain("Includes 211 calls of earlier months, reported in this month: $0.333333333.");
    expect(text).toContain("Without an API key 4,822 $20.8501 Total 48,211 $208.501");
    expect(text).toContain("Promotional Sign-up 19 Aug 2026 1 Jan 2027 $5.00 $10.00");
  });

  it("leaves out the kinds of credit that no amount is of, and sections that say nothing", async () => {
    const cost = 2n * DOLLAR;
    const unnamed = [{ id: null, name: null, calls: 4n, cost }];
    const usage = { ...quietStatement().usage, calls: 4n, cost, byModel: unnamed, byKey: unnamed };
    const { pages } = await printed(quietStatement({ opening: amountsOf({ purchased: DOLLAR, debt: -5n }), usage }));
    expect(textOf(pages)).toContain("Movement Paid Debt Total Beginning balance $1.00 −$0.000000005 $0.999999995");
    expect(textOf(pages)).toContain("4 calls for $2.00.");
    expect(textOf(pages)).not.toMatch(/Promotional|By model|By API key|Includes/);
    expect(textOf(pages)).toContain("There were no transactions in this month.");
  });

  it("says at its head and on every page that a month is not closed yet", async () => {
    const open = busyStatement(DOLLAR, { state: "running", hash: null });
    const { pages } = await printed(open, {}, paperDetails(80, DOLLAR));
    expect(pages[0]?.text).toContain("Preliminary: this month is not closed yet");
    expect(pages[0]?.text).toContain("The final statement is then under “Statements” in the portal.");
    for (const { text } of pages) expect(text).toMatch(/Preliminary$/);
    expect(textOf(pages)).toContain("Credit at this time");
    expect(textOf((await printed(busyStatement(DOLLAR))).pages)).not.toContain("Preliminary");
  });

  it("prints credits and tokens as numbers, and their name once", async () => {
    const credits = await printed(busyStatement(CREDIT), { unit: units.credits }, paperDetails(3, CREDIT));
    expect(textOf(credits.pages)).toContain("In credits");
    expect(textOf(credits.pages)).toContain("48,211 calls for 208.501 credits.");
    expect(textOf(credits.pages)).toContain("Ending balance 114.544 24.52 5 1.5 145.564");
    const tokens = await printed(busyStatement(1_000_000n), { unit: units.tokens });
    expect(textOf(tokens.pages)).toContain("Ending balance 114,544,000 24,520,000 5,000,000 1,500,000 145,564,000");
  });

  it("breaks amounts that no line has room for at their decimal point, and prints all of their digits", async () => {
    const { pages } = await printed(busyStatement(HUGE));
    expect(textOf(pages)).toContain("Beginning balance $18,419,999,999,999,999 .999999981 $0.00");
    const tokens = await printed(busyStatement(HUGE), { unit: units.tokens });
    expect(textOf(tokens.pages)).toContain("Beginning balance 18,419,999,999, 999,999,999,999,981 0");
    for (const page of [...pages, ...tokens.pages]) expect(touching(page)).toEqual([]);
  });

  it("prints each transaction with its time in the statement's zone, its sign and the balance after it", async () => {
    const { pages } = await printed(quietStatement(), {}, paperDetails(80, DOLLAR));
    const head = "Date and time Transaction Amount Balance after";
    expect(textOf(pages)).toContain(`${head} 1 Oct, 02:00:00 Usage gpt-5-mini · POST /v1/chat/completions`);
    expect(textOf(pages)).toContain("Top-up Visa ending in 4242 +$100.00 $511.00");
    expect(pages.length).toBeGreaterThan(1);
    expect(pages[1]?.text.startsWith(head)).toBe(true);
  });
});

describe("the file of a statement", () => {
  it("is tagged with headings, tables, their heads and cells, in reading order", async () => {
    const { pages } = await printed(busyStatement(DOLLAR), {}, paperDetails(120, DOLLAR));
    const [first, ...rest] = pages.map(({ tags }) => rolesOf(tags));
    expect(first).toMatchObject({ Document: 1, H1: 1, H2: 2, H3: 1, Table: 3, THead: 2 });
    expect(pages[0]?.tags.children[0]?.children.map(({ role }) => role).slice(0, 4)).toEqual([
      "P",
      "H1",
      "Table",
      "H2",
    ]);
    // The repeated head of a table that goes on is no part of the text.
    expect(rest.at(-1)).toMatchObject({ Document: 1, Table: 1 });
    expect(rest.at(-1)?.TH).toBeUndefined();
    expect(rest.at(-1)?.TD).toBe(4 * (rest.at(-1)?.TR ?? 0));
    const last = pages.at(-1)?.texts.filter(({ text }) => /^\d+ Oct, /.test(text)) ?? [];
    expect(rest.at(-1)?.TR).toBe(last.length);
  });

  it("has its faces within it, and its title, author and language", async () => {
    const { fonts, info, metadata, bytes } = await printed(busyStatement(DOLLAR), {
      organization: "Smith & Söhne <GmbH>",
    });
    expect([...fonts.keys()].map((name) => name.replace(/^\w+\+/, "")).sort()).toEqual([
      "Geist-Regular",
      "Geist-SemiBold",
      "GeistMono-Regular",
    ]);
    expect([...fonts.values()]).toEqual([true, true, true]);
    const title = "Pleyor: statement of Smith & Söhne <GmbH>, October 2026";
    expect(info).toMatchObject({ Title: title, Author: "Pleyor", Language: "en" });
    expect(metadata.get("dc:title")).toBe(title);
    expect(bytes.toString("latin1")).toMatch(/\/DisplayDocTitle true/);
  });

  it("prints a question mark for a letter that its faces lack, and tells readers aloud the letter", async () => {
    const organization = "Zoë, Łódź и Ко, مؤسسة, 株式会社, e\u0301té, \u202eevil, q\u0301, \ud83d\ude80\ud800\n!";
    const { pages, bytes } = await printed(quietStatement(), { organization, operator: { ...paperFacts().operator } });
    expect(pages[0]?.text).toContain("Zoë, Łódź и Ко, ?????, ????, été, evil, ?, ?? !");
    expect(bytes.toString("latin1")).toContain("/ActualText");
  });

  it("prints the code of a unit whose sign its faces lack", async () => {
    const unit = { ...units.dollars, code: "BTC", symbol: "₿" };
    const { pages } = await printed(busyStatement(DOLLAR), { unit });
    expect(textOf(pages)).toContain("48,211 calls for BTC 208.501.");
  });

  it("cuts long names with an ellipsis instead of printing over the next column", async () => {
    const statement = busyStatement(DOLLAR);
    const name = "Кошелёк для очень длинных имён ".repeat(12);
    const long = { id: "key_1", name, calls: 1n, cost: 1n };
    const { pages } = await printed(
      { ...statement, usage: { ...statement.usage, byKey: [long] } },
      { organization: name },
    );
    expect(textOf(pages)).toMatch(/Кошелёк .*… 1 \$0\.000000001/);
    for (const page of pages) expect(touching(page)).toEqual([]);
  });
});

describe("the writer of a statement's paper", () => {
  const rowsOfPage = 60;

  it("reads and holds no more than a page before its reader takes it, in a month of 4,000 lines", async () => {
    let read = 0;
    const details = paperDetails(4_000, DOLLAR, { page: 10, onRead: (count) => (read = count) });
    let [parts, bytes, largest] = [0, 0, 0];
    for await (const part of statementPaper(quietStatement(), paperFacts(), details)) {
      parts += 1;
      bytes += part.length;
      largest = Math.max(largest, part.length);
      const before = read;
      expect(read).toBeLessThanOrEqual(parts * rowsOfPage);
      await Promise.resolve();
      expect(read).toBe(before);
      // Elements and contents of a page are written with it, and not kept for the end.
      if (read > rowsOfPage && read < 4_000) expect(part.length).toBeGreaterThan(15_000);
    }
    expect(read).toBe(4_000);
    expect(parts).toBeGreaterThan(80);
    expect(largest).toBeLessThan(100_000);
    expect(bytes).toBeGreaterThan(1_600_000);
  }, 60_000);

  it("is whole when it is read back, however long the pages are that its transactions are read in", async () => {
    const { pages } = await printed(quietStatement(), {}, paperDetails(600, DOLLAR, { page: 137 }));
    const dates = pages.flatMap(({ texts }) => texts.filter(({ text }) => /^\d+ Oct, \d\d:\d\d:\d\d/.test(text)));
    expect(dates).toHaveLength(600);
    expect(pages.at(-1)?.text).toContain(`Page ${pages.length} of ${pages.length}`);
  });

  it.each([
    ["fewer", 70, 60],
    ["more", 60, 70],
  ])("refuses %s transactions than were counted", async (word, count, real) => {
    const details = { count, lines: paperDetails(real, DOLLAR).lines };
    await expect(bytesOf(statementPaper(quietStatement(), paperFacts(), details))).rejects.toThrow(
      `the statement has ${word} transactions than were counted`,
    );
  });

  it("ends the reading of transactions when its reader goes away", async () => {
    let ended = false;
    async function* lines() {
      try {
        yield* paperDetails(500, DOLLAR, { page: 20 }).lines;
      } finally {
        ended = true;
      }
    }
    for await (const _ of statementPaper(quietStatement(), paperFacts(), { count: 500, lines: lines() })) break;
    expect(ended).toBe(true);
  });
});
