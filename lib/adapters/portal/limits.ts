import { listInvitations, listKeys, listMembers, listPlaces } from "@/lib/accounts";
import { requestRates } from "@/lib/adapters/http/rate";
import { MOST_BODY_BYTES } from "@/lib/adapters/http/request";
import type { Catalogue, PlanLimits } from "@/lib/catalogue/schema";
import { formatAmount } from "@/lib/kernel/money";
import { balanceAnswer, planLimits } from "@/lib/ledger";
import { currentBalance } from "./page";
import type { PortalRequest } from "./session";

const COUNTED = ["members", "keys", "workspaces", "agents"] as const;
type Counted = (typeof COUNTED)[number];
type Quota = { what: Counted; used: number; most: number | null };

/** The limits that any plan of the catalogue has, in one order. */
function comparedPlans({ plans, unit }: Catalogue) {
  const columns = COUNTED.filter((what) => plans.some(({ limits }) => limits[what] !== undefined));
  return {
    columns,
    rows: plans.map(({ id, name, allowance, limits }) => ({
      id,
      name,
      allowance: formatAmount(allowance, unit.scale),
      limits: columns.map((what) => limits[what] ?? null),
    })),
  };
}

type Keys = Awaited<ReturnType<typeof listKeys>>["data"];

function working(keys: Keys, now: Date): number {
  const ended = ({ revokedAt, expiresAt }: Keys[number]) =>
    revokedAt !== null || (expiresAt !== null && new Date(expiresAt) <= now);
  return keys.filter((key) => !ended(key)).length;
}

/** Agents and workspaces are counted where the catalogue limits them. */
async function placesOf({ ctx }: PortalRequest, most: PlanLimits): Promise<Quota[]> {
  const { data } = await listPlaces(ctx);
  return data.map(({ tag, values }) => ({ what: `${tag}s`, used: values.length, most: most[`${tag}s`] ?? null }));
}

/** Every limit that this organization meets: of requests, of a call, of its plan, of its keys and members. */
export async function limitsOf(portal: PortalRequest) {
  const { ctx, catalogue } = portal;
  const [most, has, keys, members, invitations] = await Promise.all([
    planLimits(ctx),
    currentBalance(portal),
    listKeys(ctx),
    listMembers(ctx),
    listInvitations(ctx),
  ]);
  const people = members.data.length + invitations.data.length;
  const limited = <T extends { limits: { limit: string | null }[] }>(of: T) =>
    of.limits.some(({ limit }) => limit !== null);
  return {
    rates: requestRates(),
    bodyBytes: MOST_BODY_BYTES,
    quotas: [
      { what: "members", used: people, most: most.members ?? null },
      { what: "keys", used: working(keys.data, ctx.now), most: most.keys ?? null },
      ...(await placesOf(portal, most)),
    ] satisfies Quota[],
    balance: balanceAnswer(has, catalogue),
    keys: keys.data
      .filter(({ revokedAt }) => revokedAt === null)
      .filter(limited)
      .map(({ id, name, limits }) => ({ id, name, limits })),
    members: members.data
      .filter(limited)
      .map(({ userId, name, email, limits }) => ({ id: userId, name: name ?? email, limits })),
    plans: comparedPlans(catalogue),
  };
}
