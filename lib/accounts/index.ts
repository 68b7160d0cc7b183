/**
 * Accounts: organizations, their people, the API keys of their customers and the operator's gateway secrets. A
 * credential is shown once, when it is made; the database holds its SHA-256. Keys and members change under the lock
 * that the gate decides under.
 */
export { acceptInvitation } from "./accept-invitation";
export { acceptSignInLink, isSignInLinkOpen } from "./accept-sign-in-link";
export { addMember } from "./add-member";
export { askSignInLink } from "./ask-sign-in-link";
export { authenticateGateway, authenticateKey, findKey } from "./authenticate";
export { createGatewaySecret } from "./create-gateway-secret";
export { createKey } from "./create-key";
export { createOrganization } from "./create-organization";
export { createOwnOrganization } from "./create-own-organization";
export { deleteOrganization } from "./delete-organization";
export { demoUser } from "./demo-user";
export { endAllSessions } from "./end-all-sessions";
export { endSession, endSessionOfToken } from "./end-session";
export { forgetExpired } from "./forget-expired";
export { freePlace } from "./free-place";
export { getKey } from "./get-key";
export { inviteMember } from "./invite-member";
export { keySelf } from "./key-self";
export { leaveOrganization } from "./leave-organization";
export { listInvitations } from "./list-invitations";
export { listKeyLimits } from "./list-key-limits";
export { listKeys } from "./list-keys";
export { listMembers } from "./list-members";
export { listMemberships } from "./list-memberships";
export { listOrganizations } from "./list-organizations";
export { listPeople } from "./list-people";
export { listPlaces } from "./list-places";
export { listSessions } from "./list-sessions";
export { markProved, mayEnter } from "./may-enter";
export { memberSelf } from "./member-self";
export { openFirstOrganization } from "./open-first-organization";
export { readInvitation } from "./read-invitation";
export { removeMember } from "./remove-member";
export { resolveOrganization } from "./resolve-organization";
export { revokeGatewaySecret } from "./revoke-gateway-secret";
export { revokeInvitation } from "./revoke-invitation";
export { revokeKey } from "./revoke-key";
export { rotateKey } from "./rotate-key";
export { setKeyLimits } from "./set-key-limits";
export { setMemberLimits } from "./set-member-limits";
export { setMemberRole } from "./set-member-role";
export { startSession } from "./start-session";
export type { FoundKey } from "./store";
export { transferOrganization } from "./transfer-organization";
export { updateKey } from "./update-key";
export { updateOrganization } from "./update-organization";
export type { Visit } from "./visit";
