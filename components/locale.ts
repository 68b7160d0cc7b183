/** The language of the texts, and the region whose dates and numbers they are printed with: in this one place. */
export const LOCALE = "en-GB";
