/** The cookie in which a browser keeps the public id of the organization that it showed last. */
export const LAST_ORGANIZATION = "tollgate.last";
