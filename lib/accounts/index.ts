/**
 * Accounts: organizations, the API keys of their customers and the operator's gateway secrets. A credential is shown
 * once, when it is made; the database holds its SHA-256. Keys change under the lock that the gate decides under.
 */
export { authenticateGateway, authenticateKey, findKey } from "./authenticate";
export { createGatewaySecret } from "./create-gateway-secret";
export { createKey } from "./create-key";
export { createOrganization } from "./create-organization";
export { keySelf } from "./key-self";
export { listKeys } from "./list-keys";
export { listMembers } from "./list-members";
export { listMemberships } from "./list-memberships";
export { listOrganizations } from "./list-organizations";
export { resolveOrganization } from "./resolve-organization";
export { revokeGatewaySecret } from "./revoke-gateway-secret";
export { revokeKey } from "./revoke-key";
export { rotateKey } from "./rotate-key";
export { setKeyLimits } from "./set-key-limits";
export type { FoundKey } from "./store";
export { switchOrganization } from "./switch-organization";
export { updateKey } from "./update-key";
