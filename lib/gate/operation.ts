/** One call as the ledger's batch function takes it, and what it answers. */
import type { ErrorCode } from "@/lib/kernel/errors";

export type OperationKind = "hold" | "charge" | "settle" | "release";

/** Amounts are priced already; `price` is −1 when the call could not be priced, and then only a replay is answered. */
export type Operation = {
  kind: OperationKind;
  organizationId: string;
  keyId: string | null;
  /** Which of the key's secrets was shown; 0 where none was. */
  generation: number;
  secretId: string | null;
  id: string;
  idempotencyKey: string;
  requestHash: string;
  price: bigint;
  /** What the call costs when the plan pays it. */
  planPrice: bigint;
  /** The subscription that it was priced with; 0 is none. */
  version: number;
  /** Settle beyond the ceiling. */
  actual: boolean;
  expiresInSeconds: number;
  endpoint: string | null;
  model: string | null;
  /** By meter slot, as PostgreSQL writes an array. */
  quantities: string;
  options: string | null;
  tags: string | null;
  resourceType: string | null;
  resourceId: string | null;
  fingerprint: string | null;
  occurredAt: string | null;
  catalogueVersion: number;
  discountPercent: number;
  /** `[{tag, value, limit}]` of the plan's limits. */
  limited: string | null;
  /** Why a settle has no usage of its own; null where it has. */
  usage: "unknown" | null;
  /** The catalogue's tags with sums of their own. */
  rollupTags: readonly string[];
};

export type Refusal =
  | "key_limit_exceeded"
  | "member_limit_exceeded"
  | "plan_limit_reached"
  | "payg_disabled"
  | "payg_limit_reached";
export type OutcomeCode =
  | "ok"
  | "replay"
  | "reused"
  | "ended"
  | "not_found"
  | "busy"
  | "stale"
  | "unpriced"
  | "again"
  | "unauthenticated"
  | "key_restricted"
  | "insufficient"
  | Extract<ErrorCode, Refusal>;

/** `amount` is a hold's ceiling or an ended call's cost; of a refusal, what it would have taken. */
export type Outcome = {
  code: OutcomeCode;
  id: string;
  amount: bigint;
  amountPlan: bigint;
  released: bigint;
  waived: bigint;
  available: bigint;
  /** Milliseconds since 1970. */
  expiresAt: number;
  transactionSeq: bigint;
  detail: string | null;
};

/** Settles and releases of one hold, and calls with one key, must not meet in one batch. */
export function conflictKey(operation: Operation): string {
  if (operation.kind === "settle" || operation.kind === "release") return operation.id;
  return `${operation.kind} ${operation.organizationId} ${operation.idempotencyKey}`;
}
