import { csvResponse } from "@/lib/adapters/http/file";
import { portalFile } from "@/lib/adapters/portal/route";
import { eventsCsv } from "@/lib/usage";
import { eventsCsvQuery } from "@/lib/usage/schema";

export const GET = portalFile(eventsCsvQuery, async ({ ctx }, query) =>
  csvResponse(await eventsCsv(ctx, query), "usage.csv", { bom: true }),
);
