/**
 * What a test's own organization has been through, told in order; money is in the catalogue's unit. The idempotency key
 * of a step is `step-` and its place, of the end of its hold `step-0:end`, of its refund `step-0:refund`.
 */
export type Step = { minutesAgo?: number } & (
  | { grant: string; kind?: "purchased" | "promotional"; reason?: string }
  | Call
);

export type Call = {
  /** `chat` when left out. */
  endpoint?: string;
  model: string;
  quantities: Record<string, number>;
  tags?: Record<string, string>;
  resource?: { type: string; id: string };
  /** The place of the key in the story; the first when left out. */
  key?: number;
  /** Reserves these quantities first; otherwise the call is charged in one step. */
  reserved?: Record<string, number>;
  /** Gives the call back at once, for this reason. */
  refunded?: string;
};

export type Role = "owner" | "admin" | "developer" | "viewer";

export type Story = {
  /** The first one is signed in; the owner alone when left out. An address that is there already is the same person. */
  people?: { name: string; role: Role; email?: string }[];
  timeZone?: string;
  /** When it began; everything else is later. */
  minutesAgo?: number;
  /** `owner` is the place of one of the people. */
  keys?: { name: string; limits?: Partial<Record<"total" | "day" | "week" | "month", string>>; owner?: number }[];
  plan?: string;
  steps?: Step[];
};

/** `uuid` and `session` are what the browser's cookies hold. */
export type Told = {
  organization: string;
  name: string;
  uuid: string;
  session: string;
  email: string;
  /** Everybody's addresses, in the order of the story. */
  emails: string[];
  keys: { id: string; key: string; name: string }[];
};

/**
 * One line to the program that tells stories: a new organization, the session of somebody who is there already, or a
 * new key of an organization by its external id.
 */
export type Asked = { story: Story } | { email: string } | { keyOf: string };
