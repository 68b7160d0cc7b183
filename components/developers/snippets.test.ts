import { describe, expect, it } from "vitest";
import { customerTasks, type SnippetInput, snippet } from "./snippets";

const input: SnippetInput = {
  url: "https://portal.example",
  key: "sk_…a1b2",
  secret: "gw_…",
  self: null,
  call: { endpoint: "finder", model: "it's", quantities: { page: 2 }, options: { followUp: true, variant: "basic" } },
};

describe("snippets", () => {
  it("call the reader's address with the reader's key", () => {
    expect(snippet("balance", "curl", input)).toBe(
      'curl "https://portal.example/v1/balance" \\\n  -H "Authorization: Bearer sk_…a1b2"',
    );
    for (const language of ["python", "typescript"] as const) {
      expect(snippet("balance", language, input)).toContain('"https://portal.example/v1/balance"');
      expect(snippet("balance", language, input)).toContain("Bearer sk_…a1b2");
    }
  });

  it("never name the gateway's secret where a key is enough", () => {
    for (const task of ["balance", "self", "usage", "quote", "key"] as const) {
      for (const language of ["curl", "python", "typescript"] as const) {
        expect(snippet(task, language, { ...input, secret: "gw_secret" })).not.toContain("gw_");
      }
    }
  });

  it("read the balance by the operator's own route only where there is one", () => {
    expect(customerTasks(null)).toEqual(["balance", "usage", "quote", "key"]);
    expect(customerTasks({ quotaPerUnit: 500_000, symbol: "$" })).toContain("self");
  });

  it("quote for the shell, and write true as Python does", () => {
    expect(snippet("quote", "curl", input)).toContain(`"model": "it'\\''s"`);
    expect(snippet("quote", "python", input)).toContain('"followUp": True,');
    expect(snippet("quote", "typescript", input)).toContain('"followUp": true,');
  });
});
