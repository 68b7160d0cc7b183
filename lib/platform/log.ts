import pino from "pino";
import { env } from "./env";

/** Structured logs on standard output; credentials never reach them. */
export const log = pino({
  level: env().LOG_LEVEL,
  redact: ["authorization", "*.authorization", "headers.authorization", "headers.cookie"],
});
