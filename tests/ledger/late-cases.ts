/** Corruptions of usage that came after its hold had expired. */
import type { Case } from "./money-cases";
import type { fillLedger } from "./scenario";

export function lateCases(made: () => Awaited<ReturnType<typeof fillLedger>>): Case[] {
  return [
    {
      name: "an expired hold names late usage that is nowhere",
      caught: ["hold_events"],
      break: () => `UPDATE hold SET late_event_id = gen_random_uuid() WHERE id = '${made().expired}'`,
    },
    {
      name: "late usage is named by no hold",
      caught: ["hold_events"],
      break: () => `UPDATE ledger.usage_event SET usage = 'late', hold_id = '${made().expired}'
        WHERE organization_id = '${made().simple.organizationId}' AND cost = 0 AND id NOT IN (SELECT id FROM hold)`,
    },
    {
      name: "late usage cost more than its hold's ceiling",
      caught: ["ceiling", "hold_events"],
      break: () => `UPDATE ledger.usage_event SET usage = 'late', hold_id = '${made().expired}'
        WHERE organization_id = '${made().planned.organizationId}' AND id = (SELECT id FROM ledger.usage_event
          WHERE organization_id = '${made().planned.organizationId}' AND reverses IS NULL ORDER BY cost DESC LIMIT 1)`,
    },
  ];
}
