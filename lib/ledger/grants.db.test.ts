import { expect, it } from "vitest";
import { createKey, createOrganization } from "@/lib/accounts";
import { charge, hold } from "@/lib/gate";
import { currentCycle, grant, listGrants, subscribe } from "@/lib/ledger";
import type { Context } from "@/lib/platform/context";
import { presetInstallation } from "@/tests/fixtures/catalogue";
import { grantListSchema } from "./schema";

const DOLLAR = 1_000_000_000n;
const DAY_MS = 86_400_000;
const ctx = await presetInstallation("apertis");

async function customer(name: string): Promise<Context> {
  const { organizationId } = await createOrganization(ctx, { name, timeZone: "Asia/Kathmandu" });
  return { ...ctx, organizationId };
}

const later = (days: number) => new Date(ctx.now.getTime() + days * DAY_MS);
const given = (own: Context) => ({ ...own, now: new Date() });

it("listGrants gives live grants in the order in which calls use them, then the ended ones", async () => {
  const own = await customer("Grants");
  const give = (reason: string, amount: bigint, more: object) =>
    grant(given(own), { amount, reason, idempotencyKey: reason, ...more });
  await give("bought", 30n * DOLLAR, { kind: "purchased" });
  await give("goodwill", 5n * DOLLAR, { expiresAt: later(40) });
  await give("sooner", 2n * DOLLAR, { expiresAt: later(3) });
  await subscribe(given(own), { plan: "basic", idempotencyKey: "plan" });
  const kinds = async (now: Date) => (await listGrants({ ...own, now })).data.map((one) => [one.kind, one.live]);
  expect(await kinds(new Date())).toEqual([
    ["plan", true],
    ["promotional", true],
    ["promotional", true],
    ["purchased", true],
  ]);
  // In four days the one that expires soonest is over, though no job has written it off.
  expect(await kinds(later(4))).toEqual([
    ["plan", true],
    ["promotional", true],
    ["purchased", true],
    ["promotional", false],
  ]);
  const { data } = await listGrants({ ...own, now: later(4) });
  expect(data.at(-1)).toMatchObject({ amount: "2", remaining: "0", held: "0", source: "operator" });
});

it("listGrants says what is left and what calls hold", async () => {
  const own = await customer("Held");
  const { key } = await createKey(own, { name: "server" });
  await grant(given(own), { amount: 10n * DOLLAR, kind: "purchased", reason: "g", idempotencyKey: "g" });
  const call = { key, endpoint: "chat", model: "gpt-4o" };
  await charge(ctx, { ...call, quantities: { input_token: 400_000n, output_token: 0n }, idempotencyKey: "c" });
  await hold(ctx, { ...call, quantities: { input_token: 200_000n, output_token: 0n }, idempotencyKey: "h" });
  const list = grantListSchema.parse(await listGrants({ ...own, now: new Date() }));
  expect(list.data).toHaveLength(1);
  expect(list.data[0]).toMatchObject({ kind: "purchased", amount: "10", remaining: "9", held: "0.5", live: true });
});

it("listGrants knows the plan's running cycle, and that there is none", async () => {
  const own = await customer("Cycle");
  expect(await currentCycle(own)).toBeNull();
  await subscribe(given(own), { plan: "pro", idempotencyKey: "p" });
  const cycle = await currentCycle(own);
  expect(cycle).toMatchObject({ plan: "pro", number: 0, allowance: "50", discountPercent: 20 });
  expect(Date.parse(cycle?.end ?? "") - Date.parse(cycle?.start ?? "")).toBeGreaterThanOrEqual(28 * DAY_MS);
});

it("listGrants shows nothing of another organization", async () => {
  const [own, other] = [await customer("Own"), await customer("Other")];
  const actor = {
    type: "user",
    userId: own.organizationId,
    organizationId: own.organizationId,
    role: "owner",
  } as const;
  for (const verb of [listGrants, currentCycle]) {
    await expect(verb({ ...other, actor })).rejects.toMatchObject({ code: "not_found" });
  }
});
