import { portalQuestion } from "@/lib/adapters/portal/route";
import { quote } from "@/lib/gate";
import { ownQuoteRequest } from "@/lib/gate/schema";

export const POST = portalQuestion(ownQuoteRequest, ({ ctx }, body) => quote(ctx, body));
