import { env } from "@/lib/platform/env";

/** The address under which the reader has this installation: the configured one, else the one that was asked. */
export function publicAddress(headers: Headers): string {
  const { PUBLIC_URL, PORT } = env();
  if (PUBLIC_URL) return PUBLIC_URL.replace(/\/+$/, "");
  const host = headers.get("host");
  return host && /^[\w.:[\]-]+$/.test(host) ? `http://${host}` : `http://localhost:${PORT}`;
}
