/** What the overview asks for, the same on the server and in the browser. */
export const SPEND_QUERY = { interval: "day", groupBy: "model" } as const;
export const LATEST = 8;
