/** Billing Statements of Apertis' page. */
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import type { StatementAnswer, StatementList } from "@/lib/statements/schema";
import { gatewayApi } from "../fixtures/gateway";
import type { Call } from "../fixtures/gateway-calls";

const api = await gatewayApi("apertis");

const read = ({ key }: { key: string }, path: string) => api.send<string>("GET", path, { token: key });

const DOLLAR = 500_000;
const call = (model: string, dollars: number): Call => ({
  endpoint: "chat",
  model,
  quantities: { input_token: dollars * DOLLAR },
});

async function customerWithAMonth() {
  const customer = await api.customer();
  await api.give(customer, "25");
  await api.paid(customer, call("gpt-4.1", 2));
  await api.paid(customer, call("gpt-4.1", 1));
  const { data } = await api.get<StatementList>(customer, "/v1/statements");
  const month = data[0]?.month ?? "";
  return { customer, month, statement: await api.get<StatementAnswer>(customer, `/v1/statements/${month}`) };
}

describe("Statement Contents", () => {
  it("Beginning balance, Top-ups during period, Usage breakdown by model, Ending balance", async () => {
    const { statement } = await customerWithAMonth();
    expect(statement.opening.total).toBe("0");
    expect(statement.movements.map(({ type, amounts }) => [type, amounts.purchased])).toEqual([
      ["grant", "25"],
      ["deduction", "-3"],
    ]);
    expect(statement.usage.byModel).toEqual([{ id: "gpt-4.1", name: "gpt-4.1", calls: 2, cost: "3" }]);
    expect(statement.closing.total).toBe("22");
  });

  it("Transaction details, in the statement's CSV", async () => {
    const { customer, month } = await customerWithAMonth();
    const { text, status } = await read(customer, `/v1/statements/${month}.csv`);
    expect(status).toBe(200);
    const rows = parse(text, { columns: true }) as Record<string, string>[];
    expect(rows.map(({ type, amount_usd }) => [type, amount_usd])).toEqual([
      ["grant", "25"],
      ["deduction", "-2"],
      ["deduction", "-1"],
    ]);
  });

  it("is a PDF for the asking, and a month that is none is not found in any form", async () => {
    const { customer, month } = await customerWithAMonth();
    const file = await read(customer, `/v1/statements/${month}.pdf`);
    expect(file.headers.get("content-type")).toBe("application/pdf");
    expect(file.headers.get("content-disposition")).toBe(`attachment; filename="statement-${month}.pdf"`);
    expect(file.text.slice(0, 5)).toBe("%PDF-");
    expect(file.text).toContain("%%EOF");
    for (const none of ["2020-01", "2020-01.pdf", "2020-13.csv", `${month}.txt`, "x"]) {
      expect((await read(customer, `/v1/statements/${none}`)).status, none).toBe(404);
    }
  });

  it("is hidden from another customer's key", async () => {
    const { customer } = await customerWithAMonth();
    const other = await api.customer();
    const path = `/v1/statements?organization=${customer.id}`;
    expect((await read(other, path)).status).toBe(404);
  });
});
