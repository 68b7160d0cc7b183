/** A house to knock at: the API on this file's database, with a catalogue, a gateway secret and customers on demand. */
import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { type Answer, openApi } from "../setup/http";

export type Customer = { id: string; organizationId: string; key: string; keyId: string };
type CustomerInput = { credit?: string; limits?: { total?: bigint; day?: bigint; week?: bigint; month?: bigint } };
type Problem = { type: string; title: string; status: number; detail?: string; code: string; errors?: unknown };

export async function openHouse(catalogue: string) {
  const send = await openApi(catalogue);
  const { applyCatalogue, readCatalogueText } = await import("@/lib/catalogue");
  const accounts = await import("@/lib/accounts");
  const ledger = await import("@/lib/ledger");
  const { database } = await import("@/lib/platform/db");
  const { parseAmount } = await import("@/lib/kernel/money");
  const { currentCatalogue, startCatalogue } = await import("@/lib/catalogue");

  const operator = () => ({ actor: { type: "operator" } as const, now: new Date(), db: database() });
  const { text } = await readCatalogueText(catalogue);
  await applyCatalogue(operator(), { text, fileName: catalogue });
  await startCatalogue(database());
  await ledger.ensurePartitions(operator());
  const { secret: gateway, id: secretId } = await accounts.createGatewaySecret(operator(), { name: "test" });
  const scale = currentCatalogue().catalogue.unit.scale;

  async function customer({ credit, limits = {} }: CustomerInput = {}): Promise<Customer> {
    const { id, organizationId } = await accounts.createOrganization(operator(), { name: "Test" });
    const ctx = { ...operator(), organizationId };
    const { id: keyId, key } = await accounts.createKey(ctx, { name: "test", limits });
    if (credit) {
      const amount = parseAmount(credit, scale);
      await ledger.grant(ctx, { amount, kind: "purchased", reason: "test", idempotencyKey: randomUUID() });
    }
    return { id, organizationId, key, keyId };
  }

  /** POST with the gateway's secret and a key of its own. */
  function post<T = Record<string, unknown>>(path: string, body: unknown, idempotencyKey: string = randomUUID()) {
    return send<T>("POST", path, { token: gateway, body, idempotencyKey });
  }

  async function rows(sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
    return (await database().operator.query(sql, values)).rows;
  }

  return { send, post, customer, gateway, secretId, operator, accounts, ledger, rows, scale };
}

export type House = Awaited<ReturnType<typeof openHouse>>;

/** A refusal as documented: its status and code, problem+json, and nothing of our insides. */
export function expectProblem(answer: Answer<unknown>, status: number, code: string): Problem {
  const body = answer.body as Problem;
  expect({ status: answer.status, code: body.code }, answer.text).toEqual({ status, code });
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(body).toMatchObject({ type: `/docs#${code}`, status, title: expect.any(String) });
  expect(answer.text).not.toMatch(/\bat .+:\d+:\d+|node_modules|SELECT |ledger\./);
  return body;
}
