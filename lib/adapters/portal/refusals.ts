import type { Catalogue } from "@/lib/catalogue/schema";
import { TollgateError } from "@/lib/kernel/errors";
import { refusal } from "../http/problem";

const REASON: Record<number, string> = { 402: "Payment Required", 422: "Unprocessable Content" };

function onTheWire(error: TollgateError): string {
  const { status, type, text } = refusal(error, undefined);
  const body = JSON.stringify(JSON.parse(text), null, 2);
  return `HTTP/1.1 ${status} ${REASON[status]}\ncontent-type: ${type}\n\n${body}`;
}

/** Refusals in the dialect of this catalogue's API, made by the function that answers them. */
export function refusalExamples({ insufficient, dialect }: Catalogue) {
  const limit = "This call would exceed the key's day limit. Raise the limit, or wait until it resets.";
  const field = { field: "quantities.output_tokens" };
  const amounts = { required: "0.24", available: "0.1" };
  return {
    problem: onTheWire(new TollgateError("validation_failed", "The model has no meter output_tokens", field)),
    empty: onTheWire(new TollgateError(insufficient.code, insufficient.message, amounts)),
    other: onTheWire(new TollgateError("key_limit_exceeded", limit, { ...amounts, window: "day" })),
    dialect: dialect !== null,
  };
}
