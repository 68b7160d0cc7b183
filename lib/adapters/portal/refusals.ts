import "../http/app";
import { insufficientCode } from "@/lib/catalogue";
import type { Catalogue } from "@/lib/catalogue/schema";
import { type ErrorCode, TollgateError } from "@/lib/kernel/errors";
import { PROBLEM_TYPE, refusal } from "../http/problem";
import { answeredErrors } from "../openapi/document";

const REASON: Record<number, string> = { 402: "Payment Required", 422: "Unprocessable Content" };

function onTheWire(error: TollgateError, accept?: string): string {
  const { status, type, text } = refusal(error, { accept });
  const body = JSON.stringify(JSON.parse(text), null, 2);
  return `HTTP/1.1 ${status} ${REASON[status]}\ncontent-type: ${type}\n\n${body}`;
}

/** Refusals in the dialect of this catalogue's API, made by the function that answers them. */
export function refusalExamples({ insufficient, dialect }: Catalogue) {
  const limit = "This call would exceed the key's day limit. Raise the limit, or wait until it resets.";
  const wrong = new TollgateError("validation_failed", "The model has no meter output_tokens", {
    field: "quantities.output_tokens",
  });
  const amounts = { required: "0.24", available: "0.1" };
  return {
    problem: onTheWire(wrong, PROBLEM_TYPE),
    empty: onTheWire(new TollgateError(insufficient.code, insufficient.message, amounts)),
    other: onTheWire(new TollgateError("key_limit_exceeded", limit, { ...amounts, window: "day" })),
    /** Another status in the operator's shape, where that is the shape of every error. */
    wrong: dialect?.all ? onTheWire(wrong) : null,
    dialect: dialect === null ? ("none" as const) : dialect.all ? ("all" as const) : ("payment" as const),
  };
}

/** The codes of this catalogue; `shown` is the word of its own page where that is another. */
export function errorRows(catalogue: Catalogue): { code: ErrorCode; shown: string }[] {
  const own = insufficientCode(catalogue);
  return answeredErrors(catalogue).map((code) => ({ code, shown: code === catalogue.insufficient.code ? own : code }));
}
