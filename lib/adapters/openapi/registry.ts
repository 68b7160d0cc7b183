/** Every route that was defined, as data: the adapter validates by it and the OpenAPI document is written from it. */
import type { z } from "zod";
import type { Catalogue } from "@/lib/catalogue/schema";
import type { ErrorCode } from "@/lib/kernel/errors";

export type Method = "GET" | "POST";
/** `session` is a key or the portal's own session. */
export type Auth = "gateway" | "key" | "either" | "session" | "none";
export type RouteEntry = {
  method: Method;
  /** As OpenAPI writes it: `/v1/holds/{id}/settle`. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  auth: Auth;
  query?: z.ZodObject;
  body?: z.ZodType;
  bodyOptional?: boolean;
  idempotency?: "required" | "optional";
  answer: { status?: 200 | 201; description: string; schema?: z.ZodType; type?: string };
  /** Whether the catalogue has the route; left out, every catalogue has it. */
  offered?: (catalogue: Catalogue) => boolean;
  /** Beyond those that follow from the rest (401, 415, 422, …). */
  errors?: readonly ErrorCode[];
};

export const routes: RouteEntry[] = [];
