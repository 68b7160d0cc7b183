import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { invitationMail } from "./mail-words";

const MESSAGES = path.join(import.meta.dirname, "../../messages/en");
/** What people type, or what providers say of them. */
const TYPED = /\{(?:organization|inviter|asker|name|member|person|owner|key|reason|note|description|email)\b/;

function subjects(value: unknown, place: string): [string, string][] {
  if (typeof value === "string") return /subject/i.test(place) ? [[place, value]] : [];
  return Object.entries(value as object).flatMap(([key, inner]) => subjects(inner, `${place}.${key}`));
}

it("no mail's subject holds what people typed", () => {
  const all = readdirSync(MESSAGES).flatMap((name) =>
    subjects(JSON.parse(readFileSync(path.join(MESSAGES, name), "utf8")), name),
  );
  expect(all.length).toBeGreaterThan(9);
  expect(all.filter(([, text]) => TYPED.test(text))).toEqual([]);
});

it("an invitation makes no link of a name that is older than the rules for names", () => {
  const url = "https://portal.example/invitations/x";
  const organization = "www.evil.example \u202Ehttps://evil.com";
  const mail = invitationMail({
    ...{ operator: "Calls", organization, inviter: "Bob evil com", role: "viewer", email: "guest@people.example" },
    ...{ days: 7, url },
  });
  expect(mail.subject).toBe("You are invited to an organization at Calls");
  for (const body of [mail.text, mail.html]) {
    expect(body).toContain("www evil example https evil com");
    expect(body).not.toMatch(/evil\.|\u202E/);
    expect(body).toContain(url);
  }
});
