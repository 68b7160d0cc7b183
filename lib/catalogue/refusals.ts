import type { ErrorCode } from "@/lib/kernel/errors";
import type { Catalogue } from "./compiled";

const INSUFFICIENT = ["insufficient_credits", "insufficient_balance"] as const satisfies ErrorCode[];
const PAYG = ["payg_disabled", "payg_limit_reached"] as const satisfies ErrorCode[];

/** The codes that no call can get with this catalogue: it has another word, no switch, or no limit. */
export function impossibleErrors({ insufficient, payg, plans }: Catalogue): ReadonlySet<ErrorCode> {
  const switched = payg.mode === "toggle" && plans.length > 0;
  const limited = plans.some(({ limits }) => Object.values(limits).some((limit) => limit !== undefined));
  return new Set<ErrorCode>([
    ...INSUFFICIENT.filter((code) => code !== insufficient.code),
    ...(switched ? [] : PAYG),
    ...(limited ? [] : (["plan_limit_reached"] as const)),
  ]);
}
