"use client";
import { endpoints, type ParametersOf } from "@/lib/adapters/portal/endpoints";
import type { BalanceAnswer } from "@/lib/ledger/schema";
import type { UsageAnswer } from "@/lib/usage/schema";
import { useRead } from "./use-read";

export function useBalance(initial?: BalanceAnswer) {
  return useRead(endpoints.balance, {}, { initial });
}

export type UsageParameters = ParametersOf<typeof endpoints.usage>;

export function useUsage(parameters: UsageParameters, initial?: UsageAnswer) {
  return useRead(endpoints.usage, parameters, { initial, keepPrevious: true });
}
