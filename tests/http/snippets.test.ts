/** What the quickstart shows is run as it stands: the programs, against the real API on a real socket. */
import { beforeAll, describe, expect, it } from "vitest";
import { customerTasks, type SnippetInput, snippet, type Task } from "@/components/developers/snippets";
import { gatewayApi } from "../fixtures/gateway";
import type { Customer } from "../fixtures/gateway-calls";
import { languages, servedApi } from "../fixtures/programs";

let customer: Customer;
let input: SnippetInput;

const api = await gatewayApi("persly");
const { url, run: execute } = await servedApi();
beforeAll(async () => {
  customer = await api.customer({ credit: "20" });
  input = {
    url,
    key: customer.key,
    secret: api.secret,
    self: null,
    call: { endpoint: "chat", model: "persly-chat-v1", quantities: { page: 3 }, options: { followUp: true } },
  };
});

const SHOWS: Record<Task, RegExp> = {
  balance: /available\W+25\b/,
  self: /quota/,
  usage: /groupBy|data|total/,
  quote: /cost\W+0\.169\b/,
  key: /windows/,
  gateway: /state\W+settled[\s\S]*cost\W+0\.169\b/,
};

describe.each(languages)("the programs for %s", (language) => {
  it.each(customerTasks(null))("make the task %s work as the page says", async (task) => {
    expect(await execute(language, snippet(task, language, input))).toMatch(SHOWS[task]);
  });

  it("charge the customer for one call with hold and settle", async () => {
    const own = await api.customer({ credit: "1" });
    const output = await execute(language, snippet("gateway", language, { ...input, key: own.key }));
    expect(output).toMatch(SHOWS.gateway);
    const { body } = await api.send<{ available: string }>("GET", "/v1/balance", { token: own.key });
    expect(body.available).toBe("5.831");
  });
});

describe("a key in a program", () => {
  it("may do what the page says and nothing of the gateway's", async () => {
    const output = await execute("curl", snippet("gateway", "curl", { ...input, secret: customer.key }));
    expect(output).toContain('"code":"forbidden"');
  });
});
