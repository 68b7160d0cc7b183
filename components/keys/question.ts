/** What a key's page asks for, the same on the server and in the browser. */
export const keyUsageQuery = (key: string) => ({ key, interval: "day", groupBy: "model" }) as const;
export const keyCallsQuery = (key: string) => ({ key, limit: "10" }) as const;
