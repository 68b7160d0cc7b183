import type { Reader } from "@/components/actions/action";
import { allows } from "@/lib/kernel/permissions";

/** The reader's permissions for keys, and for keys of this owner. */
export function keyPowers({ role, userId }: Reader, ownerId?: string | null) {
  const manage = allows(role, "key.manage");
  return {
    make: allows(role, "key.own"),
    /** Others' keys, too. */
    manage,
    /** This one: rename, rotate, revoke. */
    change: manage || (allows(role, "key.own") && ownerId === userId),
    /** A key's limits and permitted calls. */
    limit: allows(role, "key.limit"),
  };
}
