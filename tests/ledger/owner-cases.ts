/** Corruptions of whose key it was at the call. */
import type { Case } from "./money-cases";
import type { fillLedger } from "./scenario";

type Made = () => Awaited<ReturnType<typeof fillLedger>>;

const SPENDER = "01930000-0000-7000-8000-00000000000a";
const P = (made: Made) => `organization_id = '${made().planned.organizationId}'`;
const S = (made: Made) => `organization_id = '${made().simple.organizationId}'`;

export const ownerCases = (made: Made): Case[] => [
  {
    name: "a call went over to another owner of its key",
    caught: ["key_usage", "usage_rollup", "usage_tag_rollup"],
    break:
      () => `UPDATE ledger.usage_event SET member_id = gen_random_uuid() WHERE ${P(made)} AND cost > 0 AND key_id IS NOT NULL
      AND id NOT IN (SELECT id FROM hold)`,
  },
  {
    name: "a hold went over to another owner of its key",
    caught: ["hold_events"],
    break: () => `UPDATE hold SET member_id = gen_random_uuid() WHERE ${S(made)} AND idempotency_key = 'h1'`,
  },
  {
    name: "a call went beyond the limit of who owned its key",
    caught: ["limits"],
    break: () => `INSERT INTO "user" (id, email) VALUES ('${SPENDER}', 'spender@example.com');
      INSERT INTO member (organization_id, user_id, role, limit_day, limits_set_at)
        VALUES ('${made().planned.organizationId}', '${SPENDER}', 'developer', 1000, 'epoch');
      UPDATE api_key SET owner_id = '${SPENDER}' WHERE ${P(made)};
      UPDATE key_usage SET member_id = '${SPENDER}' WHERE ${P(made)};
      UPDATE hold SET member_id = '${SPENDER}' WHERE ${P(made)} AND key_id IS NOT NULL;
      UPDATE ledger.usage_event SET member_id = '${SPENDER}' WHERE ${P(made)} AND key_id IS NOT NULL;
      UPDATE usage_rollup SET member_id = '${SPENDER}' WHERE ${P(made)} AND key_id <> ledger.nobody();
      UPDATE usage_tag_rollup SET member_id = '${SPENDER}' WHERE ${P(made)} AND key_id <> ledger.nobody()`,
  },
];
