import { CircleAlert, CircleCheck, type LucideIcon, OctagonAlert, TriangleAlert } from "lucide-react";
import type { BalanceAnswer } from "@/lib/ledger/schema";

type Level = BalanceAnswer["level"];
/** A level is always an icon and a word; the color only repeats them. */
export const LEVELS: Record<Level, { word: string; icon: LucideIcon; text: string; soft: string }> = {
  normal: { word: "Normal", icon: CircleCheck, text: "text-muted", soft: "bg-control" },
  low: { word: "Low", icon: CircleAlert, text: "text-low", soft: "bg-low-soft" },
  warning: { word: "Warning", icon: TriangleAlert, text: "text-warning", soft: "bg-warning-soft" },
  critical: { word: "Critical", icon: OctagonAlert, text: "text-critical", soft: "bg-critical-soft" },
};
