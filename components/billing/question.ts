/** The question for the latest sources of credit; the same on the server and in the browser. */
export const PURCHASES_QUERY = { type: "purchase,renewal,grant", limit: "6" } as const;
