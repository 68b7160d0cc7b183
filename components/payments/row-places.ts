/** On a phone, a row has two lines: purchase and amount, then time, state and invoice. */
export const CELL = "max-sm:h-auto max-sm:border-0 max-sm:p-0";
export const ROW =
  "max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:gap-x-3 max-sm:gap-y-1 max-sm:border-b max-sm:py-2";
