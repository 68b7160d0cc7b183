/** Compares the ledger's log of a run with the sent calls and the price list. */
import { parseAmount } from "@/lib/kernel/money";
import type { Gateway } from "./gateway";
import type { PublishedPrice } from "./published-price";
import { RESOURCE_TYPE, type ReplayAnswers, resourceId } from "./run";

export type Sums = { events: number; input: bigint; output: bigint; cost: bigint };
export type Reconciliation = { ledger: Sums; independent: Sums; answered: bigint; differences: string[] };

type Event = {
  id: string;
  quantities: Record<string, number | string>;
  resource: { type: string | null; id: string } | null;
  cost: string;
};

const PAGE = 500;
const MOST_SHOWN = 10;
const nothing = (): Sums => ({ events: 0, input: 0n, output: 0n, cost: 0n });

function add(sums: Sums, input: bigint, output: bigint, cost: bigint): void {
  sums.events += 1;
  sums.input += input;
  sums.output += output;
  sums.cost += cost;
}

async function* readLog(gateway: Gateway, organization: string, from: Date, to: Date): AsyncGenerator<Event> {
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({
      organization,
      limit: String(PAGE),
      from: from.toISOString(),
      to: to.toISOString(),
    });
    if (cursor) query.set("cursor", cursor);
    const page = await gateway.get(`/v1/usage/events?${query}`);
    yield* page.data as Event[];
    cursor = page.nextCursor as string | null;
  } while (cursor);
}

/** Row by row and in sum; `from` and `to` hold every event's time. */
export async function reconcile(
  gateway: Gateway,
  { run, organization, from, to }: { run: string; organization: string; from: Date; to: Date },
  answers: ReplayAnswers,
  price: PublishedPrice,
): Promise<Reconciliation> {
  const ledger = nothing();
  const independent = nothing();
  const differences: string[] = [];
  let answered = 0n;
  const expected = new Map<string, { input: bigint; output: bigint; cost: bigint }>();
  for (const { row, input, output, cost: answeredCost } of answers.settled.values()) {
    const cost = price.cost(input, output);
    expected.set(resourceId(run, row), { input: BigInt(input), output: BigInt(output), cost });
    add(independent, BigInt(input), BigInt(output), cost);
    answered += parseAmount(answeredCost, price.scale);
  }
  for await (const event of readLog(gateway, organization, from, to)) {
    if (event.resource?.type !== RESOURCE_TYPE || !event.resource.id.startsWith(`${run}:`)) continue;
    const { input_token = 0, output_token = 0 } = event.quantities;
    const [input, output, cost] = [BigInt(input_token), BigInt(output_token), parseAmount(event.cost, price.scale)];
    add(ledger, input, output, cost);
    const mine = expected.get(event.resource.id);
    expected.delete(event.resource.id);
    if (mine && mine.input === input && mine.output === output && mine.cost === cost) continue;
    if (differences.length < MOST_SHOWN) {
      differences.push(
        `${event.id} (${event.resource.id}): ${mine ? "tokens or cost differ" : "recorded twice, or not answered"}`,
      );
    }
  }
  for (const id of [...expected.keys()].slice(0, MOST_SHOWN)) differences.push(`${id}: answered, but not in the log`);
  return { ledger, independent, answered, differences };
}

export function agrees({ ledger, independent, answered, differences }: Reconciliation): boolean {
  return (
    differences.length === 0 &&
    ledger.events === independent.events &&
    ledger.input === independent.input &&
    ledger.output === independent.output &&
    ledger.cost === independent.cost &&
    answered === independent.cost
  );
}
