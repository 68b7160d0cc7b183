import { isIP, isIPv4 } from "node:net";
import { env } from "@/lib/platform/env";

const IPV6_PARTS = 8;
const NETWORK_PARTS = 4;

/** A household has a whole /64 of IPv6: counted by single addresses it would have no limit. */
function network(address: string): string {
  const plain = address.replace(/%.*$/, "").toLowerCase();
  const [head = "", tail] = plain.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : Math.max(0, IPV6_PARTS - left.length - right.length);
  const parts = [...left, ...Array<string>(zeros).fill("0"), ...right];
  const first = parts.slice(0, NETWORK_PARTS).map((part) => part.replace(/^0+(?=.)/, ""));
  return `${first.join(":")}::/64`;
}

/** Reads a proxy's form of an address: with a port, in brackets, IPv4 within IPv6. Undefined for other texts. */
function normalize(text: string): string | undefined {
  const bare = text.trim().replace(/^\[(.*)\](?::\d+)?$/, "$1");
  const address = bare.replace(/^::ffff:(?=[\d.]+$)/i, "").replace(/^([\d.]+):\d+$/, "$1");
  if (isIPv4(address)) return address;
  return isIP(address) === 0 ? undefined : network(address);
}

/**
 * Where a request comes from, for counting. Any client can write X-Forwarded-For, so only as many of its last entries
 * count as we have proxies. Undefined if it is unknown.
 */
export function addressOf(remote: string | undefined, forwarded: string | undefined): string | undefined {
  const hops = env().TRUST_PROXY;
  if (hops > 0 && forwarded !== undefined) {
    const entries = forwarded.split(",");
    const address = normalize(entries.at(-hops) ?? entries[0] ?? "");
    if (address) return address;
  }
  return remote === undefined ? undefined : normalize(remote);
}
