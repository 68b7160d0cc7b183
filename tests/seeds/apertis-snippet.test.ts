/** API Access of Apertis' page: the program that Developers shows is the page's, and runs as it is. */
import { describe, expect, it } from "vitest";
import { snippet } from "@/components/developers/snippets";
import { gatewayApi } from "../fixtures/gateway";
import { languages, servedApi } from "../fixtures/programs";

const api = await gatewayApi("apertis");
const { url, requests, run } = await servedApi();

const PAGE = `import requests

response = requests.get(
    "https://api.apertis.ai/api/user/self",
    headers={"Authorization": "Bearer sk-your-api-key"}
)
user_info = response.json()
balance = user_info['data']['quota']
print(f"Current balance: \${balance / 500000:.2f}") # Convert from internal units`;

const input = {
  ...{ url, key: "sk-your-api-key", secret: "gw_…", self: { quotaPerUnit: 500_000, symbol: "$" } },
  call: { endpoint: "chat", model: "gpt-4.1", quantities: { input_token: 1 }, options: {} },
};

describe("Check balance programmatically", () => {
  it("import requests: Developers shows the page's program to the letter", () => {
    expect(snippet("self", "python", { ...input, url: "https://api.apertis.ai" })).toBe(PAGE);
  });

  it.each(languages)("the program for %s reads the balance with one GET /api/user/self", async (language) => {
    const customer = await api.customer({ credit: "12.34" });
    const text = language === "python" ? PAGE.replace("https://api.apertis.ai", url) : snippet("self", language, input);
    const before = requests.length;
    const output = await run(language, text.replace("sk-your-api-key", customer.key));
    expect(output).toMatch(language === "python" ? /^Current balance: \$12\.34\s*$/ : /quota\W+6170000\b/);
    expect(requests.slice(before)).toEqual(["GET /api/user/self"]);
  });
});
