/** "narrow" where the reader collapsed the sidebar. */
export const SIDEBAR_COOKIE = "tollgate.sidebar";
