/** `npm run admin -- hold expired` and `usage review`: calls whose usage is missing, late or unknown. */
import { type Command, Option } from "commander";
import { listExpiredHolds } from "@/lib/gate/index";
import { listEvents } from "@/lib/usage/index";
import { eventsQuery } from "@/lib/usage/schema";
import type { Tools } from "./people";

const MOST = 500;
type Reviewed = { json?: boolean; organization: string; usage: "unknown" | "late" };

export function holdCommands(program: Command, { installation, context, command, answer }: Tools): void {
  const hold = program.command("hold").description("reserved amounts");
  command(hold, "expired", `holds of the last 7 days that expired without reported usage; at most ${MOST}`)
    .option("--organization <id>", "only of this one: org_… or its external id")
    .action(async ({ json, organization }: { json?: boolean; organization?: string }) => {
      const { ctx } = await installation();
      const { data } = await listExpiredHolds(ctx, { organization, limit: MOST });
      const line = (row: (typeof data)[number]) =>
        [row.expiresAt, row.organization, row.id, row.endpoint, row.model, row.ceiling, row.fingerprint ?? ""].join(
          "  ",
        );
      answer(json, data, data.length === 0 ? "There is none." : data.map(line).join("\n"));
    });
  const usage = program.command("usage").description("calls");
  const which = new Option("--usage <how>", "which of them").choices(["unknown", "late"]).default("unknown");
  command(usage, "review", `calls of the last 30 days whose usage was unknown or came late; at most ${MOST}`)
    .requiredOption("--organization <id>", "org_… or its external id")
    .addOption(which)
    .action(async ({ json, organization, usage: how }: Reviewed) => {
      const query = eventsQuery.parse({ usage: how, limit: String(MOST) });
      const { data } = await listEvents(await context(organization), query);
      const line = (row: (typeof data)[number]) => [row.postedAt, row.id, row.endpoint, row.model, row.cost].join("  ");
      answer(json, data, data.length === 0 ? "There is none." : data.map(line).join("\n"));
    });
}
