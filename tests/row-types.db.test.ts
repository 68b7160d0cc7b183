/** The database prepares each SQL text of the stores, and its columns are those of the row type that the code reads. */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SqlText, sqlTexts } from "./setup/sql-texts";

/** Their texts grow with what is asked or with the catalogue's meters, so that only a run shows them. */
const DYNAMIC = [
  "lib/accounts/keys/key-store.ts",
  "lib/accounts/keys/key-write-store.ts",
  "lib/accounts/members/member-store.ts",
  "lib/ledger/balance-store.ts",
  "lib/ledger/check-store.ts",
  "lib/ledger/search-store.ts",
  "lib/ledger/transaction-store.ts",
  "lib/usage/hint-store.ts",
  "lib/usage/log-count-store.ts",
  "lib/usage/log-store.ts",
  "lib/usage/quarter-store.ts",
  "lib/usage/usage-store.ts",
];

type Field = { name: string; dataTypeID: number };

/** Asks for the columns of a statement without running it. PostgreSQL: "Extended Query", Parse and Describe. */
class Description {
  private fields: Field[] = [];
  private error: Error | undefined;

  constructor(
    private text: string,
    private done: (answer: Field[] | Error) => void,
  ) {}

  submit(connection: pg.Connection): void {
    connection.parse({ name: "", text: this.text, types: [] }, true);
    connection.describe({ type: "S", name: "" }, true);
    connection.sync();
  }
  handleRowDescription({ fields }: { fields: Field[] }): void {
    this.fields = fields;
  }
  handleError(error: Error): void {
    this.error = error;
  }
  handleReadyForQuery(): void {
    this.done(this.error ?? this.fields);
  }
}

const CATEGORY: Record<string, string> = { B: "boolean", N: "number", S: "string", E: "string" };
const NAMED: Record<string, string> = {
  int8: "bigint",
  numeric: "string",
  uuid: "string",
  date: "Date",
  timestamp: "Date",
  timestamptz: "Date",
  jsonb: "json",
  json: "json",
  bytea: "object",
  void: "string",
};

type Type = { oid: number; name: string; category: string; item: number };
let client: pg.Client;
let types: Map<number, Type>;
let found: ReturnType<typeof sqlTexts>;

beforeAll(async () => {
  found = sqlTexts();
  client = new pg.Client(process.env.DATABASE_URL);
  await client.connect();
  const { rows } = await client.query<Type>(
    "SELECT oid::integer, typname AS name, typcategory AS category, typelem::integer AS item FROM pg_type",
  );
  types = new Map(rows.map((type) => [type.oid, type]));
});
afterAll(() => client.end());

const describeText = (text: string) =>
  new Promise<Field[] | Error>((resolve) => client.query(new Description(text, resolve) as unknown as pg.Submittable));

function kindOf(oid: number): string {
  const type = types.get(oid);
  if (type?.category === "A") return `${kindOf(type.item)}[]`;
  return NAMED[type?.name ?? ""] ?? CATEGORY[type?.category ?? ""] ?? `a ${type?.name}`;
}

const fits = (kind: string, expected: string[]) => kind === "json" || expected.every((one) => one === kind);

function differences(row: SqlText["row"], columns: Field[]): string[] {
  if (!row) return [];
  const isTuple = row.has("0");
  const given = new Map(
    columns.map(({ name, dataTypeID }, place) => [isTuple ? String(place) : name, kindOf(dataTypeID)]),
  );
  return [
    ...[...row.keys()].filter((name) => !given.has(name)).map((name) => `no column gives ${name}`),
    ...[...given.keys()].filter((name) => !row.has(name)).map((name) => `nothing reads ${name}`),
    ...[...row].flatMap(([name, expected]) => {
      const kind = given.get(name);
      return kind && !fits(kind, expected) ? [`${name} is ${kind}, read as ${expected.join(" | ")}`] : [];
    }),
  ];
}

describe("a SQL text of a store", () => {
  it("has the columns of its row type, in name and type", async () => {
    const wrong: string[] = [];
    for (const { place, texts, row } of found.texts) {
      for (const text of texts) {
        const columns = await describeText(text);
        const lines = columns instanceof Error ? [columns.message] : differences(row, columns);
        wrong.push(...lines.map((line) => `${place} ${line}`));
      }
    }
    expect(found.texts.length).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  });

  it("is a constant, except in the files that build one from a question", () => {
    const files = [...new Set(found.dynamic.map((place) => place.replace(/:\d+$/, "")))];
    expect(files.sort()).toEqual(DYNAMIC);
  });
});
