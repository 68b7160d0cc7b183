/**
 * Opens organizations for the browser tests, through the verbs of real life and at the times of their stories. Reads
 * one question a line and answers in one line each.
 */
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { createKey, createOrganization, resolveOrganization, startSession } from "@/lib/accounts/index";
import { currentCatalogue, startCatalogue, stopCatalogue } from "@/lib/catalogue/index";
import { batch, simulatedLane } from "@/lib/gate/index";
import type { BatchItem } from "@/lib/gate/schema";
import { parseAmount } from "@/lib/kernel/money";
import { grant, subscribe } from "@/lib/ledger/index";
import type { Context } from "@/lib/platform/context";
import { closeDatabase, database } from "@/lib/platform/db";
import { addMember } from "@/prisma/demo/customer";
import type { Asked, Call, Step, Story, Told } from "./story";

const MINUTE_MS = 60_000;
const HALF_AN_HOUR = 30;

const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS);
const amountOf = (decimal: string) => parseAmount(decimal, currentCatalogue().catalogue.unit.scale);
const counted = (quantities: Record<string, number>) =>
  Object.fromEntries(Object.entries(quantities).map(([meter, count]) => [meter, BigInt(count)]));

async function sessionOf(userId: string): Promise<string> {
  const { token } = await startSession({ db: database(), now: new Date() }, { userId });
  return token;
}

/** Sends one item to the gate and answers the id that it made; a refusal is a mistake of the story. */
async function send(own: Context, item: BatchItem): Promise<string> {
  const { db, actor, now } = own;
  const [outcome] = await batch(
    { db, actor, now, simulatedAt: now, simulated: simulatedLane(db, now) },
    { items: [item] },
  );
  if (!outcome || "error" in outcome) throw outcome?.error ?? new Error("The gate answered nothing.");
  return "id" in outcome.body ? outcome.body.id : "";
}

async function make(own: Context, call: Call, key: string, idempotencyKey: string): Promise<void> {
  const { endpoint = "chat", model, tags, resource, reserved, refunded } = call;
  const body = { key, endpoint, model, ...(tags && { tags }), ...(resource && { resource }) };
  const used = counted(call.quantities);
  if (reserved) {
    const id = await send(own, { operation: "hold", ...body, quantities: counted(reserved), idempotencyKey });
    await send(own, { operation: "settle", id, quantities: used, idempotencyKey: `${idempotencyKey}:end` });
    return;
  }
  const id = await send(own, { operation: "charge", ...body, quantities: used, idempotencyKey });
  if (!refunded) return;
  await send(own, { operation: "refund", id, reason: refunded, idempotencyKey: `${idempotencyKey}:refund` });
}

async function live(own: Context, steps: readonly Step[], keys: Told["keys"]): Promise<void> {
  for (const [place, step] of steps.entries()) {
    const at = { ...own, now: ago(step.minutesAgo ?? 0) };
    const idempotencyKey = `step-${place}`;
    if ("grant" in step) {
      const { kind = "purchased", reason = "Top-up" } = step;
      await grant(at, { amount: amountOf(step.grant), kind, reason, idempotencyKey });
    } else {
      await make(at, step, keys[step.key ?? 0]?.key as string, idempotencyKey);
    }
  }
}

async function peopleOf(own: Context, { people = [{ name: "Ada", role: "owner" }] }: Story) {
  const made: { id: string; email: string }[] = [];
  for (const { name, role, email = `${randomUUID()}@tests.example` } of people) {
    made.push({ id: await addMember(own, { email, name, role }), email });
  }
  return made;
}

async function keysOf(own: Context, { keys = [{ name: "Production" }] }: Story, people: { id: string }[]) {
  const made: Told["keys"] = [];
  for (const { name, limits = {}, owner } of keys) {
    const ownerId = owner === undefined ? undefined : people[owner]?.id;
    const steps = Object.fromEntries(Object.entries(limits).map(([window, decimal]) => [window, amountOf(decimal)]));
    made.push({ name, ...(await createKey(own, { name, limits: steps, ...(ownerId && { ownerId }) })) });
  }
  return made;
}

async function tell(story: Story): Promise<Told> {
  const ctx = { actor: { type: "operator" as const }, now: ago(story.minutesAgo ?? HALF_AN_HOUR), db: database() };
  const name = `Test ${randomUUID().slice(0, 8)}`;
  const { id, organizationId } = await createOrganization(ctx, { name, timeZone: story.timeZone ?? "UTC" });
  const own = { ...ctx, organizationId };
  const people = await peopleOf(own, story);
  const keys = await keysOf(own, story, people);
  if (story.plan) await subscribe(own, { plan: story.plan, idempotencyKey: "plan" });
  await live(own, story.steps ?? [], keys);
  const [reader] = people;
  if (!reader) throw new Error("A story needs somebody who reads.");
  return {
    organization: id,
    name,
    uuid: organizationId,
    session: await sessionOf(reader.id),
    email: reader.email,
    emails: people.map(({ email }) => email),
    keys,
  };
}

async function sessionOfEmail(email: string): Promise<{ session: string }> {
  const user = await database().prisma.user.findUnique({ where: { email }, select: { id: true } });
  if (!user) throw new Error(`There is no user ${email}.`);
  return { session: await sessionOf(user.id) };
}

async function keyOfExternal(externalId: string): Promise<{ key: string }> {
  const ctx = { actor: { type: "operator" as const }, now: new Date(), db: database() };
  const organizationId = await resolveOrganization(ctx, externalId);
  if (!organizationId) throw new Error(`There is no organization ${externalId}.`);
  const { key } = await createKey({ ...ctx, organizationId }, { name: "Theirs" });
  return { key };
}

async function answer(asked: Asked): Promise<object> {
  try {
    if ("story" in asked) return await tell(asked.story);
    return "keyOf" in asked ? await keyOfExternal(asked.keyOf) : await sessionOfEmail(asked.email);
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

await startCatalogue(database());
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line) as Asked))}\n`);
}
stopCatalogue();
await closeDatabase();
