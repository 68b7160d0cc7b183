import { expect, it, vi } from "vitest";
import type { Client } from "@/lib/platform/db";
import { isExpected } from "./link-store";

it.each([
  ["a user's", { id: "u" }, null, true],
  ["an invited one", null, { id: "i" }, true],
  ["unknown", null, null, false],
])(
  "a request for a sign-in link reads users and invitations, whether the address is %s",
  async (_, user, invited, expected) => {
    const users = vi.fn(async () => user);
    const invitations = vi.fn(async () => invited);
    const client = {
      tables: { user: { findFirst: users }, invitation: { findFirst: invitations } },
    } as unknown as Client;
    expect(await isExpected(client, "a@b.example", new Date())).toBe(expected);
    expect(users).toHaveBeenCalledOnce();
    expect(invitations).toHaveBeenCalledOnce();
  },
);
