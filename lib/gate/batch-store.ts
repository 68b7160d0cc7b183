/** Sends a batch of operations to the ledger's function, as an array of records in PostgreSQL's own text. */
import type { Pipeline } from "@/lib/platform/pipeline";
import type { Operation, Outcome, OutcomeCode } from "./operation";

const NEEDS_QUOTES = /[(){}",\\\s]|^$|^null$/i;
const SPECIAL = /["\\]/g;

function element(value: string): string {
  return NEEDS_QUOTES.test(value) ? `"${value.replace(SPECIAL, "\\$&")}"` : value;
}

/** A text as a field of a record that is itself quoted as an element of an array: each level escapes once. */
function field(value: string | null): string {
  if (value === null) return "";
  return NEEDS_QUOTES.test(value) ? `\\"${value.replace(SPECIAL, "\\\\\\$&")}\\"` : value;
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

// The calls are cast from text: an update of the functions replaces their type, and a prepared statement survives it.
const TEXT = "SELECT * FROM ledger.gate($1, $2, $3, $4, $5, $6, $7, $8::text::ledger.gate_call[])";

/** All that any call of the batch names: a release names none. Calls of one catalogue share one array. */
function rollupTags(operations: readonly Operation[]): string[] {
  const lists = new Set(operations.map((operation) => operation.rollupTags));
  return [...new Set([...lists].flat())];
}

/** The fields of `ledger.gate_call`, in its order. */
function callText(o: Operation, organization: number, key: number, secret: number): string {
  const ids = `${o.kind},${organization},${key},${o.generation},${secret},${o.id},${field(o.idempotencyKey)},${o.requestHash}`;
  const price = `${o.price},${o.planPrice},${o.version},${o.actual},${o.expiresInSeconds}`;
  const call = `${field(o.endpoint)},${field(o.model)},${field(o.quantities)},${field(o.options)},${field(o.tags)}`;
  const about = `${field(o.resourceType)},${field(o.resourceId)},${field(o.fingerprint)},${field(o.occurredAt)}`;
  const terms = `${o.catalogueVersion},${o.discountPercent},${field(o.limited)},${o.usage ?? ""}`;
  return `"(${ids},${price},${call},${about},${terms})"`;
}

/** The values of the statement. Both organizations, whose order is the order of the locks, and calls are sorted. */
function parameters(operations: readonly Operation[], now: Date | null, skipLocked: boolean): unknown[] {
  const organizations = new Places();
  const keys = new Places();
  const keyOrganizations: number[] = [];
  const secrets = new Places();
  const calls = operations.map((operation) => {
    const organization = organizations.of(operation.organizationId);
    const key = keys.of(operation.keyId);
    if (key > keyOrganizations.length) keyOrganizations.push(organization);
    return callText(operation, organization, key, secrets.of(operation.secretId));
  });
  return [
    now,
    skipLocked,
    `{${organizations.values}}`,
    `{${keys.values}}`,
    `{${keyOrganizations}}`,
    `{${secrets.values}}`,
    `{${rollupTags(operations).map(element)}}`,
    `{${calls}}`,
  ];
}

type Row = [string, string, bigint, bigint, bigint, bigint, bigint, bigint, bigint, string | null];

function outcomeOf(row: Row): Outcome {
  return {
    code: row[0] as OutcomeCode,
    id: row[1],
    amount: row[2],
    amountPlan: row[3],
    released: row[4],
    waived: row[5],
    available: row[6],
    expiresAt: Number(row[7]),
    transactionSeq: row[8],
    detail: row[9],
  };
}

type Placed = { operation: Operation; place: number };

function byOrganization({ operation: a }: Placed, { operation: b }: Placed): number {
  return a.organizationId < b.organizationId ? -1 : Number(a.organizationId > b.organizationId);
}

export type BatchOptions = { now?: Date | undefined; skipLocked?: boolean };

/** One transaction: every operation is decided and written, or the error is thrown and nothing was. */
export async function runBatch(
  client: Pick<Pipeline, "query">,
  operations: readonly Operation[],
  { now, skipLocked = false }: BatchOptions = {},
): Promise<Outcome[]> {
  const sorted = operations.map((operation, place) => ({ operation, place })).sort(byOrganization);
  const { rows } = await client.query<Row>({
    name: "gate",
    text: TEXT,
    values: parameters(
      sorted.map(({ operation }) => operation),
      now ?? null,
      skipLocked,
    ),
    rowMode: "array",
  });
  const outcomes = new Array<Outcome>(operations.length);
  for (const [i, row] of rows.entries()) outcomes[sorted[i]?.place ?? i] = outcomeOf(row);
  return outcomes;
}
