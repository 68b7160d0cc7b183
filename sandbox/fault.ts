/** An error as Stripe answers it: an HTTP status and an object with type, code and a sentence. */
import type Stripe from "stripe";

export type ErrorBody = {
  type: "api_error" | "card_error" | "idempotency_error" | "invalid_request_error";
  message: string;
  code?: string;
  decline_code?: string;
  param?: string;
  charge?: string;
  doc_url?: string;
  payment_intent?: Stripe.PaymentIntent;
  payment_method?: Stripe.PaymentMethod;
  setup_intent?: Stripe.SetupIntent;
};

/** `saved`: whether the answer is kept under its idempotency key. Wrong parameters are not, as at Stripe. */
export class StripeFault extends Error {
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
    readonly saved = true,
  ) {
    super(body.message);
  }
}

const DOCS = "https://docs.stripe.com/error-codes/";

export function invalid(message: string, code?: string, param?: string): StripeFault {
  return new StripeFault(400, {
    type: "invalid_request_error",
    message,
    ...(code && { code, doc_url: DOCS + code.replaceAll("_", "-") }),
    ...(param && { param }),
  });
}

/** A missing object of the path is 404, one of a parameter is 400. */
export function missing(noun: string, id: string, param?: string): StripeFault {
  const fault = invalid(`No such ${noun}: '${id}'`, "resource_missing", param ?? "id");
  return new StripeFault(param ? 400 : 404, fault.body, param !== undefined);
}

export type Decline = { code: string; decline_code?: string; message: string; param?: string };

type Around = Pick<ErrorBody, "charge" | "payment_intent" | "payment_method" | "setup_intent">;

export function cardFault({ code, decline_code, message, param }: Decline, around: Around = {}): StripeFault {
  return new StripeFault(402, {
    type: "card_error",
    code,
    message,
    doc_url: DOCS + code.replaceAll("_", "-"),
    ...(decline_code && { decline_code }),
    ...(param && { param }),
    ...around,
  });
}
