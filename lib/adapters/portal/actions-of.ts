import { organizationPublicId } from "@/lib/kernel/ids";
import type { PortalRequest } from "./session";

type ServerAction<Answer> = (organization: unknown, input: unknown) => Promise<Answer>;
type Bound<Actions> = {
  [Name in keyof Actions]: Actions[Name] extends ServerAction<infer Answer>
    ? (input: unknown) => Promise<Answer>
    : never;
};

/** The actions as a page hands them to its forms: each names the organization that the page shows. */
export function actionsOf<Actions extends Record<string, ServerAction<unknown>>>(
  { ctx }: PortalRequest,
  actions: Actions,
): Bound<Actions> {
  const organization = organizationPublicId(ctx.organizationId);
  const bound = Object.entries(actions).map(([name, action]) => [name, action.bind(null, organization)]);
  return Object.fromEntries(bound) as Bound<Actions>;
}
