/** What the reference model is made of. Times are milliseconds, amounts the unit's steps. */
export type Kind = "plan" | "promotional" | "purchased" | "adjustment";
export type Grant = {
  kind: Kind;
  amount: bigint;
  remaining: bigint;
  held: bigint;
  priority: number;
  expiresAt: number | null;
  createdAt: number;
};
/** A piece of a call's money: of a grant, or of no grant, which is debt. */
export type Part = { grant: Grant | null; amount: bigint };
export type Limits = { total?: bigint; day?: bigint; week?: bigint; month?: bigint };
/** The amounts of a call in the windows of its key and of the key's owner at the call. */
export type Move = { at: number; held: bigint; spent: bigint; owner: Member | null };
export type Member = { limits: Limits };
export type Key = { limits: Limits; owner: Member | null; moves: Move[] };
export type Hold = {
  state: "open" | "settled" | "released" | "expired";
  /** Its usage came after it had expired. */
  late: boolean;
  key: Key | null;
  owner: Member | null;
  openedAt: number;
  expiresAt: number;
  ceiling: bigint;
  ceilingPlan: bigint;
  parts: Part[];
  discount: number;
  cycle: number | null;
};
export type Paid = { hold: Hold | null; key: Key | null; owner: Member | null } & {
  at: number;
  cost: bigint;
  refunded: bigint;
  parts: Part[];
};
export type Plan = { allowance: bigint; discount: number; free: boolean; mode: "toggle" | "always" };
export type Subscription = Plan & {
  enabled: boolean;
  limit: bigint | null;
  spent: bigint;
  held: bigint;
  anchor: number;
  cycle: number;
  start: number;
  end: number;
};
export type Answer = {
  code: string;
  amount: bigint;
  plan: bigint;
  released: bigint;
  waived: bigint;
  available: bigint;
  expiresAt: number;
  seq: bigint;
};
