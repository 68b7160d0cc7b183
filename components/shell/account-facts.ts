/** Who is signed in, where, and how to leave. */
export type AccountFacts = {
  email: string;
  organizationId: string;
  support: string;
  signOut: () => Promise<void>;
};
