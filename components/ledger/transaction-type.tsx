"use client";
import {
  ArrowDownToLine,
  Clock,
  CornerDownLeft,
  Gift,
  type LucideIcon,
  RefreshCw,
  SlidersHorizontal,
  Undo2,
  Zap,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { TransactionType } from "@/lib/ledger/schema";

const ICONS: Record<TransactionType, LucideIcon> = {
  purchase: ArrowDownToLine,
  deduction: Zap,
  refund: Undo2,
  grant: Gift,
  renewal: RefreshCw,
  expiry: Clock,
  clawback: CornerDownLeft,
  adjustment: SlidersHorizontal,
};

/** The type of a transaction: an icon and always its name. */
export function TransactionTypeName({ type }: { type: TransactionType }) {
  const t = useTranslations("ledger.type");
  const Icon = ICONS[type];
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" />
      {t(type)}
    </span>
  );
}
