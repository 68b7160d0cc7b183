"use client";
import { useBalance } from "@/components/data/queries";
import { LevelBanner } from "@/components/level/level-banner";
import type { BalanceAnswer } from "@/lib/ledger/schema";

/** The level's banner above every page, following the balance as it moves. */
export function CurrentLevel({ initial }: { initial: BalanceAnswer }) {
  const { data = initial } = useBalance(initial);
  return <LevelBanner balance={data} />;
}
