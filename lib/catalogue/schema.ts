/** The client-safe door of the catalogue: its file's schema and the types that others work with. */
export * from "./compiled";
export * from "./file";
export * from "./price-list-schema";
