/**
 * The path that a request to the portal was made to; set by `proxy.ts` for every request, so a client cannot set it.
 */
export const PAGE_HEADER = "x-tollgate-page";
