/** Hides words where the sidebar is only icons: on a narrow window, and by choice. */
export const WIDE_ONLY = "max-lg:sr-only lg:group-data-[collapsed=true]/frame:sr-only";
