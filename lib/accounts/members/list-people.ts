import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import type { MemberName } from "../schema";
import { readPeople } from "./member-store";

/** Who belongs to the organization, by name, the first to join first. Errors: not_found. */
export async function listPeople(ctx: Context): Promise<{ data: MemberName[] }> {
  mayRead(ctx);
  return { data: await readPeople(ctx) };
}
