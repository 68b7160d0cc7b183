"use client";
import { debounce, useQueryStates } from "nuqs";
import { type TransitionStartFunction, useMemo } from "react";
import type { ListedPrice } from "@/lib/catalogue/schema";
import { type CallState, callOf, callParsers, chosenPrice } from "./call-state";

const TYPING_MS = 250;

/** The call in the address. With `startTransition`, each change requests the server's data again. */
export function useCall(prices: readonly ListedPrice[], startTransition?: TransitionStartFunction) {
  const [state, set] = useQueryStates(callParsers, {
    limitUrlUpdates: debounce(TYPING_MS),
    ...(startTransition && { shallow: false, startTransition }),
  });
  const price = useMemo(() => chosenPrice(prices, state), [prices, state]);
  const call = useMemo(() => price && callOf(price, state), [price, state]);
  return { state, set: (values: Partial<CallState>) => void set(values), price, call };
}

export type ChosenCall = ReturnType<typeof useCall>;
