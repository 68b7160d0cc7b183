/** The question for the latest transactions of every type; the same on the server and in the browser. */
export const LATEST_QUERY = { limit: "8" } as const;
