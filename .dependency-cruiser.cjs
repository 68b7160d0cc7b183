/**
 * Imports go one way: app → components → lib/adapters → lib/<domain> → lib/platform → lib/kernel.
 * A domain's line names the domains it stands on; a folder under lib/ that is not named here may import nothing.
 */
const DOMAINS = {
  audit: [],
  catalogue: ["audit"],
  ledger: ["catalogue"],
  accounts: ["ledger"],
  gate: ["accounts"],
  usage: ["gate"],
  payments: ["usage"],
  plans: ["payments"],
  topup: ["payments"],
  alerts: ["topup"],
  statements: ["usage"],
};
/**
 * What the pages under components/ share, each with the rooms that it stands on. Every other folder there is one page:
 * a page imports rooms, and no other page.
 */
const ROOMS = {
  format: [],
  ui: ["format"],
  context: ["format"],
  actions: ["ui"],
  data: ["context"],
  values: ["context", "ui"],
  charts: ["values"],
  csv: ["ui"],
  ledger: ["values"],
  calls: ["ledger", "data"],
  level: ["context", "ui"],
  limits: ["values"],
  balance: ["level", "values"],
  organization: ["actions", "context"],
  layout: ["data", "ui"],
  prices: ["layout", "format", "ui"],
};
const LOWER = ["kernel", "platform"];
const TEST = "\\.test\\.tsx?$";
const GENERATED = "^lib/platform/generated";
const domains = Object.keys(DOMAINS);
const anyDomain = `^lib/(?:${domains.join("|")})/`;

/** Every domain, or room, below the named one, however many steps. */
const below = (name, table = DOMAINS) => [...new Set(table[name].flatMap((next) => [next, ...below(next, table)]))];
const rooms = Object.keys(ROOMS);
const anyRoom = `^components/(?:${rooms.join("|")})/`;
const rule = (name, comment, from, to) => ({ name, severity: "error", comment, from, to });
const layer = (name, from, above) =>
  rule(`layer-${name}`, `${name} may not import what stands above it.`, { path: from, pathNot: TEST }, { path: above });

module.exports = {
  forbidden: [
    rule("no-cycles", "A cycle has no order to read it in.", { pathNot: GENERATED }, { circular: true }),
    layer(
      "kernel",
      "^lib/kernel/",
      "^(?:app|components|server|scripts|prisma|tests|bench|sandbox|e2e)/|^lib/(?!kernel/)",
    ),
    layer(
      "platform",
      "^lib/platform/",
      "^(?:app|components|server|scripts|prisma|tests|bench|sandbox|e2e)/|^lib/(?!kernel/|platform/)",
    ),
    layer("domains", anyDomain, "^(?:app|components|server|scripts|prisma|tests|bench|sandbox|e2e)/|^lib/adapters/"),
    layer("adapters", "^lib/adapters/", "^(?:app|components|server|scripts|prisma|tests|bench|sandbox|e2e)/"),
    layer("components", "^components/", "^(?:app|server|scripts|prisma|tests|bench|sandbox|e2e)/|^lib/platform/"),
    layer("app", "^app/", "^(?:server|scripts|prisma|tests|bench|sandbox|e2e)/"),
    rule(
      "declared-folders",
      "A new folder under lib/ is first declared in .dependency-cruiser.cjs.",
      { path: `^lib/(?!(?:${[...LOWER, "adapters", ...domains].join("|")})/)[^/]+/` },
      { path: ".+" },
    ),
    ...domains.map((name) =>
      rule(
        `domain-${name}`,
        `${name} stands on: ${below(name).join(", ") || "no other domain"}.`,
        { path: `^lib/${name}/`, pathNot: TEST },
        { path: `^lib/(?!(?:${[...LOWER, name, ...below(name)].join("|")})/)[^/]+/` },
      ),
    ),
    rule(
      "domain-doors",
      "A domain is entered by index.ts (server) or schema.ts (zod and types).",
      { path: "^lib/([^/]+)/", pathNot: TEST },
      { path: `${anyDomain}.+`, pathNot: ["^lib/$1/", "^lib/[^/]+/(?:index|schema)\\.ts$"] },
    ),
    rule(
      "outer-doors",
      "A domain is entered by index.ts (server) or schema.ts (zod and types).",
      { path: "^(?:app|server|scripts|prisma|bench)/" },
      { path: `${anyDomain}.+`, pathNot: "^lib/[^/]+/(?:index|schema)\\.ts$" },
    ),
    rule(
      "client-door",
      "Components are sent to the browser: only schema.ts is safe there.",
      { path: "^components/", pathNot: TEST },
      { path: `${anyDomain}.+`, pathNot: "^lib/[^/]+/schema\\.ts$" },
    ),
    ...rooms.map((name) =>
      rule(
        `room-${name}`,
        `components/${name} stands on: ${below(name, ROOMS).join(", ") || "no other room"}.`,
        { path: `^components/${name}/`, pathNot: TEST },
        { path: `^components/(?!(?:${[name, ...below(name, ROOMS)].join("|")})/)` },
      ),
    ),
    rule(
      "pages-apart",
      "A page imports no other page: what two share moves into a room (ROOMS above).",
      { path: "^components/([^/]+)/", pathNot: [TEST, anyRoom] },
      { path: "^components/", pathNot: ["^components/$1/", anyRoom] },
    ),
    rule(
      "no-framework-in-domains",
      "A domain knows no transport and no page.",
      { path: [anyDomain, "^lib/kernel/"] },
      { path: "node_modules/(?:@types/)?(?:next|react|react-dom|next-auth|hono|@hono/node-server)/" },
    ),
    rule(
      "stripe-at-the-edge",
      "Stripe's types stop at lib/payments.",
      { pathNot: ["^lib/payments/", "^sandbox/", "^tests/", TEST] },
      { path: "node_modules/stripe/" },
    ),
    rule(
      "sandbox-apart",
      "The stand-in for Stripe is loaded by its starter, the demo and tests; nothing else may rely on it.",
      { pathNot: ["^sandbox/", "^server/payment-stand-in\\.ts$", "^prisma/demo/provider\\.ts$", "^tests/", TEST] },
      { path: "^sandbox/" },
    ),
    rule(
      "sandbox-alone",
      "The stand-in for Stripe knows the provider's interface, and nothing of ours but the kernel.",
      { path: "^sandbox/", pathNot: TEST },
      { path: "^(?:app|components|server|scripts|prisma|tests|bench|e2e)/|^lib/(?!kernel/)" },
    ),
    rule(
      "prisma-in-stores",
      "Rows are read and written in store.ts files; everything else asks them.",
      { path: "^(?:app|components|lib|server)/", pathNot: ["^lib/platform/", "[/-]store\\.ts$", TEST] },
      { path: [GENERATED, "node_modules/(?:@prisma/client|@prisma/adapter-pg|pg)/"] },
    ),
    rule(
      "pure-kernel",
      "The kernel does no input or output.",
      { path: "^lib/kernel/", pathNot: TEST },
      { dependencyTypes: ["core"], pathNot: "^(?:node:)?crypto$" },
    ),
  ],
  options: {
    doNotFollow: { path: ["node_modules", GENERATED] },
    exclude: { path: ["^\\.next/", "^\\.tollgate/"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
