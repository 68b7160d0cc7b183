import { defined, type Endpoint, endpointAddress } from "@/lib/adapters/portal/endpoints";
import { paths } from "@/lib/kernel/paths";

const NOT_FOUND = 404;

/** The query part of an address; parameters without a value are left out. */
export function search(parameters: object): string {
  return new URLSearchParams(defined(parameters)).toString();
}

const shownPath = () => window.location.pathname + window.location.search;

/** The server has answered with an error. */
class ReadError extends Error {
  constructor(
    path: string,
    readonly status: number,
  ) {
    super(`${path} answered ${status}`);
  }
}

/** Reads an answer of the portal; an ended session leads to signing in. */
export async function read<Answer, Parameters extends object>(
  organization: string,
  endpoint: Endpoint<Answer, Parameters>,
  parameters: Parameters,
): Promise<Answer> {
  const { pathname, search: query } = endpointAddress(organization, endpoint, parameters);
  const response = await fetch(`${pathname}?${query}`, { headers: { accept: "application/json" } });
  // The session has ended, here or in another tab: sign in, and return to this page.
  if (response.status === 401 && window.location.pathname !== paths.signIn) {
    window.location.assign(`${paths.signIn}?${search({ callbackUrl: shownPath() })}`);
  }
  if (!response.ok) throw new ReadError(pathname, response.status);
  return response.json() as Promise<Answer>;
}

/** Null when the server has none. */
export async function orNull<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ReadError && error.status === NOT_FOUND) return null;
    throw error;
  }
}
