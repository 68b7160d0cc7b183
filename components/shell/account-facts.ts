/** Who is signed in, and how to leave. */
export type AccountFacts = {
  email: string;
  support: string;
  signOut: () => Promise<void>;
};
