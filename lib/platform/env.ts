/** The environment, read and checked once; nothing else in lib or app reads process.env. */
import { z } from "zod";

const flag = z.enum(["0", "1", "true", "false"]).transform((value) => value === "1" || value === "true");

/** A variable that is set to nothing is not set. */
const text = z
  .string()
  .optional()
  .transform((value) => value || undefined);

const perMinute = z.coerce.number().int().min(0).max(10_000_000);

// A URL's host may hold `*`, `;` and quotes, which have a meaning where an origin is written into a policy.
const ORIGIN = /^https?:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d+)?$/;

function isOrigin(word: string): boolean {
  return ORIGIN.test(word) && URL.canParse(word) && new URL(word).origin === word;
}

/** Origins with spaces or commas between them, each written exactly as a browser writes it. */
const origins = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((word) => word !== ""))
  .refine((words) => words.every(isOrigin), "must be origins such as https://app.example.com, without a path");

const variables = z.object({
  DATABASE_URL: z.string().default("postgresql://postgres:tollgate@127.0.0.1:5433/tollgate"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default("127.0.0.1"),
  ROLE: z.enum(["all", "web", "gate", "worker"]).default("all"),
  CATALOGUE: z.string().default("apertis"),
  AUTH_SECRET: z.string().min(32).optional(),
  /** The address under which the portal is reached from outside; decides cookies and links. */
  PUBLIC_URL: z.url().optional(),
  /** `smtp://user:password@host:587` or `smtps://…`. Without it mails stay in the database: the demo shows them. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** Whom mails are from; the catalogue's support address unless said otherwise. */
  MAIL_FROM: z.string().min(3).max(320).optional(),
  /** Without it the server starts its own stand-in for Stripe. */
  STRIPE_SECRET_KEY: text,
  /** `whsec_…`; two with a comma between them while the secret is rotated. */
  STRIPE_WEBHOOK_SECRET: text,
  /** Where Stripe's API is, when it is not Stripe's own address. */
  STRIPE_API_BASE: z.url({ protocol: /^https?$/ }).optional(),
  /** Who may become a user: anyone, or only invited people. */
  SIGN_UP: z.enum(["open", "invited"]).default("open"),
  AUTH_GITHUB_ID: text,
  AUTH_GITHUB_SECRET: text,
  /** A GitHub Enterprise Server's address, when it is not github.com. */
  AUTH_GITHUB_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ""))
    .optional(),
  AUTH_GOOGLE_ID: text,
  AUTH_GOOGLE_SECRET: text,
  /** Who may show the portal in a frame; no page if empty. */
  EMBED_ORIGINS: origins.default([]),
  /** Offers the demo user on the sign-in page. Never set it where the internet can reach. */
  DEMO: flag.default(false),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  /** One lane makes the largest batches; more help where the database has cores to spare. */
  GATE_LANES: z.coerce.number().int().min(1).max(16).default(1),
  GATE_BATCH: z.coerce.number().int().min(1).max(1_000).default(500),
  /** The number of our proxies. Only their entries of X-Forwarded-For count. */
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  /** Requests a minute; 0 is no limit. Of a customer key, of a gateway secret. */
  RATE_LIMIT_KEY: perMinute.default(600),
  RATE_LIMIT_GATEWAY: perMinute.default(0),
  /** From one address: wrong credentials, sign-ins, and other forms of the portal. */
  RATE_LIMIT_FAILURES: perMinute.default(120),
  RATE_LIMIT_SIGN_IN: perMinute.default(60),
  RATE_LIMIT_FORM: perMinute.default(300),
  /** Sign-in mails requested from one address in an hour. */
  RATE_LIMIT_MAIL: z.coerce.number().int().min(0).max(10_000_000).default(20),
  /** Opens the routes that only measurements use. */
  BENCH: flag.default(false),
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
});

const SECRET_LENGTH = 16;

/** One secret, or the new and the old one while they change. An empty one would be known to everyone. */
function areSecrets(list: string | undefined): boolean {
  const secrets = list?.split(",").map((secret) => secret.trim()) ?? [];
  return secrets.length >= 1 && secrets.length <= 2 && secrets.every(({ length }) => length >= SECRET_LENGTH);
}

/**
 * A link in a mail must not lead to a host that a request names. A caller without a secret must not report payments.
 */
export const schema = variables
  .refine(({ SMTP_URL, PUBLIC_URL }) => !SMTP_URL || PUBLIC_URL, {
    path: ["PUBLIC_URL"],
    error: "is needed with SMTP_URL: mails link to it",
  })
  .refine(({ STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET: secrets }) => !STRIPE_SECRET_KEY || areSecrets(secrets), {
    path: ["STRIPE_WEBHOOK_SECRET"],
    error: `is needed with STRIPE_SECRET_KEY: one secret, or two with a comma between them, of ${SECRET_LENGTH} characters or more each`,
  });

export type Env = z.infer<typeof schema>;

let parsed: Env | undefined;

/** Errors: a sentence that names every variable that is wrong. */
export function env(): Env {
  if (!parsed) {
    const result = schema.safeParse(process.env);
    if (!result.success) throw new Error(`The environment is wrong:\n${z.prettifyError(result.error)}`);
    parsed = result.data;
  }
  return parsed;
}
