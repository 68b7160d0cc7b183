import { organizationPublicId } from "./ids";
import { type OrganizationPaths, organizationPaths } from "./paths";

/** The addresses of the organization (UUID); apart from `paths`, because a browser cannot encode an id. */
export function ownPaths(organizationId: string): OrganizationPaths {
  return organizationPaths(organizationPublicId(organizationId));
}
