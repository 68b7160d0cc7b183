/** The questions of a key's page, the same on the server and in the browser. */
export const keyUsageQuery = (key: string) => ({ key, interval: "day", groupBy: "model" }) as const;
export const keyCallsQuery = (key: string) => ({ key, limit: "10" }) as const;
