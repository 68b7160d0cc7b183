/** The look of whatever floats above the page: the only things with a shadow, opened and closed in 150 ms. */
export const FLOATING =
  "z-40 rounded-card border border-line bg-card text-text shadow-float outline-none transition-[opacity,scale,translate] duration-150 ease-out data-[starting-style]:opacity-0 data-[ending-style]:opacity-0";
/** A row in a list of choices, highlighted by pointer or arrows. */
export const CHOICE =
  "flex min-h-8 touch:min-h-11 cursor-default select-none items-center gap-2 rounded-[6px] px-2 py-1 text-sm outline-none data-[highlighted]:bg-control data-[disabled]:opacity-50";
export const BACKDROP =
  "fixed inset-0 z-30 bg-scrim transition-opacity duration-150 ease-out data-[starting-style]:opacity-0 data-[ending-style]:opacity-0";
