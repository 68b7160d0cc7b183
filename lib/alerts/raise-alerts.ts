import { currentCatalogue } from "@/lib/catalogue";
import { NIL_ID } from "@/lib/kernel/ids";
import { balanceWithin, steadyLevel } from "@/lib/ledger";
import type { Balance } from "@/lib/ledger/schema";
import type { InstallationContext, OrganizationTime } from "@/lib/platform/context";
import { type Client, changeInstallation, queryInstallation } from "@/lib/platform/db";
import { queueMail } from "@/lib/platform/mail";
import { alertMail } from "./alert-mail";
import {
  type AlertFacts,
  lockAlert,
  readAlert,
  readAlertFacts,
  readCandidates,
  readLooked,
  readRecipients,
  writeAlert,
  writeLooked,
} from "./alert-store";
import { type AlertPlan, type AlertState, FIRST_STATE, planAlert } from "./plan-alert";

const PAGE = 500;
/** The longest transaction: one that was under way at the last look has committed since, with an earlier time. */
const OVERLAP_MS = 60_000;

type Look = { plan: AlertPlan; facts: AlertFacts; balance: Balance };

async function lookAt(client: Client, of: OrganizationTime, state: AlertState): Promise<Look | undefined> {
  const facts = await readAlertFacts(client, of.organizationId);
  const balance = facts && (await balanceWithin(client, of));
  if (!facts || !balance) return undefined;
  const { level, spendable, autoTopUp } = balance;
  const steady = steadyLevel(balance, currentCatalogue().catalogue);
  const seen = { level, steady, spendable, charging: autoTopUp.state === "charging", spent: facts.spent };
  return { plan: planAlert(state, seen, of.now), facts, balance };
}

const same = (one: AlertState, other: AlertState) =>
  one.told === other.told &&
  one.below === other.below &&
  one.waitingSince?.getTime() === other.waitingSince?.getTime() &&
  one.dueAt?.getTime() === other.dueAt?.getTime();

async function queueMails(client: Client, of: OrganizationTime, { plan, facts, balance }: Look): Promise<void> {
  const { mail: kind, next } = plan;
  if (kind === null) return;
  const { organizationId, now } = of;
  const { catalogue } = currentCatalogue();
  for (const { email, role } of await readRecipients(client, organizationId)) {
    const { organization } = facts;
    const letter = alertMail({
      kind,
      catalogue,
      organizationId,
      organization,
      balance,
      threshold: next.threshold,
      role,
    });
    await queueMail(client, { to: email, ...letter, now });
  }
}

/** Returns whether mails were told. Most looks change nothing, and take no lock. */
async function raiseAlert({ db, now }: InstallationContext, organizationId: string): Promise<boolean> {
  const of = { organizationId, now };
  const unchanged = await queryInstallation(db, async (client) => {
    const state = (await readAlert(client, organizationId)) ?? FIRST_STATE;
    const look = await lookAt(client, of, state);
    return !look || same(state, look.plan.next);
  });
  if (unchanged) return false;
  return changeInstallation(db, async (client) => {
    const state = await lockAlert(client, organizationId);
    const look = await lookAt(client, of, state);
    if (!look || same(state, look.plan.next)) return false;
    await writeAlert(client, of, look.plan.next);
    await queueMails(client, of, look);
    return look.plan.mail !== null;
  });
}

/**
 * Mails owners and admins once when the balance of their organization reaches a worse level, or falls below the
 * organization's own threshold. The mails are queued in the transaction that writes what was told. Returns the number
 * of organizations that were told. Errors: the first that an organization caused, after all others were looked at.
 */
export async function raiseAlerts(ctx: InstallationContext): Promise<number> {
  const since = new Date(((await readLooked(ctx)) ?? ctx.now).getTime() - OVERLAP_MS);
  const errors: unknown[] = [];
  let told = 0;
  let after: string | undefined = NIL_ID;
  while (after !== undefined) {
    const page: string[] = await readCandidates(ctx, { since, now: ctx.now, after, most: PAGE });
    for (const id of page) {
      try {
        if (await raiseAlert(ctx, id)) told += 1;
      } catch (error) {
        errors.push(error);
      }
    }
    after = page.length === PAGE ? page.at(-1) : undefined;
  }
  // With an error the same time is looked at again.
  if (errors.length > 0) throw errors[0];
  await writeLooked(ctx, ctx.now);
  return told;
}
