/** Calls of Humalike's page, and its refusal. */
import type { Call } from "../fixtures/gateway-calls";

export const call = (endpoint: string, model: string, quantities: Record<string, number> = {}): Call => ({
  endpoint,
  model,
  quantities,
});
export const personas = (persona: number) => call("personas", "generate", { persona });
export const extract = (input_token: number, output_token: number) =>
  call("social-learning", "extract", { input_token, output_token });
export const ingest = call("social-memory", "ingest", { input_token: 50_000 });

export const REFUSED = '{"error":{"code":"PAYMENT_REQUIRED","message":"insufficient credits"}}';
