import { csvResponse } from "@/lib/adapters/http/csv";
import { noParameters, portalFile } from "@/lib/adapters/portal/route";
import { TollgateError } from "@/lib/kernel/errors";
import { statementCsv } from "@/lib/statements";

/** `[id]` is a month and the form of its file, such as `2026-10.csv`. */
export const GET = portalFile(noParameters, async ({ ctx, id }) => {
  const [month = "", form] = id.split(".");
  if (form === "csv") return csvResponse(await statementCsv(ctx, { month }), `statement-${month}.csv`, { bom: true });
  throw new TollgateError("not_found", "There is no such file.");
});
