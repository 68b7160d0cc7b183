/** The path that a request to the portal was made to; set by `proxy.ts` for every request, so nobody outside can. */
export const PAGE_HEADER = "x-tollgate-page";
