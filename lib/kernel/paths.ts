/** Every address of the portal, so that a moved page is a type error and not a dead link. */
export const paths = {
  /** Leads to the organization that the reader used last. */
  start: "/",
  /** What `start` and every address without an organization are answered by; `?to=` is the address in base64url. */
  lastUsed: "/o",
  webhooks: "/webhooks/stripe",
  invitations: "/invitations",
  signIn: "/sign-in",
  signInLink: "/sign-in/link",
  outbox: "/dev/outbox",
  docs: "/docs",
  openapi: "/openapi.json",
} as const;

/** The pages and files of one organization, below its own address. */
const OWN = {
  overview: "",
  usage: "/usage",
  usageCsv: "/usage/events.csv",
  transactions: "/transactions",
  transactionsCsv: "/transactions.csv",
  billing: "/billing",
  addFunds: "/billing/add-funds",
  paymentMethods: "/billing/payment-methods",
  autoTopUp: "/billing/auto-top-up",
  subscription: "/billing/subscription",
  invoices: "/billing/invoices",
  /** The payment provider's return address; `?payment=` or `?cards=1` names the object. */
  paymentReturn: "/billing/return",
  keys: "/keys",
  team: "/team",
  settings: "/settings",
  audit: "/settings/audit",
  auditCsv: "/audit.csv",
  developers: "/developers",
  developersReference: "/developers/reference",
  developersErrors: "/developers/errors",
  developersPrices: "/developers/prices",
  developersCalculator: "/developers/calculator",
} as const;

type Own = typeof OWN;
type OwnName = keyof Own;
export type OrganizationPaths = { readonly [Name in OwnName]: `/o/${string}${Own[Name]}` } & {
  key: (id: string) => `/o/${string}/keys/${string}`;
  /** Leads to the provider's PDF of an invoice. */
  invoiceFile: (id: string) => `/o/${string}/data/invoices/${string}`;
  /** The addresses of pages' reads: `data("balance")`. */
  data: (what: string) => `/o/${string}/data/${string}`;
};

/** The addresses of the organization with the public id (`org_…`). */
export function organizationPaths(id: string): OrganizationPaths {
  const at = `/o/${encodeURIComponent(id)}` as const;
  const pages = Object.fromEntries(Object.entries(OWN).map(([name, place]) => [name, `${at}${place}`]));
  return {
    ...(pages as { [Name in OwnName]: `/o/${string}${Own[Name]}` }),
    key: (key) => `${at}/keys/${encodeURIComponent(key)}`,
    invoiceFile: (id) => `${at}/data/invoices/${encodeURIComponent(id)}`,
    data: (what) => `${at}/data/${what}`,
  };
}

/** The public id of the organization that an address names; undefined when it names none. */
export function organizationIn(pathname: string): string | undefined {
  return /^\/o\/(org_[\w-]+)(?:\/|$)/.exec(pathname)?.[1];
}

const READS = new Set(["data", "transactions.csv", "audit.csv"]);
const SECTIONS = new Set(Object.values(OWN).map((place) => place.split("/")[1] ?? ""));

/** The kind of an address without an organization: a page, a read, or no address of the portal. */
export function placeless(pathname: string): "page" | "read" | undefined {
  const section = pathname.split("/")[1] ?? "";
  if (READS.has(section) || pathname === OWN.usageCsv) return "read";
  return SECTIONS.has(section) ? "page" : undefined;
}
