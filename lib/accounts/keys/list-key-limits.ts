import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import type { UnsummedKeyList } from "../schema";
import { readKeys } from "./key-store";
import { keyAnswer } from "./list-keys";

/**
 * Every key as `listKeys` answers it but for its sum of 30 days, which takes longer the more is called. Errors: not_found.
 */
export async function listKeyLimits(ctx: Context): Promise<UnsummedKeyList> {
  mayRead(ctx);
  const rows = await readKeys(ctx, null, false);
  return {
    data: rows.map((row) => {
      const { spent30d: _, ...limits } = keyAnswer(ctx, row);
      return limits;
    }),
  };
}
