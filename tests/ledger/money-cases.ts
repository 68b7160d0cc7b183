/** Payments, refunds, disputes, paid plans and auto top-up, broken on purpose. */
export type Case = {
  name: string;
  /** The checks that must find rows: the one that watches the invariant first, then what cannot but follow from it. */
  caught: [string, ...string[]];
  break: () => string;
};

type Paying = { organizationId: string; topUp: string; automatic: string; plan: string };

type Conditions = Record<"own" | "topUp" | "automatic" | "plan", () => string>;

export function moneyCases(paying: () => Paying): Case[] {
  const own = () => `organization_id = '${paying().organizationId}'`;
  const row = (name: "topUp" | "automatic" | "plan") => () => `${own()} AND id = '${paying()[name]}'`;
  const where = { own, topUp: row("topUp"), automatic: row("automatic"), plan: row("plan") };
  return [
    ...paymentCases(where),
    ...clawbackCases(where),
    ...planCases(where),
    ...autoTopUpCases(where),
    ...returnCases(where),
  ];
}

function paymentCases({ own, topUp, automatic, plan }: Conditions): Case[] {
  return [
    {
      name: "a payment that succeeded brought another amount",
      caught: ["payments", "clawbacks"],
      break: () => `UPDATE payment SET credit = credit + 1000 WHERE ${topUp()}`,
    },
    {
      name: "a payment succeeded and brought nothing",
      caught: ["payments"],
      break: () => `INSERT INTO payment (organization_id, id, purpose, state, amount, currency, credit, description,
          catalogue_version, idempotency_key, request_hash, intent, created_at)
        SELECT organization_id, gen_random_uuid(), purpose, state, amount, currency, credit, description,
          catalogue_version, 'another', request_hash, 'pi_another', created_at FROM payment WHERE ${automatic()}`,
    },
    {
      name: "a payment failed and its credit stayed",
      caught: ["payments"],
      break: () => `UPDATE payment SET state = 'failed' WHERE ${automatic()}`,
    },
    {
      name: "credit was bought with a charge of nobody",
      caught: ["payments"],
      break: () => `UPDATE transaction SET idempotency_key = 'pi_forged' WHERE ${own()}
        AND idempotency_key = (SELECT intent FROM payment WHERE ${automatic()})`,
    },
    {
      name: "one charge counts for two payments",
      caught: ["payments"],
      break: () => `DROP INDEX payment_intent_key;
        UPDATE payment SET intent = (SELECT intent FROM payment WHERE ${automatic()}) WHERE ${plan()}`,
    },
  ];
}

function clawbackCases({ own, topUp }: Conditions): Case[] {
  return [
    {
      name: "a payment lost the amount of its clawback",
      caught: ["clawbacks"],
      break: () => `UPDATE payment SET clawed = 0 WHERE ${topUp()}`,
    },
    {
      name: "a refund was made without a clawback",
      caught: ["clawbacks"],
      break: () =>
        `UPDATE payment_refund SET state = 'succeeded', amount = amount + 1 WHERE ${own()} AND state = 'pending'`,
    },
    {
      name: "a dispute was won and nothing given back",
      caught: ["clawbacks"],
      break: () => `UPDATE dispute SET state = 'won' WHERE ${own()}`,
    },
    {
      name: "a clawback belongs to no payment",
      caught: ["clawbacks"],
      break: () =>
        `UPDATE transaction SET idempotency_key = gen_random_uuid() || ':1' WHERE ${own()} AND type = 'clawback'`,
    },
  ];
}

function planCases({ own, plan }: Conditions): Case[] {
  return [
    {
      name: "a paid cycle gave nothing",
      caught: ["paid_plans"],
      break: () => `UPDATE payment SET first_cycle = 0, cycles = 1 WHERE ${plan()};
        UPDATE "grant" SET cycle = 7 WHERE ${own()} AND kind = 'plan'`,
    },
    {
      name: "a cycle more is paid than payments paid for",
      caught: ["paid_plans"],
      break: () => `UPDATE subscription SET paid_cycles = paid_cycles + 1 WHERE ${own()}`,
    },
    {
      name: "a plan's payment failed and its credit stayed",
      caught: ["paid_plans"],
      break: () => `UPDATE payment SET state = 'failed' WHERE ${plan()}`,
    },
  ];
}

function autoTopUpCases({ own, automatic }: Conditions): Case[] {
  return [
    {
      name: "an automatic payment was begun beyond the month's cap",
      caught: ["auto_top_ups"],
      break: () => `UPDATE auto_top_up SET monthly_cap = 999 WHERE ${own()}`,
    },
    {
      name: "two automatic payments are open at once",
      caught: ["auto_top_ups", "top_up_queue"],
      break: () => `ALTER TABLE payment DROP CONSTRAINT payment_one_auto_top_up;
        INSERT INTO payment (organization_id, id, purpose, amount, currency, credit, description, catalogue_version,
          idempotency_key, request_hash, created_at)
        SELECT organization_id, gen_random_uuid(), 'auto_top_up', 1, currency, 1, description, catalogue_version, 'open' || n,
          request_hash, created_at FROM payment, generate_series(1, 2) AS n WHERE ${automatic()}`,
    },
    {
      name: "the balance is watched by another threshold",
      caught: ["top_up_queue"],
      break: () => `UPDATE auto_top_up SET threshold = threshold - 1 WHERE ${own()}`,
    },
    {
      name: "auto top-up is on and sees nothing",
      caught: ["top_up_queue"],
      break: () => `UPDATE balance SET top_up_below = NULL WHERE ${own()}`,
    },
    {
      name: "the balance fell below the threshold and nobody noticed",
      caught: ["top_up_queue"],
      break: () => `UPDATE auto_top_up SET threshold = 1000000000000 WHERE ${own()};
        UPDATE balance SET top_up_below = 1000000000000 WHERE ${own()}`,
    },
    {
      name: "auto top-up is off and the balance still watched",
      caught: ["top_up_queue"],
      break: () => `UPDATE auto_top_up SET enabled = false WHERE ${own()}`,
    },
  ];
}

function returnCases({ own, automatic }: Conditions): Case[] {
  return [
    {
      name: "an automatic payment was made while a dispute had stopped them",
      caught: ["no_charge_after_return"],
      break: () => `UPDATE balance SET top_up_below = NULL WHERE ${own()};
        UPDATE dispute SET lifted_at = NULL WHERE ${own()}`,
    },
    {
      name: "a dispute has stopped automatic charges and the balance is still watched",
      caught: ["no_charge_after_return"],
      break: () => `UPDATE dispute SET suspended_at = clock_timestamp(), lifted_at = NULL WHERE ${own()}`,
    },
    {
      name: "a clawback started an automatic payment",
      caught: ["no_charge_after_return"],
      break: () => `UPDATE auto_top_up SET set_at = 'epoch' WHERE ${own()};
        UPDATE dispute SET suspended_at = 'epoch', lifted_at = 'epoch' WHERE ${own()};
        UPDATE payment SET created_at = (SELECT max(posted_at) FROM transaction WHERE ${own()} AND type = 'clawback')
          WHERE ${automatic()}`,
    },
    {
      name: "a payment is disputed and that stops nothing",
      caught: ["no_charge_after_return"],
      break: () => `UPDATE dispute SET suspended_at = NULL, lifted_at = NULL WHERE ${own()}`,
    },
  ];
}

/** A cap that was lowered later, which only refuses new payments. */
export const loweredCap = (organizationId: string) =>
  `UPDATE auto_top_up SET monthly_cap = 1, set_at = clock_timestamp() WHERE organization_id = '${organizationId}'`;
