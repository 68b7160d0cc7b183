/** The same organization in PostgreSQL: calls go to the ledger's functions in batches, at a time that the test gives. */
import { createKey, createOrganization, setKeyLimits, updateKey } from "@/lib/accounts";
import { planPrice } from "@/lib/catalogue";
import { runBatch } from "@/lib/gate/batch-store";
import type { Operation, Outcome } from "@/lib/gate/operation";
import { newId, parsePublicId } from "@/lib/kernel/ids";
import type { Context, InstallationContext } from "@/lib/platform/context";
import type { Late, LateAnswer } from "./late";
import type { Answer, Kind, Limits, Plan } from "./parts";

export type Call = Pick<Operation, "kind" | "keyId" | "price" | "expiresInSeconds" | "actual" | "id"> & {
  discount: number;
  version: number;
};

export type LateCall = Late & { holdId: string; eventId: string; discount: number };

const NO_ATTRIBUTES = {
  options: null,
  tags: null,
  resourceType: null,
  resourceId: null,
  fingerprint: null,
  occurredAt: null,
  limited: null,
  usage: null,
  rollupTags: [],
};

export function answerOf({ code, amountPlan: plan, transactionSeq: seq, id: _, detail: __, ...rest }: Outcome): Answer {
  return { code, plan, seq, ...rest };
}

export class Subject {
  private constructor(
    private readonly ctx: Context,
    readonly keys: { id: string; keyId: string }[],
    readonly members: string[],
  ) {}

  static async make(installation: InstallationContext, zone: string, keys: number): Promise<Subject> {
    const { organizationId } = await createOrganization(installation, { name: "Model", timeZone: zone });
    const ctx = { ...installation, organizationId };
    const made = [];
    for (let i = 0; i < keys; i += 1) {
      const { id } = await createKey(ctx, { name: `key ${i}` });
      made.push({ id, keyId: parsePublicId(id, "key")?.id ?? "" });
    }
    const { rows } = await ctx.db.operator.query<{ id: string }>(MEMBERS, [organizationId, [newId(), newId()].sort()]);
    return new Subject(ctx, made, rows.map(({ id }) => id).sort());
  }

  operation(call: Call, now: Date): Operation {
    const { discount, ...own } = call;
    return {
      ...own,
      ...NO_ATTRIBUTES,
      organizationId: this.ctx.organizationId,
      generation: 0,
      secretId: null,
      idempotencyKey: newId(),
      requestHash: newId(),
      planPrice: planPrice(call.price, discount),
      endpoint: "chat",
      model: "m",
      quantities: `{${call.price}}`,
      catalogueVersion: 1,
      discountPercent: discount,
      id: call.id || newId(now),
    };
  }

  run(operations: Operation[], now: Date): Promise<Outcome[]> {
    return runBatch(this.ctx.db.gate, operations, { now });
  }

  private async call<T>(text: string, values: unknown[]): Promise<T> {
    const { rows } = await this.ctx.db.operator.query(`SELECT * FROM ledger.${text}`, [
      this.ctx.organizationId,
      ...values,
    ]);
    return rows[0] as T;
  }

  async give(now: Date, kind: Kind, amount: bigint, priority: number, expiresAt: Date | null): Promise<void> {
    const values = [now, "grant", kind, amount, priority, expiresAt, "operator", newId(), newId()];
    await this.call("give($1, $2, $3, $4, $5, $6, $7, $8, NULL, NULL, 'grant', $9, $10, NULL)", values);
  }

  async subscribe(now: Date, { allowance, discount, free, mode }: Plan): Promise<void> {
    const values = [now, allowance, discount, free, mode, newId(), newId()];
    await this.call("subscribe($1, $2, 'plan', $3, $4, $5, $6, $7, $8)", values);
  }

  async setPayg(enabled: boolean, limit: bigint | null): Promise<void> {
    await this.call("set_payg($1, $2, $3)", [enabled, limit]);
  }

  async setLimits(key: number, limits: Limits): Promise<void> {
    await setKeyLimits(this.ctx, { id: this.keys[key]?.id ?? "", limits });
  }

  async setMemberLimits(place: number, { total, day, week, month }: Limits): Promise<void> {
    const limits = [total, day, week, month].map((limit) => limit ?? null);
    await this.call("set_member_limits($1, $2, $3, $4, $5, $6)", [this.members[place], ...limits]);
  }

  async setOwner(key: number, member: number): Promise<void> {
    await updateKey(this.ctx, {
      id: this.keys[key]?.id ?? "",
      name: `key ${key}`,
      ownerId: this.members[member] ?? null,
    });
  }

  async advance(now: Date): Promise<void> {
    await this.call("advance($1, $2)", [now]);
  }

  async sweep(now: Date): Promise<void> {
    await this.ctx.db.operator.query("SELECT ledger.expire_holds(1000, $2, $1)", [this.ctx.organizationId, now]);
  }

  async refund(now: Date, eventId: string, amount: bigint | null): Promise<Answer> {
    const nothing = { amount: 0n, plan: 0n, released: 0n, waived: 0n, available: 0n, expiresAt: 0, seq: 0n };
    try {
      const row = await this.call<{ seq: string; refunded: string; refunded_plan: string; available: string }>(
        "refund($1, $2, $3, 'failed', $4, $5, '{}', $6)",
        [eventId, amount, newId(), newId(), now],
      );
      const [seq, plan, available] = [row.seq, row.refunded_plan, row.available].map(BigInt) as [
        bigint,
        bigint,
        bigint,
      ];
      return { ...nothing, code: "ok", amount: BigInt(row.refunded), plan, available, seq };
    } catch (error) {
      const code = { TG409: "nothing_left", TG422: "too_much" }[(error as { code: string }).code];
      if (!code) throw error;
      return { ...nothing, code };
    }
  }

  /** Usage that comes after its hold has expired. */
  async chargeLate(now: Date, { holdId, eventId, discount, ...usage }: LateCall): Promise<LateAnswer> {
    const { price, actual, owed } = usage;
    const values = [
      holdId,
      eventId,
      price,
      planPrice(price, discount),
      actual,
      owed,
      `{${price}}`,
      newId(),
      newId(),
      now,
    ];
    const row = await this.call<Record<string, string | null>>(
      "charge_late($1, $2, $3, $4, $5, $6, $7, $8, NULL, NULL, $9, $10, '{}', $11)",
      values,
    );
    const number = (name: string) => BigInt(row[name] ?? 0);
    const money = { amount: number("amount"), plan: number("amount_plan"), waived: number("waived") };
    const rest = { owed: number("owed"), unfunded: number("unfunded"), available: number("available") };
    return { code: row.outcome ?? "", ...money, ...rest, released: 0n, expiresAt: 0, seq: number("transaction_seq") };
  }

  /** Grants, debt, counters: everything that the next decision depends on, as numbers in text. */
  async state(now: Date): Promise<unknown> {
    const { rows } = await this.ctx.db.operator.query<{ state: unknown }>(STATE, [this.ctx.organizationId, now]);
    return rows[0]?.state;
  }
}

const MEMBERS = `WITH people AS (INSERT INTO "user" (id, email) SELECT id, id || '@model.example' FROM unnest($2::uuid[]) AS id
    RETURNING id)
  INSERT INTO member (organization_id, user_id, role) SELECT $1, id, 'developer' FROM people RETURNING user_id AS id`;
const window = (name: string) => `ARRAY[coalesce(sum(u.${name}_held) FILTER (WHERE u.${name} = d.${name}), 0),
  coalesce(sum(u.${name}_spent) FILTER (WHERE u.${name} = d.${name}), 0)]::text[]`;
const USED = `jsonb_build_array(ARRAY[coalesce(sum(u.total_held), 0), coalesce(sum(u.total_spent), 0)]::text[],
  ${window("day")}, ${window("week")}, ${window("month")}) AS used`;
const STATE = `SELECT jsonb_build_object('debt', b.debt::text, 'seq', b.seq::text,
    'grants', (SELECT coalesce(jsonb_agg(ARRAY[g.kind, g.amount::text, g.remaining::text, g.held::text,
        (extract(epoch FROM g.expires_at) * 1000)::bigint::text] ORDER BY g.created_at, g.id), '[]')
      FROM "grant" g WHERE g.organization_id = b.organization_id),
    'cycle', (SELECT ARRAY[s.cycle::text, s.payg_spent::text, s.payg_held::text,
        (extract(epoch FROM s.cycle_end) * 1000)::bigint::text]
      FROM subscription s WHERE s.organization_id = b.organization_id),
    'keys', (SELECT jsonb_agg(s.used ORDER BY s.name) FROM (SELECT k.name, ${USED}
      FROM api_key k JOIN key_usage u ON u.organization_id = k.organization_id AND u.key_id = k.id
      WHERE k.organization_id = b.organization_id GROUP BY k.name) AS s),
    'members', (SELECT jsonb_agg(s.used ORDER BY s.user_id) FROM (SELECT m.user_id, ${USED}
      FROM member m LEFT JOIN key_usage u ON u.organization_id = m.organization_id AND u.member_id = m.user_id
      WHERE m.organization_id = b.organization_id GROUP BY m.user_id) AS s)) AS state
  FROM balance b JOIN organization o ON o.id = b.organization_id
  CROSS JOIN LATERAL (SELECT ($2::timestamptz AT TIME ZONE o.time_zone)::date AS day,
    date_trunc('week', $2::timestamptz AT TIME ZONE o.time_zone)::date AS week,
    date_trunc('month', $2::timestamptz AT TIME ZONE o.time_zone)::date AS month) AS d
  WHERE b.organization_id = $1`;
