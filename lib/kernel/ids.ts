/**
 * Public ids and credentials. A public id is a prefix and 32 bytes in base64url: the organization's UUID and the
 * object's (a UUIDv7; of a transaction, its number), so that an id alone finds its organization.
 */
import { hash, randomBytes } from "node:crypto";
import { v7 } from "uuid";
import { TollgateError } from "./errors";

export type IdPrefix = "hold" | "chg" | "txn" | "evt" | "key" | "grt" | "inv" | "pay" | "rfd";
/** Both parts as lower-case UUID text. */
export type ObjectId = { organizationId: string; id: string };

/** Stands for no object, and for the installation where an organization is named. */
export const NIL_ID = "00000000-0000-0000-0000-000000000000";

const HEX = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A new UUIDv7 whose time is `at`, or the process's clock. */
export function newId(at?: Date): string {
  return at ? v7({ msecs: at.getTime() }) : v7();
}

/** When a UUIDv7 was made, in milliseconds since 1970. */
export function idTime(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

export function isUuid(text: string): boolean {
  return HEX.test(text);
}

function uuidHex(uuid: string): string {
  return uuid.slice(0, 8) + uuid.slice(9, 13) + uuid.slice(14, 18) + uuid.slice(19, 23) + uuid.slice(24);
}

function uuidAt(hex: string, at: number): string {
  const part = (from: number, to: number) => hex.slice(at + from, at + to);
  return `${part(0, 8)}-${part(8, 12)}-${part(12, 16)}-${part(16, 20)}-${part(20, 32)}`;
}

/** `hold_…` and the like, of an object of an organization. */
export function publicId(prefix: IdPrefix, organizationId: string, id: string): string {
  return `${prefix}_${Buffer.from(uuidHex(organizationId) + uuidHex(id), "hex").toString("base64url")}`;
}

/** `org_…`, of an organization. */
export function organizationPublicId(organizationId: string): string {
  return `org_${Buffer.from(uuidHex(organizationId), "hex").toString("base64url")}`;
}

function decode(text: string, prefix: string, bytes: number): string | undefined {
  if (!text.startsWith(`${prefix}_`)) return undefined;
  const body = text.slice(prefix.length + 1);
  const buffer = Buffer.from(body, "base64url");
  // Only the one spelling that we write is accepted: base64url decoders forgive foreign characters and spare bits.
  if (buffer.length !== bytes || buffer.toString("base64url") !== body) return undefined;
  return buffer.toString("hex");
}

/** Reads a public id with one of the prefixes; undefined when it is none. */
export function parsePublicId(text: string, ...prefixes: IdPrefix[]): ObjectId | undefined {
  for (const prefix of prefixes) {
    const hex = decode(text, prefix, 32);
    if (hex) return { organizationId: uuidAt(hex, 0), id: uuidAt(hex, 32) };
  }
  return undefined;
}

/** Reads a public id, or throws not_found as for an unknown object. */
export function requirePublicId(text: string, ...prefixes: IdPrefix[]): ObjectId {
  const id = parsePublicId(text, ...prefixes);
  if (!id) throw new TollgateError("not_found", "There is no object with this id.");
  return id;
}

/** The organization's UUID of an `org_…` id; undefined when the text is none. */
export function parseOrganizationId(text: string): string | undefined {
  const hex = decode(text, "org", 16);
  return hex ? uuidAt(hex, 0) : undefined;
}

/** A transaction's number as the UUID-shaped half of its public id, and back. */
export function sequenceUuid(seq: bigint): string {
  return uuidAt(seq.toString(16).padStart(32, "0"), 0);
}
export function uuidSequence(uuid: string): bigint | undefined {
  const value = BigInt(`0x${uuidHex(uuid)}`);
  return value > 0n && value < 2n ** 63n ? value : undefined;
}

const SECRET_BYTES = 24;
const CHECKSUM_LENGTH = 6;
const TOKEN = /^(sk|gw)_([A-Za-z0-9_-]{32})([A-Za-z0-9_-]{6})$/;

function checksum(kind: string, body: string): string {
  return hash("sha256", `tollgate:${kind}:${body}`, "base64url").slice(0, CHECKSUM_LENGTH);
}

/** A new credential (`sk_` key or `gw_` secret): 192 random bits and a checksum that tells a typo from a stranger. */
export function newToken(kind: "sk" | "gw"): string {
  const body = randomBytes(SECRET_BYTES).toString("base64url");
  return `${kind}_${body}${checksum(kind, body)}`;
}

/** A link's secret: 256 random bits. Like a credential it is kept as its hash. */
export function newLinkToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Whether the text has the form of such a credential and its checksum is right; says nothing of its existence. */
export function isToken(kind: "sk" | "gw", text: string): boolean {
  const match = TOKEN.exec(text);
  return match !== null && match[1] === kind && checksum(kind, match[2] as string) === match[3];
}

/** The stored SHA-256 of a credential. A credential has 192 random bits, so a slow hash would add nothing. */
export function tokenHash(token: string): Buffer {
  return hash("sha256", token, "buffer");
}

/** The same as text: names a credential in memory, so that no copy of it is kept. */
export function tokenName(token: string): string {
  return hash("sha256", token, "base64");
}

/** The last four characters, shown to tell keys apart. */
export function tokenHint(token: string): string {
  return token.slice(-4);
}
