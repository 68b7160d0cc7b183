import { endpoints } from "@/lib/adapters/portal/endpoints";
import { noParameters, portalRoute } from "@/lib/adapters/portal/route";
import { priceList } from "@/lib/catalogue";

export const GET = portalRoute(endpoints.prices, noParameters, async () => priceList());
