/** Corruptions of closed months. */
import type { Case } from "./money-cases";
import type { fillLedger } from "./scenario";

export function statementCases(made: () => Awaited<ReturnType<typeof fillLedger>>): Case[] {
  // Two months later, the running one and the next are closed.
  const closed = () => {
    const close = `SELECT ledger.close_statement('${made().planned.organizationId}', now() + interval '100 days')`;
    return `${close}; ${close};`;
  };
  const hashed = "UPDATE statement s SET hash = ledger.statement_hash(s)";
  const later = "UPDATE statement l SET previous_hash = e.hash FROM statement e WHERE e.month < l.month";
  return [
    {
      name: "a closed month was written anew",
      caught: ["statement_chain"],
      break: () => `${closed()} UPDATE statement SET numbers = numbers || '{"reserved": "1"}'`,
    },
    {
      name: "a closed month was taken out",
      caught: ["statement_chain", "statement_numbers"],
      break: () => `${closed()} DELETE FROM statement s WHERE s.month = (SELECT min(month) FROM statement)`,
    },
    {
      name: "a closed month has other movements, with a hash to match",
      caught: ["statement_numbers"],
      break: () => `${closed()} UPDATE statement SET numbers = jsonb_set(numbers, '{movements,deduction,plan}', '"-1"')
        WHERE numbers #> '{movements,deduction}' IS NOT NULL; ${hashed}; ${later}; ${hashed}`,
    },
    {
      name: "a closed month has more credit left, with a hash to match",
      caught: ["statement_numbers"],
      break: () => `${closed()} UPDATE statement SET numbers = jsonb_set(numbers, '{debt}', '"5"');
        ${hashed}; ${later}; ${hashed}`,
    },
    {
      name: "a closed month has other usage, with a hash to match",
      caught: ["statement_numbers"],
      break: () => `${closed()} UPDATE statement SET numbers = jsonb_set(numbers, '{usage,total,cost}', '"5"');
        ${hashed}; ${later}; ${hashed}`,
    },
  ];
}
