/**
 * What Next does before it answers anything: each answer gets its headers, and each page a policy with a nonce of its
 * own, which Next reads from the request and writes on its scripts. The API says its own headers (lib/adapters/http).
 * An address of the portal that names no organization leads to the one that was used last, but reads and acts on none.
 * The pages of billing are at the places that the catalogue names.
 */
import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { isApiPath } from "@/lib/adapters/http/api-path";
import { NONCE_HEADER, pagePolicy, portalHeaders } from "@/lib/adapters/http/security-headers";
import { loadedCatalogue } from "@/lib/adapters/portal/loaded-catalogue";
import { LAST_ORGANIZATION } from "@/lib/kernel/last-organization";
import { PAGE_HEADER } from "@/lib/kernel/page-header";
import { isListed, organizationIn, paths, placeless } from "@/lib/kernel/paths";
import { placing } from "@/lib/kernel/places";
import { env } from "@/lib/platform/env";

const NONCE_BYTES = 16;
const YEAR_SECONDS = 31_536_000;
const POLICY = "content-security-policy";
type Answer = { request: { headers: Headers }; headers: Record<string, string> };
const SAFE = new Set(["GET", "HEAD"]);
/** The portal is in no search engine, but for the public prices; `app/robots.ts` says so as well. */
const UNLISTED = { "x-robots-tag": "noindex, nofollow" };
const UNNAMED =
  "This address does not say which organization it is about. Nothing was read or changed: reload the page and try again.";

/** To a tab from before addresses named the organization: what it shows and what was used last may be two. */
function unnamed(): NextResponse {
  const body = { type: "/docs#organization_mismatch", title: "Another organization", status: 409, detail: UNNAMED };
  return NextResponse.json(
    { ...body, code: "organization_mismatch" },
    {
      status: 409,
      headers: { ...portalHeaders(), "content-type": "application/problem+json", "cache-control": "no-store" },
    },
  );
}

/** The browser keeps which organization it showed last; only ever a wish, since each request checks the membership. */
function remembered({ headers, nextUrl }: NextRequest, response: NextResponse): NextResponse {
  const organization = organizationIn(nextUrl.pathname);
  if (!organization || headers.get("sec-fetch-dest") !== "document") return response;
  const secure = env().PUBLIC_URL?.startsWith("https:") ?? false;
  const kept = { httpOnly: true, sameSite: "lax", secure, path: "/", maxAge: YEAR_SECONDS } as const;
  response.cookies.set(LAST_ORGANIZATION, organization, kept);
  return response;
}

/** A page of billing is at the place that the catalogue's words say; an address of its folder leads there. */
async function placed(request: NextRequest, answer: Answer): Promise<NextResponse> {
  const { pathname: asked } = request.nextUrl;
  const found = organizationIn(asked) ? placing(asked, (await loadedCatalogue()).places) : undefined;
  if (!found) return NextResponse.next(answer);
  const to = request.nextUrl.clone();
  if ("serve" in found) {
    to.pathname = found.serve;
    return NextResponse.rewrite(to, answer);
  }
  // An open page of before still sends its forms to the old address.
  if (!SAFE.has(request.method)) return NextResponse.next(answer);
  const [pathname = "", hash = ""] = found.move.split("#");
  to.pathname = pathname;
  to.hash = hash;
  return NextResponse.redirect(to, { headers: answer.headers });
}

export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  if (isApiPath(pathname)) return NextResponse.next();
  const place = placeless(pathname);
  if (place === "read" || (place && !SAFE.has(request.method))) return unnamed();
  const nonce = randomBytes(NONCE_BYTES).toString("base64");
  const policy = pagePolicy(nonce, env());
  const headers = new Headers(request.headers);
  headers.set(NONCE_HEADER, nonce);
  headers.set(POLICY, policy);
  headers.set(PAGE_HEADER, pathname);
  const answer = {
    request: { headers },
    headers: { ...portalHeaders(), ...(isListed(pathname) ? {} : UNLISTED), [POLICY]: policy },
  };
  if (!place) return remembered(request, await placed(request, answer));
  const lastUsed = request.nextUrl.clone();
  lastUsed.pathname = paths.lastUsed;
  // A rewrite's query is read twice on its way, so that an escaped "&" would end the address.
  lastUsed.search = `?to=${Buffer.from(`${pathname}${search}`).toString("base64url")}`;
  return NextResponse.rewrite(lastUsed, answer);
}
