/** Corruptions of the sums, the index and the totals of usage. */
import type { Case } from "./money-cases";
import type { fillLedger } from "./scenario";

type Made = () => Awaited<ReturnType<typeof fillLedger>>;

const P = (made: Made) => `organization_id = '${made().planned.organizationId}'`;
const S = (made: Made) => `organization_id = '${made().simple.organizationId}'`;

export const usageCases = (made: Made): Case[] => [
  {
    name: "a rollup counts a request too many",
    caught: ["usage_rollup"],
    break: () => `UPDATE usage_rollup SET requests = requests + 1 WHERE ${S(made)}`,
  },
  {
    name: "a rollup counts a token too many",
    caught: ["usage_rollup"],
    break: () => `UPDATE usage_rollup SET quantities[2] = quantities[2] + 1 WHERE ${S(made)}`,
  },
  {
    name: "a rollup is missing",
    caught: ["usage_rollup"],
    break: () => `DELETE FROM usage_rollup WHERE ${S(made)}`,
  },
  {
    name: "a rollup by tag is off by the smallest step",
    caught: ["usage_tag_rollup"],
    break: () => `UPDATE usage_tag_rollup SET cost = cost + 1 WHERE ${P(made)}`,
  },
  {
    name: "a rollup by tag is missing",
    caught: ["usage_tag_rollup"],
    break: () => `DELETE FROM usage_tag_rollup WHERE ${P(made)}`,
  },
  {
    name: "a call is missing from the index of its run",
    caught: ["tagged_events"],
    break: () => `DELETE FROM tagged_event WHERE ${P(made)}`,
  },
  {
    name: "the totals of a run are off by the smallest step",
    caught: ["tag_totals"],
    break: () => `UPDATE tag_total SET cost = cost + 1 WHERE ${P(made)}`,
  },
  {
    name: "the totals of a run are missing",
    caught: ["tag_totals"],
    break: () => `DELETE FROM tag_total WHERE ${P(made)}`,
  },
  {
    name: "a run began before its first call",
    caught: ["tag_totals"],
    break: () => `UPDATE tag_total SET first_at = first_at - interval '1 second' WHERE ${P(made)}`,
  },
];
