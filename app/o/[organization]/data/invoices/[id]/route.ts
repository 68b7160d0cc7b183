import { z } from "zod";
import { portalRoute } from "@/lib/adapters/portal/route";
import { invoiceFile } from "@/lib/payments";

/** Leads to the provider's PDF, whose address changes. */
export const GET = portalRoute(z.strictObject({}), async ({ ctx, id }) => {
  const { url } = await invoiceFile(ctx, { id });
  return new Response(null, { status: 302, headers: { location: url, "cache-control": "no-store" } });
});
