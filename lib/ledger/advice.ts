import type { Catalogue, LevelName } from "@/lib/catalogue/schema";
import { translator } from "@/lib/platform/translator";
import level from "@/messages/en/level.json";
import type { LevelAction } from "./schema";

const t = translator({ level }, "level.advise");

/** The catalogue's advice where credit is to be bought; where something else helps, that. `credit`: there is some unused. */
export function adviceOf(
  { labels }: Catalogue,
  { name, advice }: { name: LevelName; advice: string },
  action: LevelAction | null,
  credit: boolean,
): string {
  if (action === null || action === "add_funds" || name === "normal") return advice;
  if (action === "choose_plan") return t(`choosePlan.${name}`);
  if (action === "pay_invoice") return t("payInvoice");
  if (action === "raise_payg_limit") return t("raiseLimit", { label: labels.payg });
  return t(credit ? "switchOn" : "switchOnThenAdd", { label: labels.payg });
}
