import { env } from "@/lib/platform/env";

/** The address of this installation for the reader: the configured one, or else the requested one. */
export function publicAddress(headers: Headers): string {
  const { PUBLIC_URL, PORT } = env();
  if (PUBLIC_URL) return PUBLIC_URL.replace(/\/+$/, "");
  const host = headers.get("host");
  return host && /^[\w.:[\]-]+$/.test(host) ? `http://${host}` : `http://localhost:${PORT}`;
}
