import { z } from "zod";
import { portalRoute } from "@/lib/adapters/portal/route";
import { priceList } from "@/lib/catalogue";

export const GET = portalRoute(z.strictObject({}), ({ ctx }) => priceList(ctx));
