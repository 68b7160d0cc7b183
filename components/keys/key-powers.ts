import type { Reader } from "@/components/actions/action";
import { allows } from "@/lib/kernel/permissions";

/** What the reader may do with keys, and with one of this owner. */
export function keyPowers({ role, userId }: Reader, ownerId?: string | null) {
  const manage = allows(role, "key.manage");
  return {
    make: allows(role, "key.own"),
    /** Others' keys, too. */
    manage,
    /** This one: rename, rotate, revoke. */
    change: manage || (allows(role, "key.own") && ownerId === userId),
    /** What a key may spend and call. */
    limit: allows(role, "key.limit"),
  };
}
