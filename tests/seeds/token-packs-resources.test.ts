/** The page's "associated resource (project, session)" of each transaction. */
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { expectProblem, gatewayApi } from "../fixtures/gateway";
import type { Call } from "../fixtures/gateway-calls";

const api = await gatewayApi("token-packs");
const tokens = (amount: number): Call => ({
  endpoint: "enrichment",
  model: "standard",
  quantities: { input_token: amount },
});

describe("Transaction History", () => {
  it("Each transaction records its resource (project, session): the list and the file are filtered by it", async () => {
    const customer = await api.customer();
    await api.paid(customer, tokens(1), { tags: { project: "crm", session: "s-1" } });
    await api.paid(customer, tokens(2), { tags: { project: "crm", session: "s-2" } });
    await api.paid(customer, tokens(3), { tags: { project: "web" } });
    await api.paid(customer, tokens(4), { resource: { type: "session", id: "s-1" } });
    const amounts = async (query: string) =>
      (await api.transactions(customer, query)).map(({ amount }) => Number(amount));
    expect(await amounts("?resource=project:crm")).toEqual([-2, -1]);
    expect(await amounts("?resource=session:s-1")).toEqual([-4, -1]);
    expect(await amounts("?resource=project:s-1")).toEqual([]);
    expect(await amounts("?search=web")).toEqual([-3]);
    expect(await amounts("?search=crm&resource=session:s-2")).toEqual([-2]);
    expectProblem(
      await api.send("GET", "/v1/transactions?resource=crm", { token: customer.key }),
      422,
      "validation_failed",
    );
    const file = await api.send<string>("GET", "/v1/transactions.csv?resource=project:crm", { token: customer.key });
    const rows = parse(file.text, { columns: true }) as Record<string, string>[];
    expect(rows.map(({ project, session }) => [project, session])).toEqual([
      ["crm", "s-1"],
      ["crm", "s-2"],
    ]);
  });
});
