/** Who may do what in an organization: the one table that verbs, pages and documentation read. */

export const ROLES = ["owner", "admin", "developer", "viewer"] as const;
export type MemberRole = (typeof ROLES)[number];

type Rule = { roles: readonly MemberRole[]; what: string };
const rule = (what: string, ...roles: MemberRole[]): Rule => ({ roles, what });

/** `what` completes "Only an owner may …". Every role reads everything but the audit log. */
export const PERMISSIONS = {
  "billing.manage": rule("buy credit, change the plan, PAYG fallback and payment methods", "owner"),
  "organization.update": rule("change the organization's name, time zone and alerts", "owner", "admin"),
  "organization.transfer": rule("transfer the ownership", "owner"),
  "organization.delete": rule("delete the organization", "owner"),
  "member.invite": rule("invite people, and withdraw invitations", "owner", "admin"),
  "member.role": rule("change roles", "owner", "admin"),
  "member.limit": rule("set members' limits", "owner", "admin"),
  "member.remove": rule("remove members", "owner", "admin"),
  "key.own": rule("create, change, rotate and revoke their own keys", "owner", "admin", "developer"),
  "key.manage": rule("create, change, rotate and revoke all keys", "owner", "admin"),
  "key.limit": rule("set the limits of keys, and what they may call", "owner", "admin"),
  "place.free": rule("free the places of agents and workspaces", "owner", "admin"),
  "audit.read": rule("read the audit log", "owner", "admin"),
} as const satisfies Record<string, Rule>;
export type Permission = keyof typeof PERMISSIONS;

export function allows(role: MemberRole, permission: Permission): boolean {
  const { roles }: Rule = PERMISSIONS[permission];
  return roles.includes(role);
}

/** "Only an owner or an admin may invite people, and withdraw invitations." */
export function permissionSentence(permission: Permission): string {
  const { roles, what }: Rule = PERMISSIONS[permission];
  const names = roles.map((role) => (/^[aeiou]/.test(role) ? `an ${role}` : `a ${role}`));
  const last = names.pop();
  return `Only ${names.length > 0 ? `${names.join(", ")} or ` : ""}${last} may ${what}.`;
}
