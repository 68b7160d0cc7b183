import { HonoRequest } from "hono/request";
import { z } from "zod";
import { TollgateError } from "@/lib/kernel/errors";
import { portalRefusal } from "../http/problem";
import { readJson, readQuery } from "../http/request";
import { check } from "../http/validation";
import type { Endpoint } from "./endpoints";
import { type PortalRequest, portalRequest } from "./session";

/** Next's parameters of a route: the path's `[organization]`, and its `[id]` if it has one. */
type RouteParameters = { params: Promise<{ organization: string; id?: string }> };
type RouteRequest = PortalRequest & {
  /** The path's `[id]`; empty where it has none. */
  id: string;
};
type Handler = (request: Request, route: RouteParameters) => Promise<Response>;

/** The data of one reader, which no cache may store; the other headers are those of every page. */
const PRIVATE = { "cache-control": "no-store" };

async function answerOf(
  request: Request,
  { params }: RouteParameters,
  work: (portal: RouteRequest) => Promise<object>,
): Promise<Response> {
  try {
    const { organization, id = "" } = await params;
    const portal = await portalRequest(request.headers, organization);
    if (!portal) throw new TollgateError("unauthenticated", "You are not signed in.");
    const answer = await work({ ...portal, id });
    if (answer instanceof Response) return answer;
    return Response.json(answer, { headers: PRIVATE });
  } catch (error) {
    const { status, type, text } = portalRefusal(error);
    return new Response(text, { status, headers: { ...PRIVATE, "content-type": type } });
  }
}

/** The query of an endpoint without parameters. */
export const noParameters = z.strictObject({});

/** Session → checked query → verb. */
function queried<Output>(
  schema: z.ZodType<Output>,
  verb: (portal: RouteRequest, query: Output) => Promise<object>,
): Handler {
  return (request, route) =>
    answerOf(request, route, async (portal) => verb(portal, check(schema, readQuery(request.url), "query")));
}

/** A file or a redirect: session → checked query → verb → its own response. Errors become problems, as in the API. */
export function portalFile<Output>(
  schema: z.ZodType<Output>,
  verb: (portal: RouteRequest, query: Output) => Promise<Response>,
): Handler {
  return queried(schema, verb);
}

/**
 * A GET of the portal's own pages: session → checked query → verb → JSON. The endpoint says what the query holds beside
 * the path's `[id]`, and what the verb answers. Errors become problems, as in the API.
 */
export function portalRoute<Answer extends object, Parameters extends object, Output>(
  _endpoint: Endpoint<Answer, Parameters>,
  schema: z.ZodType<Output, Omit<Parameters, "id">>,
  verb: (portal: RouteRequest, query: Output) => Promise<Answer>,
): Handler {
  return queried(schema, verb);
}

/** The same for a POST that changes nothing: its body is checked as the API checks one. */
export function portalQuestion<Schema extends z.ZodType>(
  schema: Schema,
  verb: (portal: PortalRequest, body: z.output<Schema>) => Promise<object>,
): Handler {
  return (request, route) =>
    answerOf(request, route, async (portal) => {
      const body = await readJson(new HonoRequest(request), undefined, false);
      return verb(portal, check(schema, body, "body"));
    });
}
