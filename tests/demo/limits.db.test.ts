/** The demo's keys have limits on every day of a month. */
import { beforeAll, expect, it } from "vitest";
import { keySelf } from "@/lib/accounts";
import { charge } from "@/lib/gate";
import { limitKey } from "@/prisma/demo/customer";
import { spend } from "../fixtures/call";
import { installation } from "../fixtures/catalogue";
import { keyOf, organization } from "../fixtures/organization";

const real = await installation();
const at = (text: string) => ({ ...real, now: new Date(text), simulatedAt: new Date(text) });

beforeAll(async () => {
  await real.db.operator.query("SELECT ledger.ensure_partitions('2026-05-01', '2026-08-01')");
});

it.each([
  ["in total in the first hours of a month", "2026-07-01T01:00:00Z", "total"],
  ["of the month at its end", "2026-06-30T23:00:00Z", "month"],
] as const)("a key of the demo has a limit %s", async (_when, now, window) => {
  const who = await organization(at("2026-06-01T00:00:00Z"), { credit: 1_000n });
  const key = await keyOf(who);
  await charge(at("2026-06-20T12:00:00Z"), { ...spend(key, 380), idempotencyKey: "june" });
  const own = { ...who.ctx, now: new Date(now) };
  await limitKey(own, key, 38n);
  const actor = { type: "key", organizationId: who.organizationId, keyId: key.keyId } as const;
  const { windows } = await keySelf({ ...own, actor });
  expect(Object.entries(windows).filter(([, { limit }]) => limit !== null)).toMatchObject([
    [window, { limit: 1_000n, spent: 380n }],
  ]);
});
