import type { z } from "zod";
import { TollgateError } from "@/lib/kernel/errors";
import { refusal } from "../http/problem";
import { readQuery } from "../http/request";
import { check } from "../http/validation";
import { type PortalRequest, portalRequest } from "./session";

/** A GET of the portal's own pages: session → checked query → verb → JSON. Errors become problems, as in the API. */
export function portalRoute<Schema extends z.ZodType>(
  schema: Schema,
  verb: (request: PortalRequest, query: z.output<Schema>) => Promise<object>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      const asked = await portalRequest(request.headers);
      if (!asked) throw new TollgateError("unauthenticated", "Nobody is signed in.");
      const answer = await verb(asked, check(schema, readQuery(request.url), "query"));
      if (answer instanceof Response) return answer;
      return Response.json(answer, { headers: { "cache-control": "no-store" } });
    } catch (error) {
      const { status, type, text } = refusal(error, request.headers.get("accept") ?? undefined);
      return new Response(text, { status, headers: { "content-type": type } });
    }
  };
}
