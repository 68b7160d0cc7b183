/** Sends a batch of operations to the ledger's function, as arrays in PostgreSQL's own text. */
import type { Pipeline } from "@/lib/platform/pipeline";
import type { Operation, Outcome, OutcomeCode } from "./operation";

const NEEDS_QUOTES = /[{}",\\\s]|^$|^null$/i;
const ESCAPED = /["\\]/g;

function element(value: string | number | bigint | boolean | null): string {
  if (value === null) return "NULL";
  if (typeof value !== "string") return String(value);
  return NEEDS_QUOTES.test(value) ? `"${value.replace(ESCAPED, "\\$&")}"` : value;
}

/** For what holds no character that an array's text gives a meaning to: ids, numbers, flags. */
function plain<T>(rows: readonly T[], of: (row: T) => string | number | bigint | boolean | null): string {
  return `{${rows.map((row) => of(row) ?? "NULL").join(",")}}`;
}

function column<T>(rows: readonly T[], of: (row: T) => string | number | bigint | boolean | null): string {
  let text = "{";
  for (let i = 0; i < rows.length; i += 1) text += (i ? "," : "") + element(of(rows[i] as T));
  return `${text}}`;
}

/** Distinct values in order, and each one's place from 1; 0 is none. */
class Places {
  readonly values: string[] = [];
  private readonly places = new Map<string, number>();

  of(value: string | null): number {
    if (value === null) return 0;
    const known = this.places.get(value);
    if (known) return known;
    this.values.push(value);
    this.places.set(value, this.values.length);
    return this.values.length;
  }
}

const PARAMETERS = 33;
const TEXT = `SELECT * FROM ledger.gate(${Array.from({ length: PARAMETERS }, (_, i) => `$${i + 1}`).join(", ")})`;

/** All that any call of the batch names: a release names none. Calls of one catalogue share one array. */
function rollupTags(operations: readonly Operation[]): string[] {
  const lists = new Set(operations.map((operation) => operation.rollupTags));
  return [...new Set([...lists].flat())];
}

/** The values of the statement; organizations are sent in ascending order, which is the order of the locks. */
function parameters(operations: readonly Operation[], now: Date | null, skipLocked: boolean): unknown[] {
  const organizations = new Places();
  for (const id of [...new Set(operations.map((operation) => operation.organizationId))].sort()) organizations.of(id);
  const keys = new Places();
  const keyOrganizations: number[] = [];
  const secrets = new Places();
  const keyPlaces = operations.map(({ keyId, organizationId }) => {
    const place = keys.of(keyId);
    if (place > keyOrganizations.length) keyOrganizations.push(organizations.of(organizationId));
    return place;
  });
  const bare = (of: (row: Operation) => string | number | bigint | boolean | null) => plain(operations, of);
  const col = (of: (row: Operation) => string | number | bigint | boolean | null) => column(operations, of);
  const values = [
    bare((o) => o.kind),
    bare((o) => organizations.of(o.organizationId)),
    plain(keyPlaces, (place) => place),
    bare((o) => o.generation),
    bare((o) => secrets.of(o.secretId)),
    bare((o) => o.id),
    col((o) => o.idempotencyKey),
    bare((o) => o.requestHash),
    bare((o) => o.price),
    bare((o) => o.planPrice),
    bare((o) => o.version),
    bare((o) => o.actual),
    bare((o) => o.expiresInSeconds),
    col((o) => o.endpoint),
    col((o) => o.model),
    col((o) => o.quantities),
    col((o) => o.options),
    col((o) => o.tags),
    col((o) => o.resourceType),
    col((o) => o.resourceId),
    col((o) => o.fingerprint),
    col((o) => o.occurredAt),
    bare((o) => o.catalogueVersion),
    bare((o) => o.discountPercent),
    col((o) => o.limited),
    bare((o) => o.usage),
  ];
  return [
    now,
    skipLocked,
    plain(organizations.values, (id) => id),
    plain(keys.values, (id) => id),
    plain(keyOrganizations, (place) => place),
    plain(secrets.values, (id) => id),
    column(rollupTags(operations), (tag) => tag),
    ...values,
  ];
}

type Row = [string, string, string, string, string, string, string, string, string, string | null];

function outcomeOf(row: Row): Outcome {
  return {
    code: row[0] as OutcomeCode,
    id: row[1],
    amount: BigInt(row[2]),
    amountPlan: BigInt(row[3]),
    released: BigInt(row[4]),
    waived: BigInt(row[5]),
    available: BigInt(row[6]),
    expiresAt: Number(row[7]),
    transactionSeq: BigInt(row[8]),
    detail: row[9],
  };
}

export type BatchOptions = { now?: Date | undefined; skipLocked?: boolean };

/** One transaction: every operation is decided and written, or the error is thrown and nothing was. */
export async function runBatch(
  client: Pick<Pipeline, "query">,
  operations: readonly Operation[],
  { now, skipLocked = false }: BatchOptions = {},
): Promise<Outcome[]> {
  const { rows } = await client.query<Row>({
    name: "gate",
    text: TEXT,
    values: parameters(operations, now ?? null, skipLocked),
    rowMode: "array",
  });
  return rows.map(outcomeOf);
}
