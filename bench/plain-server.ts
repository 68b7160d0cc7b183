/** The plain implementation over HTTP, with the gate's own schemas, prices and credentials in front of it. */
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { authenticateGateway, findKey } from "@/lib/accounts/index";
import { currentCatalogue, priceCall, slots, startCatalogue } from "@/lib/catalogue/index";
import { holdRequest, settleRequest } from "@/lib/gate/schema";
import { newId, publicId, requirePublicId } from "@/lib/kernel/ids";
import { formatAmount } from "@/lib/kernel/money";
import { requestHash } from "@/lib/kernel/request-hash";
import { database } from "@/lib/platform/db";
import { plainHold, plainSettle } from "./plain-steps";

const db = database();
await startCatalogue(db);
const app = new Hono();
const secrets = new Map<string, string>();
const keys = new Map<string, { organizationId: string; keyId: string }>();

async function authenticated(header: string | undefined): Promise<boolean> {
  const token = header?.slice("Bearer ".length) ?? "";
  const known = secrets.get(token) ?? (await authenticateGateway(db, token))?.secretId;
  if (known) secrets.set(token, known);
  return known !== undefined;
}

function priced(endpoint: string, model: string, quantities: Record<string, bigint>) {
  const { catalogue } = currentCatalogue();
  const { cost, quantities: counted } = priceCall(catalogue, { endpoint, model, quantities, options: {} }, Date.now());
  return { cost, counts: slots(catalogue, counted).map(String) };
}
const wire = (amount: bigint) => formatAmount(amount, currentCatalogue().catalogue.unit.scale);

app.post("/v1/plain/holds", async (c) => {
  if (!(await authenticated(c.req.header("authorization")))) return c.json({}, 401);
  const body = holdRequest.parse(await c.req.json());
  const payer = keys.get(body.key ?? "") ?? (await findKey(db, body.key ?? ""));
  if (!payer) return c.json({}, 401);
  keys.set(body.key ?? "", payer);
  const { cost, counts } = priced(body.endpoint, body.model, body.quantities);
  const { organizationId, keyId } = payer;
  const { endpoint, model } = body;
  const call = { organizationId, keyId, endpoint, model, quantities: counts, ceiling: cost };
  const own = { id: newId(), idempotencyKey: c.req.header("idempotency-key") ?? "", requestHash: requestHash(body) };
  const held = await plainHold({ ...call, ...own });
  if (!held) return c.json({}, 402);
  return c.json({ id: publicId("hold", organizationId, held.id), available: wire(held.available) }, 201);
});

app.post("/v1/plain/holds/:id/settle", async (c) => {
  if (!(await authenticated(c.req.header("authorization")))) return c.json({}, 401);
  const { organizationId, id } = requirePublicId(c.req.param("id"), "hold");
  const body = settleRequest.parse(await c.req.json());
  const idempotencyKey = c.req.header("idempotency-key") ?? "";
  const counts: string[] = [];
  const price = (endpoint: string, model: string) => {
    const { cost, counts: counted } = priced(endpoint, model, body.quantities ?? {});
    counts.push(...counted);
    return cost;
  };
  const settled = await plainSettle({
    ...{ organizationId, id, idempotencyKey, requestHash: requestHash(body), quantities: counts, price },
  });
  if (!settled) return c.json({}, 409);
  return c.json({ cost: wire(settled.cost), available: wire(settled.available) });
});

serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) => process.send?.({ port }));
