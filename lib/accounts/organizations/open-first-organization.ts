import { audited } from "@/lib/audit";
import { currentCatalogue } from "@/lib/catalogue";
import { newId, organizationPublicId } from "@/lib/kernel/ids";
import { plainName } from "@/lib/kernel/name";
import { welcome } from "@/lib/ledger";
import type { PersonContext } from "@/lib/platform/context";
import { readPerson } from "../members/person-store";
import { asMember } from "../permission";
import { isUntouched } from "./organization-store";
import { insertFirstOrganization } from "./organization-write-store";

const LONGEST_NAME = 100;

function nameOf({ name, email }: { name: string | null; email: string }): string {
  const plain = plainName(name ?? "") || plainName(email.split("@")[0] as string);
  const short = Array.from(plain)
    .slice(0, LONGEST_NAME / 2)
    .join("")
    .trim();
  return short === "" ? "My organization" : `${short}'s organization`;
}

/**
 * At a user's sign-in: where their address is verified, they belong to no organization and no open invitation waits
 * for them, one is opened, owned by them and welcomed as the catalogue says. The signup grant is given once per
 * person. Sixty concurrent calls open one. Returns its UUID; undefined if none was opened and the first is no longer
 * theirs.
 */
export async function openFirstOrganization(person: PersonContext): Promise<string | undefined> {
  const { db, userId, now } = person;
  const found = await readPerson(db, userId);
  if (!found?.verified) return undefined;
  const draft = { id: newId(now), userId, name: nameOf(found), now };
  const ctx = asMember(person, draft.id, "owner");
  const { id, created } = await audited(ctx, async (client) => {
    const answer = await insertFirstOrganization(client, draft);
    const object = { type: "organization", id: organizationPublicId(draft.id), name: draft.name } as const;
    const after = { name: draft.name, timeZone: "UTC" };
    return { answer, audit: answer.created ? { action: "organization.created", object, after } : null };
  });
  if (id === null) return undefined;
  // At a first call it is the gate that welcomes. One whose maker was cut off before the welcome gets it now.
  const welcomes = currentCatalogue().catalogue.signup.when !== "first_call";
  if (welcomes && (created || (await isUntouched(db, id)))) await welcome(asMember(person, id, "owner"));
  return id;
}
