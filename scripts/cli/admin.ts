/** `npm run admin`: everything an operator needs to start and to help a customer, over the same verbs as the portal. */
import "./stand-in";
import { randomUUID } from "node:crypto";
import { Argument, Command, InvalidArgumentError, Option } from "commander";
import {
  createGatewaySecret,
  createKey,
  createOrganization,
  listOrganizations,
  resolveOrganization,
  revokeGatewaySecret,
  revokeKey,
  setKeyLimits,
} from "@/lib/accounts/index";
import { type KeyLimits, LIMIT_WINDOWS, type LimitWindow } from "@/lib/accounts/schema";
import type { Catalogue } from "@/lib/catalogue/schema";
import { parsePublicId } from "@/lib/kernel/ids";
import { parseAmount } from "@/lib/kernel/money";
import { balance, balanceAnswer, grant, setPayg, subscribe } from "@/lib/ledger/index";
import type { Context, InstallationContext } from "@/lib/platform/context";
import { holdCommands } from "./holds";
import { operator, operatorWithCatalogue, run } from "./operator";
import { Mistake, print } from "./output";
import { deleteCommand, memberCommands } from "./people";
import { placeCommands } from "./places";
import { disputeCommands, refundCommands, webhookCommands } from "./refunds";

type Json = { json?: boolean };
type Of<T> = T & Json & { organization: string };
type LimitText = { window: LimitWindow; amount: string };

async function organizationContext(ctx: InstallationContext, text: string): Promise<Context> {
  const organizationId = await resolveOrganization(ctx, text);
  if (!organizationId) throw new Mistake(`There is no organization ${text}: see npm run admin -- organization list.`);
  return { ...ctx, organizationId };
}

/** A key's id contains its organization; a malformed id and an unknown key are different errors. */
function keyContext(ctx: InstallationContext, id: string): Context {
  const key = parsePublicId(id, "key");
  if (!key)
    throw new Mistake(`${id} is not the ID of a key. It starts with key_ and is printed when a key is created.`);
  return { ...ctx, organizationId: key.organizationId };
}

function answer(json: boolean | undefined, facts: unknown, text: string): void {
  print(json ? JSON.stringify(facts) : text);
}

function parseLimit(text: string, before: LimitText[] = []): LimitText[] {
  const [window = "", amount = ""] = text.split("=");
  if (!LIMIT_WINDOWS.includes(window as LimitWindow) || amount === "") {
    throw new InvalidArgumentError("Write a window and an amount, such as day=1.00; windows: total, day, week, month.");
  }
  return [...before, { window: window as LimitWindow, amount }];
}

function parseTime(text: string): Date {
  const time = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text) || Number.isNaN(time.getTime())) {
    throw new InvalidArgumentError("Write a time with its zone, such as 2030-01-01T00:00:00Z.");
  }
  return time;
}

function limitsOf(catalogue: Catalogue, texts: LimitText[] = []): KeyLimits {
  return Object.fromEntries(texts.map(({ window, amount }) => [window, parseAmount(amount, catalogue.unit.scale)]));
}

type NewOrganization = Json & { name: string; externalId?: string; timeZone: string };

async function organizationCreate({ json, ...input }: NewOrganization): Promise<void> {
  const { ctx } = await operatorWithCatalogue();
  const { id, created } = await createOrganization(ctx, input);
  answer(json, { id, created }, created ? id : `${id} (it already has this external id)`);
}

async function organizationList({ json }: Json): Promise<void> {
  const rows = (await listOrganizations(await operator())).map(({ organizationId: _, ...row }) => row);
  const line = (row: (typeof rows)[number]) => [row.id, row.name, row.externalId ?? "-", row.timeZone].join("  ");
  answer(json, rows, rows.length === 0 ? "There are no organizations yet." : rows.map(line).join("\n"));
}

type NewGrant = {
  amount: string;
  kind: "promotional" | "purchased" | "adjustment";
  reason: string;
  expires?: Date;
  idempotencyKey?: string;
};

async function giveCredit({ json, organization, ...input }: Of<NewGrant>): Promise<void> {
  const { ctx, catalogue } = await operatorWithCatalogue();
  const given = await grant(await organizationContext(ctx, organization), {
    amount: parseAmount(input.amount, catalogue.unit.scale),
    kind: input.kind,
    reason: input.reason,
    idempotencyKey: input.idempotencyKey ?? `admin:${randomUUID()}`,
    ...(input.expires && { expiresAt: input.expires }),
  });
  const { code } = catalogue.unit;
  answer(
    json,
    given,
    given.replayed ? `given before, ${given.transaction}` : `gave ${input.amount} ${code}, ${given.transaction}`,
  );
}

async function keyCreate({
  json,
  organization,
  name,
  limit,
  expires,
}: Of<{ name: string; limit?: LimitText[]; expires?: Date }>) {
  const { ctx, catalogue } = await operatorWithCatalogue();
  const limits = limitsOf(catalogue, limit);
  const own = await organizationContext(ctx, organization);
  const made = await createKey(own, { name, limits, ...(expires && { expiresAt: expires }) });
  answer(json, made, `${made.id}\n${made.key}\nThe key is shown only once.`);
}

async function keyLimits({ json, id, limit }: Json & { id: string; limit?: LimitText[] }): Promise<void> {
  const { ctx, catalogue } = await operatorWithCatalogue();
  await setKeyLimits(keyContext(ctx, id), { id, limits: limitsOf(catalogue, limit) });
  const text = limit?.map(({ window, amount }) => `${window}=${amount}`).join(" ") ?? "none";
  answer(json, { id, limits: text }, `limits: ${text}`);
}

async function keyRevoke({ json, id }: Json & { id: string }): Promise<void> {
  const ended = await revokeKey(keyContext(await operator(), id), { id });
  answer(json, ended, `revoked ${ended.revokedAt.toISOString()}`);
}

async function secretCreate({ json, name }: Json & { name: string }): Promise<void> {
  const made = await createGatewaySecret(await operator(), { name });
  answer(json, made, `${made.id}\n${made.secret}\nThe secret is shown only once.`);
}

async function secretRevoke({ json, id }: Json & { id: string }): Promise<void> {
  const ended = await revokeGatewaySecret(await operator(), { id });
  answer(json, ended, `revoked ${ended.revokedAt.toISOString()}`);
}

async function showBalance({ json, organization }: Of<Json>): Promise<void> {
  const { ctx, catalogue } = await operatorWithCatalogue();
  const found = balanceAnswer(await balance(await organizationContext(ctx, organization)), catalogue);
  const { unit, available, held, debt, plan, prepaid, level, payg } = found;
  const rows: [string, string | undefined][] = [
    ["available", `${available} ${unit} (${level})`],
    ["held", held],
    ["debt", debt],
    ["plan", plan ? `${plan.remaining} of ${plan.allowance}, resets ${plan.resetsAt}` : undefined],
    ["payg", payg ? `${payg.enabled ? "on" : "off"}, limit ${payg.limit ?? "none"}, spent ${payg.spent}` : undefined],
    ["purchased", prepaid.purchased],
    ["promotional", prepaid.promotional],
    ["adjustment", prepaid.adjustment],
  ];
  const lines = rows.filter(([, value]) => value !== undefined).map(([name, value]) => `${name.padEnd(12)} ${value}`);
  answer(json, found, lines.join("\n"));
}

async function planSubscribe({ json, organization, plan }: Of<{ plan: string }>): Promise<void> {
  const { ctx } = await operatorWithCatalogue();
  const own = await organizationContext(ctx, organization);
  await subscribe(own, { plan, idempotencyKey: `admin:${randomUUID()}` });
  answer(json, { plan }, `the plan ${plan} runs`);
}

async function switchPayg(state: "on" | "off", { json, organization, limit }: Of<{ limit?: string }>): Promise<void> {
  const { ctx, catalogue } = await operatorWithCatalogue();
  const most = limit === undefined ? null : parseAmount(limit, catalogue.unit.scale);
  await setPayg(await organizationContext(ctx, organization), { enabled: state === "on", limit: most });
  answer(json, { enabled: state === "on", limit: limit ?? null }, `PAYG fallback is ${state}`);
}

const program = new Command("admin").description("The operator's own tools.").showHelpAfterError();
const ORGANIZATION = ["--organization <id>", "org_… or its external id"] as const;
const LIMIT = ["--limit <window=amount>", "total, day, week or month; may be repeated", parseLimit] as const;
const command = (parent: Command, name: string, text: string) =>
  parent.command(name).description(text).option("--json", "answer as JSON");
const kind = new Option("--kind <kind>", "what it counts as").choices(["promotional", "purchased", "adjustment"]);

const organization = program.command("organization").description("customers");
command(organization, "create", "create an organization")
  .requiredOption("--name <name>", "its name")
  .option("--external-id <id>", "the gateway's own name for it; the same name creates it once")
  .option("--time-zone <zone>", "the time zone in which its days start", "UTC")
  .action(organizationCreate);
command(organization, "list", "every organization").action(organizationList);
const tools = {
  installation: operatorWithCatalogue,
  context: async (text: string) => organizationContext((await operatorWithCatalogue()).ctx, text),
  command,
  answer,
};
deleteCommand(organization, tools);
memberCommands(program, tools);
placeCommands(program, tools);
refundCommands(program, tools);
disputeCommands(program, tools);
holdCommands(program, tools);
webhookCommands(program, tools);

command(program, "grant", "give credit")
  .requiredOption(...ORGANIZATION)
  .requiredOption("--amount <amount>", "in the catalogue's unit, such as 25.00")
  .addOption(kind.default("promotional"))
  .option("--expires <time>", "when the credit expires (default: never)", parseTime)
  .option("--reason <text>", "what the customer reads", "Credit from the operator")
  .option("--idempotency-key <key>", "the same key grants once (default: a new one)")
  .action(giveCredit);

const key = program.command("key").description("customers' API keys");
command(key, "create", "create a key; it is shown only once")
  .requiredOption(...ORGANIZATION)
  .requiredOption("--name <name>", "what it is for")
  .option(...LIMIT)
  .option("--expires <time>", "when it stops working (default: never)", parseTime)
  .action(keyCreate);
command(key, "limits", "replace all limits of a key; without --limit it has none")
  .requiredOption("--id <id>", "key_…")
  .option(...LIMIT)
  .action(keyLimits);
command(key, "revoke", "revoke a key permanently").requiredOption("--id <id>", "key_…").action(keyRevoke);

const secret = program.command("gateway-secret").description("credentials of your gateways");
command(secret, "create", "create a secret; it is shown only once")
  .option("--name <name>", "the gateway that uses it", "gateway")
  .action(secretCreate);
command(secret, "revoke", "revoke a secret permanently")
  .requiredOption("--id <id>", "printed when it was created")
  .action(secretRevoke);

command(program, "balance", "show the balance of an organization")
  .requiredOption(...ORGANIZATION)
  .action(showBalance);
const plan = program.command("plan").description("recurring allowances");
command(plan, "subscribe", "start a plan of the catalogue")
  .requiredOption(...ORGANIZATION)
  .requiredOption("--plan <id>", "its id in the catalogue")
  .action(planSubscribe);
command(program, "payg", "switch PAYG fallback")
  .addArgument(new Argument("<state>").choices(["on", "off"]))
  .requiredOption(...ORGANIZATION)
  .option("--limit <amount>", "at most this much per cycle (default: no limit)")
  .action(switchPayg);

await run(program);
