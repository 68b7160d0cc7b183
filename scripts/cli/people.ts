/** `npm run admin -- member …` and `organization delete`: people of an organization, by the operator's word. */
import { type Command, Option } from "commander";
import { addMember, deleteOrganization, listMembers, removeMember, setMemberRole } from "@/lib/accounts/index";
import { givenRole, type Member } from "@/lib/accounts/schema";
import type { Catalogue } from "@/lib/catalogue/schema";
import { type MemberRole, ROLES } from "@/lib/kernel/permissions";
import type { Context, InstallationContext } from "@/lib/platform/context";
import { Mistake } from "./output";

/** Shared by the programs: finding an organization, making a command, and printing its answer. */
export type Tools = {
  installation: () => Promise<{ ctx: InstallationContext; catalogue: Catalogue }>;
  context: (organization: string) => Promise<Context>;
  command: (parent: Command, name: string, text: string) => Command;
  answer: (json: boolean | undefined, facts: unknown, text: string) => void;
};
type OrganizationOptions = { json?: boolean; organization: string };
type OfMember = OrganizationOptions & { email: string };

async function find(ctx: Context, email: string): Promise<Member> {
  const { data } = await listMembers(ctx);
  const found = data.find((member) => member.email.toLowerCase() === email.trim().toLowerCase());
  if (!found) throw new Mistake(`${email} is not a member: see npm run admin -- member list.`);
  return found;
}

const ORGANIZATION = ["--organization <id>", "org_… or its external id"] as const;
const EMAIL = ["--email <address>", "the address that they sign in with"] as const;
const role = (choices: readonly string[]) =>
  new Option("--role <role>", "what they may do").choices(choices).makeOptionMandatory();

export function memberCommands(program: Command, { context, command, answer }: Tools): void {
  const member = program.command("member").description("members of an organization");
  command(member, "list", "list members, the oldest first")
    .requiredOption(...ORGANIZATION)
    .action(async ({ json, organization }: OrganizationOptions) => {
      const { data } = await listMembers(await context(organization));
      const lines = data.map((one) => [one.email, one.role, one.since, one.userId].join("  "));
      answer(json, data, lines.length === 0 ? "It has no members yet." : lines.join("\n"));
    });
  command(member, "add", "add a member, or the first owner; they sign in with this address")
    .requiredOption(...ORGANIZATION)
    .requiredOption(...EMAIL)
    .addOption(role(ROLES))
    .action(async ({ json, organization, ...input }: OfMember & { role: MemberRole }) => {
      const added = await addMember(await context(organization), input);
      answer(json, added, `${input.email} is ${input.role}`);
    });
  command(member, "role", "change the role of a member")
    .requiredOption(...ORGANIZATION)
    .requiredOption(...EMAIL)
    .addOption(role(givenRole.options))
    .action(
      async ({ json, organization, email, role: given }: OfMember & { role: (typeof givenRole.options)[number] }) => {
        const ctx = await context(organization);
        const { userId } = await find(ctx, email);
        await setMemberRole(ctx, { userId, role: given });
        answer(json, { userId, role: given }, `${email} is ${given}`);
      },
    );
  command(member, "remove", "remove a member and revoke their keys")
    .requiredOption(...ORGANIZATION)
    .requiredOption(...EMAIL)
    .action(async ({ json, organization, email }: OfMember) => {
      const ctx = await context(organization);
      const removed = await removeMember(ctx, { userId: (await find(ctx, email)).userId });
      answer(json, removed, `removed ${email} (keys revoked: ${removed.keysRevoked})`);
    });
}

export function deleteCommand(organization: Command, { context, command, answer }: Tools): void {
  command(organization, "delete", "delete an organization; its records stay")
    .requiredOption(...ORGANIZATION)
    .option("--forfeit", "write off the credit that is left", false)
    .action(async ({ json, organization: text, forfeit }: OrganizationOptions & { forfeit: boolean }) => {
      const ended = await deleteOrganization(await context(text), { forfeit });
      answer(json, ended, `deleted; forfeited ${ended.forfeited}`);
    });
}
