/** The operator's commands for people, as they are typed. */
import { spawn } from "node:child_process";
import { beforeAll, expect, it } from "vitest";
import { installation } from "../fixtures/catalogue";
import { memberOf, type Organization, organization } from "../fixtures/organization";

let team: Organization;

const ctx = await installation();
beforeAll(async () => {
  team = await organization(ctx, { credit: 5n });
});

/** What a command prints; its one sentence when it refuses. */
async function admin(...words: string[]): Promise<string> {
  const args = ["--import", "tsx", "scripts/cli/admin.ts", ...words, "--organization", team.id];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (said += part));
  await new Promise((resolve) => child.on("close", resolve));
  return said.trim();
}

it("the admin command adds, lists, changes and removes members, and deletes the organization", {
  timeout: 60_000,
}, async () => {
  const [head, other] = ["head@people.example", "other@people.example"];
  await memberOf(team, "viewer", other);
  expect(await admin("member", "add", "--email", head, "--role", "owner")).toBe(`${head} is owner`);
  expect(await admin("member", "role", "--email", other, "--role", "admin")).toBe(`${other} is admin`);
  const listed = JSON.parse(await admin("member", "list", "--json"));
  expect(
    listed
      .map(({ email, role }: Record<string, string>) => [email, role])
      .sort()
      .reverse(),
  ).toEqual([
    [other, "admin"],
    [head, "owner"],
  ]);
  expect(await admin("member", "remove", "--email", other)).toBe(`removed ${other} (keys revoked: 0)`);
  expect(await admin("organization", "delete", "--forfeit")).toBe("deleted; forfeited 5");
});
