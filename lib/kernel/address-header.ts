/** The server sets this header for every request to the portal's pages, and replaces a client's value. */
export const ADDRESS_HEADER = "x-tollgate-address";
