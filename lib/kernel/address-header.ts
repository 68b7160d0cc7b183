/** Set by the server itself for every request to the portal's pages; what a client sends under this name is replaced. */
export const ADDRESS_HEADER = "x-tollgate-address";
