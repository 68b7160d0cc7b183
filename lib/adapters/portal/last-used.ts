/** Where an address that names no organization leads a signed-in user. */
import { organizationPublicId, parsePublicId } from "@/lib/kernel/ids";
import { organizationPaths, placeless } from "@/lib/kernel/paths";
import { lastOrganization, organizationOfUser } from "@/lib/platform/session";

const NOWHERE = "http://nowhere.invalid";

/** The organization (UUID) of the first id in an address: a key's page, a payment that someone comes back from. */
function organizationOfId({ pathname, searchParams }: URL): string | undefined {
  for (const text of [...pathname.split("/"), ...searchParams.values()]) {
    const id = parsePublicId(text, "pay", "key", "txn", "evt", "hold", "chg", "grt", "rfd");
    if (id) return id.organizationId;
  }
  return undefined;
}

/** The same page in the organization that an id in the address belongs to, or that the user used last. */
export async function inLastUsed(headers: Headers, userId: string, path: string): Promise<string> {
  const url = new URL(path, NOWHERE);
  if (placeless(url.pathname) === undefined) return path;
  const organizationId = await organizationOfUser(userId, [organizationOfId(url), lastOrganization(headers)]);
  if (!organizationId) return path;
  const { overview } = organizationPaths(organizationPublicId(organizationId));
  return `${overview}${url.pathname === "/" ? "" : url.pathname}${url.search}${url.hash}`;
}
