/** Switches for tests, below /_test/: faults, webhooks, disputes, refunds, cards and time. Loopback only, JSON. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { bodyOf } from "./answer-api";
import { bankCard } from "./bank";
import { type Courier, modeSchema } from "./courier";
import { moveDispute, openDispute } from "./disputes";
import { missing, StripeFault } from "./fault";
import { type FaultSwitch, faultSchema } from "./fault-switch";
import { moveRefund } from "./refunds";
import { renew } from "./renewals";
import { matchPath } from "./route";
import { cardByNumber } from "./test-cards";
import { passTime } from "./time";
import { idOf, type World } from "./world";

export type Switches = { world: World; faults: FaultSwitch; courier: Courier };
type Run = (of: Switches, id: string, body: unknown) => object | Promise<object>;

const disputeSchema = z.strictObject({
  payment_intent: z.string(),
  amount: z.int().positive().optional(),
  reason: z.string().default("fraudulent"),
  inquiry: z.boolean().default(false),
});
const disputeStatus = z.strictObject({
  status: z.enum([
    "needs_response",
    "under_review",
    "won",
    "lost",
    "warning_needs_response",
    "warning_under_review",
    "warning_closed",
    "prevented",
  ]),
});
const refundStatus = z.strictObject({ status: z.enum(["succeeded", "failed", "pending", "canceled"]) });
const cardSchema = z.strictObject({ number: z.string() });
const secondsSchema = z.strictObject({
  seconds: z
    .int()
    .min(0)
    .max(5 * 366 * 86_400),
});

function dispute({ world }: Switches, body: unknown): object {
  const { payment_intent, ...how } = disputeSchema.parse(body);
  const intent = world.store.get("payment_intent", payment_intent);
  const charge = intent && world.store.get("charge", idOf(intent.latest_charge) ?? "");
  if (!charge) throw missing("payment_intent", payment_intent);
  return openDispute(world, charge, how);
}

/** The card behaves from now on like the test card of that number. */
function rebehave({ world }: Switches, id: string, body: unknown): object {
  const method = world.store.get("payment_method", id);
  const card = cardByNumber(cardSchema.parse(body).number);
  if (!method || !card) throw missing("PaymentMethod", id);
  return world.store.put("bank_card", { ...bankCard(world, method), behavior: card.behavior });
}

function advance({ world }: Switches, body: unknown): object {
  const { seconds } = secondsSchema.parse(body);
  passTime(world, seconds);
  return { now: world.now() };
}

const RUNS: Readonly<Record<string, Run>> = {
  "POST /_test/faults": ({ faults }, _, body) => {
    faults.add(faultSchema.parse(body));
    return { faults: faults.list() };
  },
  "DELETE /_test/faults": ({ faults }) => {
    faults.clear();
    return { faults: [] };
  },
  "POST /_test/webhooks": ({ courier }, _, body) => {
    courier.mode = modeSchema.parse(body);
    return courier.mode;
  },
  "POST /_test/webhooks/flush": async ({ courier }) => {
    await courier.flush();
    return {};
  },
  "POST /_test/webhooks/settled": async ({ courier }) => {
    await courier.settled();
    return {};
  },
  "POST /_test/events/:id/again": ({ courier }, id) => {
    courier.again(id);
    return {};
  },
  "POST /_test/disputes": (of, _, body) => dispute(of, body),
  "POST /_test/disputes/:id": ({ world }, id, body) => {
    const found = world.store.get("dispute", id);
    if (!found) throw missing("dispute", id);
    return moveDispute(world, found, disputeStatus.parse(body).status);
  },
  "POST /_test/refunds/:id": ({ world }, id, body) => {
    const found = world.store.get("refund", id);
    if (!found) throw missing("refund", id);
    return moveRefund(world, found, refundStatus.parse(body).status);
  },
  "POST /_test/cards/:id": rebehave,
  "POST /_test/subscriptions/:id/renew": ({ world }, id) => {
    const found = world.store.get("subscription", id);
    if (!found) throw missing("subscription", id);
    renew(world, found);
    return found;
  },
  "POST /_test/advance": (of, _, body) => advance(of, body),
};

function find(method: string, path: string): { run: Run; id: string } | undefined {
  for (const [name, run] of Object.entries(RUNS)) {
    const [wanted = "", pattern = ""] = name.split(" ");
    const values = wanted === method ? matchPath(pattern, path) : undefined;
    if (values) return { run, id: values.id ?? "" };
  }
  return undefined;
}

export async function answerSwitches(of: Switches, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = ""] = (request.url ?? "").split("?", 1);
  const send = (status: number, body: object) => {
    of.world.settle();
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };
  try {
    const found = find(request.method ?? "GET", path);
    if (!found) return send(404, { error: { message: `There is no switch ${request.method} ${path}.` } });
    const text = await bodyOf(request);
    send(200, await found.run(of, found.id, text === "" ? {} : JSON.parse(text)));
  } catch (error) {
    if (error instanceof z.ZodError) return send(400, { error: { message: z.prettifyError(error) } });
    if (error instanceof StripeFault) return send(error.status, { error: error.body });
    throw error;
  }
}
