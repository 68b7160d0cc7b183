/** Idempotency keys: a repeat of a key gets the first answer, for a day. */
import { StripeFault } from "./fault";
import type { Form } from "./form-body";
import type { SavedAnswer } from "./kinds";
import type { World } from "./world";

const LIFE_SECONDS = 24 * 3_600;
const LONGEST_KEY = 255;

function idempotencyFault(message: string, status = 400): StripeFault {
  return new StripeFault(
    status,
    { type: "idempotency_error", message, ...(status === 409 && { code: "idempotency_key_in_use" }) },
    false,
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

export const canonical = (form: Form) => JSON.stringify(sorted(form));

/** Errors: idempotency_error for a key that was used for another request. */
export function earlierAnswer(
  world: World,
  key: string,
  asked: { method: string; path: string; request: string },
): SavedAnswer | undefined {
  if (key.length > LONGEST_KEY)
    throw idempotencyFault(
      `Idempotency key is too long (${key.length} characters). It may have at most ${LONGEST_KEY}.`,
    );
  const saved = world.store.get("answer", key);
  if (!saved) return undefined;
  if (saved.created + LIFE_SECONDS <= world.now()) {
    world.store.remove("answer", key);
    return undefined;
  }
  if (saved.path !== asked.path || saved.method !== asked.method) {
    throw idempotencyFault(
      `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${asked.path}' vs '${saved.path}'). Try using a key other than '${key}' if you meant to execute a different request.`,
    );
  }
  if (saved.request !== asked.request) {
    throw idempotencyFault(
      `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    );
  }
  return saved;
}
