import { noParameters, portalFile } from "@/lib/adapters/portal/route";
import { invoiceFile } from "@/lib/payments";

/** Leads to the provider's PDF, whose address changes. */
export const GET = portalFile(noParameters, async ({ ctx, id }) => {
  const { url } = await invoiceFile(ctx, { id });
  return new Response(null, { status: 302, headers: { location: url, "cache-control": "no-store" } });
});
