import { expect, it } from "vitest";
import { invitationMail } from "./invitation-mail";

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
