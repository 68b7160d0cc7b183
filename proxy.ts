/**
 * What Next does before it answers anything: each answer gets its headers, and each page a policy with a nonce of its
 * own, which Next reads from the request and writes on its scripts. The API says its own headers (lib/adapters/http).
 */
import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { isApiPath } from "@/lib/adapters/http/api-path";
import { NONCE_HEADER, pagePolicy, portalHeaders } from "@/lib/adapters/http/security-headers";
import { env } from "@/lib/platform/env";

const NONCE_BYTES = 16;
const POLICY = "content-security-policy";

export function proxy(request: NextRequest): NextResponse {
  if (isApiPath(request.nextUrl.pathname)) return NextResponse.next();
  const nonce = randomBytes(NONCE_BYTES).toString("base64");
  const policy = pagePolicy(nonce, env());
  const headers = new Headers(request.headers);
  headers.set(NONCE_HEADER, nonce);
  headers.set(POLICY, policy);
  return NextResponse.next({ request: { headers }, headers: { ...portalHeaders(), [POLICY]: policy } });
}
