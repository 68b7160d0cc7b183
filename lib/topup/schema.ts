/** The client-safe door of buying credit. */
export * from "./auto-schema";
export * from "./top-up-schema";
