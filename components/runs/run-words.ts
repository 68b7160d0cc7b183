import { useFacts } from "@/components/context/facts";

/** What this catalogue calls its runs. */
export type RunWords = { tag: string; label: string; singular: string };

/** The page of runs exists only where the catalogue names them. */
export function useRunWords(): RunWords {
  const { runs } = useFacts();
  if (!runs) throw new Error("This catalogue has no runs.");
  return runs;
}
