/** Every address of the portal, so that a moved page is a type error and not a dead link. */
export const paths = {
  overview: "/",
  usage: "/usage",
  signIn: "/sign-in",
  docs: "/docs",
  openapi: "/openapi.json",
} as const;
