/**
 * Accounts: organizations, their people, the API keys of their customers and the operator's gateway secrets. A
 * credential is shown once, when it is made; the database holds its SHA-256. Keys and members change under the lock
 * that the gate decides under.
 */

export { createGatewaySecret } from "./gateway-secrets/create-gateway-secret";
export { revokeGatewaySecret } from "./gateway-secrets/revoke-gateway-secret";
export { acceptInvitation } from "./invitations/accept-invitation";
export { inviteMember } from "./invitations/invite-member";
export { listInvitations } from "./invitations/list-invitations";
export { readInvitation } from "./invitations/read-invitation";
export { revokeInvitation } from "./invitations/revoke-invitation";
export { authenticateGateway, authenticateKey, findKey } from "./keys/authenticate";
export { createKey } from "./keys/create-key";
export { getKey } from "./keys/get-key";
export { keySelf } from "./keys/key-self";
export { listKeyLimits } from "./keys/list-key-limits";
export { listKeys } from "./keys/list-keys";
export { revokeKey } from "./keys/revoke-key";
export { rotateKey } from "./keys/rotate-key";
export { setKeyLimits } from "./keys/set-key-limits";
export { updateKey } from "./keys/update-key";
export { addMember } from "./members/add-member";
export { leaveOrganization } from "./members/leave-organization";
export { listMembers } from "./members/list-members";
export { listMemberships } from "./members/list-memberships";
export { listPeople } from "./members/list-people";
export { memberSelf } from "./members/member-self";
export { removeMember } from "./members/remove-member";
export { setMemberLimits } from "./members/set-member-limits";
export { setMemberRole } from "./members/set-member-role";
export { claimOrganization } from "./organizations/claim-organization";
export { createOrganization } from "./organizations/create-organization";
export { createOwnOrganization } from "./organizations/create-own-organization";
export { deleteOrganization } from "./organizations/delete-organization";
export { listOrganizations } from "./organizations/list-organizations";
export { openFirstOrganization } from "./organizations/open-first-organization";
export type { FoundKey } from "./organizations/organization-store";
export { resolveOrganization } from "./organizations/resolve-organization";
export { transferOrganization } from "./organizations/transfer-organization";
export { updateOrganization } from "./organizations/update-organization";
export { freePlace } from "./places/free-place";
export { listPlaces } from "./places/list-places";
export { planLimitReached } from "./places/plan-limit-reached";
export { acceptSignInLink, isSignInLinkOpen } from "./sessions/accept-sign-in-link";
export { askSignInLink } from "./sessions/ask-sign-in-link";
export { demoUser } from "./sessions/demo-user";
export { endAllSessions } from "./sessions/end-all-sessions";
export { endSession, endSessionOfToken } from "./sessions/end-session";
export { forgetExpired } from "./sessions/forget-expired";
export { listSessions } from "./sessions/list-sessions";
export { markProved, mayEnter } from "./sessions/may-enter";
export { signInMail } from "./sessions/sign-in-mail";
export { startSession } from "./sessions/start-session";
export type { Visit } from "./sessions/visit";
