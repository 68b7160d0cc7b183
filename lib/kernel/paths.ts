/** Every address of the portal, so that a moved page is a type error and not a dead link. */
export const paths = {
  overview: "/",
  usage: "/usage",
  transactions: "/transactions",
  billing: "/billing",
  keys: "/keys",
  team: "/team",
  settings: "/settings",
  developers: "/developers",
  developersReference: "/developers/reference",
  developersErrors: "/developers/errors",
  developersPrices: "/developers/prices",
  developersCalculator: "/developers/calculator",
  invitations: "/invitations",
  signIn: "/sign-in",
  docs: "/docs",
  openapi: "/openapi.json",
} as const;
