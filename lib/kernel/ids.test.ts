import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isToken,
  isUuid,
  newId,
  newToken,
  organizationPublicId,
  parseOrganizationId,
  parsePublicId,
  publicId,
  requirePublicId,
  sequenceUuid,
  tokenHash,
  tokenHint,
  uuidSequence,
} from "./ids";

const uuid = fc.uuid();
const prefix = fc.constantFrom("hold", "chg", "txn", "evt", "key", "grt" as const);

describe("a public id", () => {
  it("carries the organization and the object", () => {
    fc.assert(
      fc.property(prefix, uuid, uuid, (kind, organizationId, id) => {
        const text = publicId(kind, organizationId, id);
        expect(text).toMatch(new RegExp(`^${kind}_[A-Za-z0-9_-]{43}$`));
        expect(parsePublicId(text, kind)).toEqual({ organizationId, id });
      }),
    );
  });

  it("is read with its own prefix only", () => {
    const text = publicId("hold", newId(), newId());
    expect(parsePublicId(text, "chg", "evt")).toBeUndefined();
    expect(parsePublicId(text, "chg", "hold")).toBeDefined();
    expect(parseOrganizationId(text)).toBeUndefined();
  });

  it("has one spelling: nothing that a decoder would forgive is read", () => {
    const text = publicId("hold", newId(), newId());
    const last = text.at(-1) ?? "";
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    // The last character holds four bits of the id and two spare ones.
    const spare = alphabet[alphabet.indexOf(last) + 1] ?? "";
    for (const wrong of [
      `${text}=`,
      `${text}A`,
      text.slice(0, -1),
      ` ${text}`,
      text.slice(0, -1) + spare,
      text.toUpperCase(),
    ]) {
      expect(parsePublicId(wrong, "hold")).toBeUndefined();
    }
  });

  it("is an object that is not found when it is malformed", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => requirePublicId(text, "hold")).toThrow(
          expect.objectContaining({ code: "not_found", status: 404 }),
        );
      }),
    );
  });

  it("is shorter for an organization, and goes both ways", () => {
    fc.assert(
      fc.property(uuid, (id) => {
        expect(parseOrganizationId(organizationPublicId(id))).toBe(id);
      }),
    );
  });
});

describe("a transaction's number", () => {
  it("is its id, and goes both ways", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }), (seq) => {
        expect(isUuid(sequenceUuid(seq))).toBe(true);
        expect(uuidSequence(sequenceUuid(seq))).toBe(seq);
      }),
    );
  });

  it("is none when it is zero or too large for the database", () => {
    expect(uuidSequence(sequenceUuid(0n))).toBeUndefined();
    expect(uuidSequence("00000000-0000-0000-8000-000000000000")).toBeUndefined();
    expect(uuidSequence("ffffffff-ffff-ffff-ffff-ffffffffffff")).toBeUndefined();
  });
});

describe("a new id", () => {
  it("begins with its time, so that ids are in the order of making", () => {
    const early = newId(new Date("2026-11-21T10:00:00.000Z"));
    const late = newId(new Date("2026-11-21T10:00:00.001Z"));
    expect(early.slice(0, 13).replace("-", "")).toBe(Date.UTC(2026, 10, 21, 10).toString(16).padStart(12, "0"));
    expect(early < late).toBe(true);
    expect(isUuid(newId())).toBe(true);
  });
});

describe("a credential", () => {
  it.each(["sk", "gw"] as const)("has a checksum that finds every typo of one character: %s", (kind) => {
    const token = newToken(kind);
    expect(token).toMatch(new RegExp(`^${kind}_[A-Za-z0-9_-]{38}$`));
    expect(isToken(kind, token)).toBe(true);
    expect(isToken(kind === "sk" ? "gw" : "sk", token)).toBe(false);
    for (let at = 3; at < token.length; at += 1) {
      const typo = `${token.slice(0, at)}${token[at] === "x" ? "y" : "x"}${token.slice(at + 1)}`;
      expect(isToken(kind, typo)).toBe(false);
    }
  });

  it("is never made twice, and only its hash and its end are kept", () => {
    const tokens = new Set(Array.from({ length: 1_000 }, () => newToken("sk")));
    expect(tokens.size).toBe(1_000);
    const [token = ""] = tokens;
    expect(tokenHash(token)).toHaveLength(32);
    expect(tokenHint(token)).toBe(token.slice(-4));
  });

  it("has no other form", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(isToken("sk", text)).toBe(false);
      }),
    );
    expect(isToken("sk", `${newToken("sk")}\n`)).toBe(false);
  });
});
