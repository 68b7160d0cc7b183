"use client";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { useFacts } from "@/components/context/facts";
import { useNow } from "@/components/context/use-now";
import { intervalsOf, rangeOfBar } from "./intervals";
import { questionOf } from "./question";
import {
  type Change,
  choose,
  type ExplorerState,
  explorerNames,
  explorerParsers,
  type FilterName,
  groupedByWhatDiffers,
  narrowed,
  returned,
} from "./state";

const MINUTE_MS = 60_000;

/** The page's state, all from its address, and its changes. Back undoes each change. */
export function useExplorer(madeAt: string) {
  const { timeZone, models } = useFacts();
  const clock = useNow().getTime();
  // The frame may have been made long before the page, when one came here from another.
  const minute = Math.floor(Math.max(clock, Date.parse(madeAt)) / MINUTE_MS);
  const [asked, write] = useQueryStates(explorerParsers, { urlKeys: explorerNames, history: "push" });
  const state = useMemo(() => groupedByWhatDiffers(asked, models), [asked, models]);
  const question = useMemo(() => questionOf(state, new Date(minute * MINUTE_MS), timeZone), [state, minute, timeZone]);
  const change = (of: (state: ExplorerState) => Change) => void write((latest) => choose(latest, of(latest)));
  const set = (chosen: Change) => change(() => chosen);
  return {
    state,
    question,
    intervals: intervalsOf(question.period),
    set,
    /** A newly chosen range has no way back. */
    setRange: (range: Change["range"]) => set({ range: range ?? null, interval: null, path: null }),
    filter: (name: FilterName, value: string | null) => set({ [name]: value }),
    narrow: (start: string, next: string | undefined) =>
      change((latest) => narrowed(latest, rangeOfBar(start, next, question.interval, question.period, timeZone))),
    goBack: (index: number) => change((latest) => returned(latest, index)),
  };
}
export type Explorer = ReturnType<typeof useExplorer>;
