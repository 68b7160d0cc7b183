/** Programs that run as they are: the same call in each language, with the reader's address and credential in place. */

export type Language = "curl" | "python" | "typescript";
/** Examples: a customer's key reads, and a gateway holds and settles a call. */
export type Task = "balance" | "self" | "usage" | "quote" | "key" | "gateway";
export const LANGUAGES: readonly Language[] = ["curl", "python", "typescript"];
export const CUSTOMER_TASKS = ["balance", "self", "usage", "quote", "key"] as const satisfies readonly Task[];

export type SnippetCall = {
  endpoint: string;
  model: string;
  quantities: Record<string, number>;
  options: Record<string, string | boolean>;
};
/** The operator's own route of the balance: `quotaPerUnit` of its internal units are one unit, which has this symbol. */
export type SelfRoute = { quotaPerUnit: number; symbol: string };
/** The tasks of a customer; `self` only where the operator has that route. */
export function customerTasks(self: SelfRoute | null) {
  return CUSTOMER_TASKS.filter((task) => task !== "self" || self !== null);
}

/** `key` is the customer's, `secret` the gateway's; either may be a placeholder. */
export type SnippetInput = { url: string; key: string; secret: string; call: SnippetCall; self: SelfRoute | null };

const QUERY = "groupBy=model&interval=day";
const PATHS = {
  balance: "/v1/balance",
  self: "/api/user/self",
  usage: `/v1/usage?${QUERY}`,
  quote: "/v1/quotes",
  key: "/v1/keys/self",
} as const;

function bodyOf({ endpoint, model, quantities, options }: SnippetCall): Record<string, unknown> {
  return { endpoint, model, quantities, ...(Object.keys(options).length > 0 && { options }) };
}

const json = (value: unknown) => JSON.stringify(value, null, 2);
const indented = (text: string, spaces: number) => text.replaceAll("\n", `\n${" ".repeat(spaces)}`);
/** In single quotes for a shell. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** JSON as Python writes it; strings are the same in both. */
function python(value: unknown, depth = 0): string {
  if (value === true) return "True";
  if (value === false) return "False";
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value);
  if (entries.length === 0) return "{}";
  const pad = " ".repeat(4 * (depth + 1));
  const lines = entries.map(([name, inner]) => `${pad}${JSON.stringify(name)}: ${python(inner, depth + 1)},`);
  return `{\n${lines.join("\n")}\n${" ".repeat(4 * depth)}}`;
}

function curlCall({ url, key }: SnippetInput, path: string, body: unknown): string {
  const lines = [`curl "${url}${path}"`, `-H "Authorization: Bearer ${key}"`];
  if (body !== undefined) lines.push('-H "Content-Type: application/json"', `-d ${quoted(json(body))}`);
  return lines.join(" \\\n  ");
}

function pythonCall({ url, key }: SnippetInput, path: string, body: unknown): string {
  const post = body === undefined ? "" : `\n    data=json.dumps(body).encode(),`;
  const type = body === undefined ? "" : ', "Content-Type": "application/json"';
  return `import json
import urllib.request
${body === undefined ? "" : `\nbody = ${python(body)}`}
request = urllib.request.Request(
    "${url}${path}",
    headers={"Authorization": "Bearer ${key}"${type}},${post}
)
with urllib.request.urlopen(request) as response:
    print(json.load(response))`;
}

/** As the operator's page has it, to the letter. */
function pythonSelf({ url, key }: SnippetInput, { quotaPerUnit, symbol }: SelfRoute): string {
  return `import requests

response = requests.get(
    "${url}${PATHS.self}",
    headers={"Authorization": "Bearer ${key}"}
)
user_info = response.json()
balance = user_info['data']['quota']
print(f"Current balance: ${symbol}{balance / ${quotaPerUnit}:.2f}") # Convert from internal units`;
}

function typescriptCall({ url, key }: SnippetInput, path: string, body: unknown): string {
  if (body === undefined) {
    return `const response = await fetch("${url}${path}", {
  headers: { Authorization: "Bearer ${key}" },
});
console.log(response.status, await response.json());`;
  }
  return `const response = await fetch("${url}${path}", {
  method: "POST",
  headers: { Authorization: "Bearer ${key}", "Content-Type": "application/json" },
  body: JSON.stringify(${indented(json(body), 2)}),
});
console.log(response.status, await response.json());`;
}

function curlGateway({ url, key, secret, call }: SnippetInput): string {
  const hold = quoted(json({ key, ...bodyOf(call) }));
  return `# 1. May this call run? Reserves the most that it can cost; 402 means no.
HOLD=$(curl -s "${url}/v1/holds" \\
  -H "Authorization: Bearer ${secret}" \\
  -H "Idempotency-Key: call-$(date +%s)" \\
  -H "Content-Type: application/json" \\
  -d ${hold})
echo "$HOLD"
ID=$(echo "$HOLD" | sed -n 's/.*"id":"\\([^"]*\\)".*/\\1/p')

# 2. Run the call. Then pay for what it used; the rest goes back.
curl -s "${url}/v1/holds/$ID/settle" \\
  -H "Authorization: Bearer ${secret}" \\
  -H "Content-Type: application/json" \\
  -d ${quoted(json({ quantities: call.quantities }))}`;
}

function pythonGateway({ url, key, secret, call }: SnippetInput): string {
  return `import json
import urllib.request
import uuid


def post(path, body):
    request = urllib.request.Request(
        "${url}" + path,
        headers={
            "Authorization": "Bearer ${secret}",
            "Idempotency-Key": str(uuid.uuid4()),
            "Content-Type": "application/json",
        },
        data=json.dumps(body).encode(),
    )
    with urllib.request.urlopen(request) as response:
        return json.load(response)


# 1. May this call run? Reserves the most that it can cost; 402 raises HTTPError.
hold = post("/v1/holds", ${python({ key, ...bodyOf(call) })})

# 2. Run the call. Then pay for what it used; the rest goes back.
used = ${python(call.quantities)}
print(post(f"/v1/holds/{hold['id']}/settle", {"quantities": used}))`;
}

function typescriptGateway({ url, key, secret, call }: SnippetInput): string {
  return `async function post(path: string, body: object) {
  const response = await fetch("${url}" + path, {
    method: "POST",
    headers: {
      Authorization: "Bearer ${secret}",
      "Idempotency-Key": crypto.randomUUID(),
      "Content-Type": "application/json",
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as { id: string };
}

// 1. May this call run? Reserves the most that it can cost; 402 means no.
const hold = await post("/v1/holds", ${json({ key, ...bodyOf(call) })});

// 2. Run the call. Then pay for what it used; the rest goes back.
const quantities = ${json(call.quantities)};
console.log(await post(\`/v1/holds/\${hold.id}/settle\`, { quantities }));`;
}

const CALL = { curl: curlCall, python: pythonCall, typescript: typescriptCall };
const GATEWAY = { curl: curlGateway, python: pythonGateway, typescript: typescriptGateway };

/** The program for a task in a language. */
export function snippet(task: Task, language: Language, input: SnippetInput): string {
  if (task === "gateway") return GATEWAY[language](input);
  if (task === "self" && language === "python" && input.self) return pythonSelf(input, input.self);
  return CALL[language](input, PATHS[task], task === "quote" ? bodyOf(input.call) : undefined);
}
