/** `npm run admin -- refund …` and `webhook …`: refunds and disputes, and events of the payment provider. */
import { type Command, Option } from "commander";
import { currentCatalogue } from "@/lib/catalogue/index";
import { type IdPrefix, parsePublicId } from "@/lib/kernel/ids";
import { formatMinor, parseCharge } from "@/lib/kernel/minor-units";
import {
  declineRefund,
  listDisputes,
  listRefunds,
  listWebhookEvents,
  refundPayment,
  replayEvent,
} from "@/lib/payments/index";
import {
  DISPUTE_STATES,
  type DisputeState,
  REFUND_STATES,
  type RefundAnswer,
  type RefundState,
} from "@/lib/payments/schema";
import { followReversals } from "@/lib/plans/index";
import type { Context, InstallationContext } from "@/lib/platform/context";
import { Mistake } from "./output";
import type { Tools } from "./people";

/** A payment's and a refund's id carry their organization. */
function contextOf(ctx: InstallationContext, id: string, prefix: IdPrefix, what: string): Context {
  const found = parsePublicId(id, prefix);
  if (!found) throw new Mistake(`${id} is not the id of a ${what}. It starts with ${prefix}_.`);
  return { ...ctx, organizationId: found.organizationId };
}

function money({ money: sum }: Pick<RefundAnswer, "money">): string {
  if (!sum) return "-";
  return `${formatMinor(BigInt(sum.amount), currentCatalogue().catalogue.payment.digits)} ${sum.currency}`;
}

const OUTCOMES: Partial<Record<RefundState, string>> = {
  pending: "pending; to list pending refunds: npm run admin -- refund list --state pending",
  succeeded: "made",
};

const CHOICES = { keep: "keep", "end-now": "end_now", "end-at-period-end": "end_at_period_end" } as const;
type RefundOptions = { json?: boolean; payment: string; amount?: string; reason: string; plan?: keyof typeof CHOICES };

/** The refund is made already. If the provider does not respond now, the worker tries again each minute. */
async function follow(own: Context): Promise<string> {
  try {
    await followReversals(own);
    return "";
  } catch {
    return "\nThe payment provider has not ended the plan yet. The worker tries again each minute.";
  }
}

export function refundCommands(program: Command, { installation, context, command, answer }: Tools): void {
  const refund = program.command("refund").description("refunds to customers");
  const state = new Option("--state <state>", "which of them").choices(["all", ...REFUND_STATES]).default("requested");
  command(refund, "list", "requested and made refunds, the latest first")
    .addOption(state)
    .option("--organization <id>", "only of this one: org_… or its external id")
    .action(async (asked: { json?: boolean; state: RefundState | "all"; organization?: string }) => {
      const { ctx } = await installation();
      const states = asked.state === "all" ? REFUND_STATES : [asked.state];
      const own = asked.organization === undefined ? undefined : await context(asked.organization);
      const rows = await listRefunds(ctx, { states, organizationId: own?.organizationId ?? null });
      const line = (row: (typeof rows)[number]) =>
        [row.createdAt, row.state, money(row), row.organization, row.id, row.payment, row.reason].join("  ");
      answer(asked.json, rows, rows.length === 0 ? "There is none." : rows.map(line).join("\n"));
    });
  command(refund, "make", "refund a payment to its card; this also closes a request")
    .requiredOption("--payment <id>", "pay_…")
    .option("--amount <amount>", "in the payment's currency, such as 5.00 (default: all that is left of it)")
    .requiredOption("--reason <text>", "the reason, which the customer reads")
    .addOption(
      new Option("--plan <what>", "what happens to the plan that it paid for; required if the plan is active").choices(
        Object.keys(CHOICES),
      ),
    )
    .action(async ({ json, payment, amount, reason, plan }: RefundOptions) => {
      const { ctx, catalogue } = await installation();
      const minor = amount && { amount: parseCharge(amount, catalogue.payment) };
      const input = { payment, reason, ...minor, ...(plan && { plan: CHOICES[plan] }) };
      const own = contextOf(ctx, payment, "pay", "payment");
      const made = await refundPayment(own, input);
      const more = await follow(own);
      answer(json, made, `${made.id}  ${money(made)}  ${OUTCOMES[made.state] ?? made.state}${more}`);
    });
  command(refund, "decline", "decline a requested refund; the person who requested it gets the note by mail")
    .requiredOption("--id <id>", "rfd_…")
    .requiredOption("--note <text>", "the reason, for the customer")
    .action(async ({ json, id, note }: { json?: boolean; id: string; note: string }) => {
      const { ctx } = await installation();
      const declined = await declineRefund(contextOf(ctx, id, "rfd", "refund"), { id, note });
      answer(json, declined, `declined ${declined.id}`);
    });
}

/** `npm run admin -- dispute …`: payments that a cardholder disputes, and whose automatic charges that stops. */
export function disputeCommands(program: Command, { installation, context, command, answer }: Tools): void {
  const dispute = program.command("dispute").description("payments that are disputed at the bank of their card");
  const state = new Option("--state <state>", "which of them").choices(["all", ...DISPUTE_STATES]).default("all");
  command(dispute, "list", "disputes, and since when they stop automatic charges; the latest first")
    .addOption(state)
    .option("--organization <id>", "only of this one: org_… or its external id")
    .action(async (asked: { json?: boolean; state: DisputeState | "all"; organization?: string }) => {
      const { ctx } = await installation();
      const states = asked.state === "all" ? DISPUTE_STATES : [asked.state];
      const own = asked.organization === undefined ? undefined : await context(asked.organization);
      const rows = await listDisputes(ctx, { states, organizationId: own?.organizationId ?? null });
      const stops = ({ suspendedSince: since }: (typeof rows)[number]) =>
        since ? `automatic charges stopped since ${since}` : "stops nothing";
      const line = (row: (typeof rows)[number]) =>
        [row.openedAt, row.state, money(row), row.organization, row.id, row.payment, row.reason, stops(row)].join("  ");
      answer(asked.json, rows, rows.length === 0 ? "There is none." : rows.map(line).join("\n"));
    });
}

const EVENT_STATES = ["received", "applied", "ignored", "failed"] as const;
type Listed = { json?: boolean; state: "all" | (typeof EVENT_STATES)[number] };

/** `npm run admin -- webhook …`: the inbox of the payment provider's events. */
export function webhookCommands(program: Command, { installation, command, answer }: Tools): void {
  const webhook = program.command("webhook").description("events that the payment provider posted");
  command(webhook, "list", "list the latest 100 events")
    .addOption(new Option("--state <state>", "which of them").choices(["all", ...EVENT_STATES]).default("all"))
    .action(async ({ json, state }: Listed) => {
      const { ctx } = await installation();
      const rows = await listWebhookEvents(ctx, { state: state === "all" ? null : state });
      const line = ({ receivedAt, state: is, attempts, id, type, objectId, error }: (typeof rows)[number]) =>
        [receivedAt.toISOString(), is, `${attempts}×`, id, type, objectId ?? "-", error ?? ""].join("  ").trimEnd();
      answer(json, rows, rows.length === 0 ? "There is none." : rows.map(line).join("\n"));
    });
  command(webhook, "replay", "apply an event again; nothing happens twice")
    .requiredOption("--id <id>", "evt_…, as the provider names it")
    .action(async ({ json, id }: { json?: boolean; id: string }) => {
      const { ctx } = await installation();
      const { type } = await replayEvent(ctx, { id });
      answer(json, { id, type }, `${type} is applied again by the worker`);
    });
}
