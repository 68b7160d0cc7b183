import { csvResponse, pdfResponse } from "@/lib/adapters/http/file";
import { noParameters, portalFile } from "@/lib/adapters/portal/route";
import { TollgateError } from "@/lib/kernel/errors";
import { statementCsv, statementPdf } from "@/lib/statements";

/** `[id]` is a month and the form of its file, such as `2026-10.csv`. */
export const GET = portalFile(noParameters, async ({ ctx, id }) => {
  const [month = "", form] = id.split(/\.(?=[a-z]+$)/);
  if (form === "csv") return csvResponse(await statementCsv(ctx, { month }), `statement-${month}.csv`, { bom: true });
  if (form === "pdf") return pdfResponse(await statementPdf(ctx, { month }), `statement-${month}.pdf`);
  throw new TollgateError("not_found", "There is no such file.");
});
