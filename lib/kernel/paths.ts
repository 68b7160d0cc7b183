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
  /** Leads to the public prices, which have the catalogue's name: `pricesPath`. */
  prices: "/prices",
  /** The cost of one call, for a frame in the operator's own pages. */
  estimate: "/estimate",
  openapi: "/openapi.json",
} as const;

/** The pages whose place the catalogue's words say; these are the folders of `app/` that serve them. */
export const PLACED_PAGES = {
  billing: "/billing",
  addFunds: "/billing/add-funds",
  paymentMethods: "/billing/payment-methods",
  autoTopUp: "/billing/auto-top-up",
  subscription: "/billing/subscription",
  invoices: "/billing/invoices",
  statements: "/billing/statements",
} as const;
export type PlacedPage = keyof typeof PLACED_PAGES;
/** The words on the way to a page, such as Settings, Billing, Credits. */
export type PlaceWords = Readonly<Record<PlacedPage, readonly string[]>>;

/** The pages and files of one organization, below its own address. */
const OWN = {
  overview: "",
  usage: "/usage",
  usageCsv: "/usage/events.csv",
  /** Only where the catalogue names the tag of a run. */
  runs: "/runs",
  transactions: "/transactions",
  transactionsCsv: "/transactions.csv",
  ...PLACED_PAGES,
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
  developersLimits: "/developers/limits",
} as const;

type Own = typeof OWN;
type OwnName = keyof Own;
export type OrganizationPaths = { readonly [Name in OwnName]: `/o/${string}${Own[Name]}` } & {
  key: (id: string) => `/o/${string}/keys/${string}`;
  /** Leads to the provider's PDF of an invoice. */
  invoiceFile: (id: string) => `/o/${string}/data/invoices/${string}`;
  /** The file of a month's statement. */
  statementFile: (month: string, form: "pdf" | "csv") => `/o/${string}/data/statements/${string}`;
  /** The addresses of pages' reads: `data("balance")`. */
  data: (what: string) => `/o/${string}/data/${string}`;
};

/** The part of an address that a word of the catalogue makes: "Add Funds" is `add-funds`; undefined without letters. */
function partOf(word: string): string | undefined {
  return word
    .normalize("NFKD")
    .toLowerCase()
    .match(/[a-z0-9]+/g)
    ?.join("-");
}

/** Whether auto top-up is a part of the page of purchases: the catalogue's words say one place for both. */
export function sharesPlace({ addFunds, autoTopUp }: Pick<PlaceWords, "addFunds" | "autoTopUp">): boolean {
  return addFunds.join("\n") === autoTopUp.join("\n");
}

/** The address of a page below its organization's: its words, or its folder where a word has no letter from a to z. */
export function placedAddress(page: PlacedPage, places: PlaceWords): string {
  const parts = places[page].map(partOf);
  const address = parts.includes(undefined) ? PLACED_PAGES[page] : `/${parts.join("/")}`;
  return page === "autoTopUp" && sharesPlace(places) ? `${address}#auto-top-up` : address;
}

/**
 * The addresses of the organization with the public id (`org_…`). Without the catalogue's places they are those of the
 * folders, which lead to the places.
 */
export function organizationPaths(id: string, places?: PlaceWords): OrganizationPaths {
  const at = `/o/${encodeURIComponent(id)}` as const;
  const placeOf = (name: string, folder: string) =>
    places && Object.hasOwn(PLACED_PAGES, name) ? placedAddress(name as PlacedPage, places) : folder;
  const pages = Object.fromEntries(
    Object.entries(OWN).map(([name, folder]) => [name, `${at}${placeOf(name, folder)}`]),
  );
  return {
    ...(pages as { [Name in OwnName]: `/o/${string}${Own[Name]}` }),
    key: (key) => `${at}/keys/${encodeURIComponent(key)}`,
    invoiceFile: (id) => `${at}/data/invoices/${encodeURIComponent(id)}`,
    statementFile: (month, form) => `${at}/data/statements/${encodeURIComponent(month)}.${form}`,
    data: (what) => `${at}/data/${what}`,
  };
}

/** The public id of the organization that an address names; undefined when it names none. */
export function organizationIn(pathname: string): string | undefined {
  return /^\/o\/(org_[\w-]+)(?:\/|$)/.exec(pathname)?.[1];
}

const READS = new Set(["data", "transactions.csv", "audit.csv"]);
const SECTIONS = new Set(Object.values(OWN).map((place) => place.split("/")[1] ?? ""));
/** First parts of addresses that are no page of `paths` or of an organization: the API's, and the demo's. */
const OTHER_PARTS = ["v1", "api", "healthz", "readyz", "metrics", "webhooks", "gallery", "dev"];
const OWN_NAMES = Object.values(paths).map((at) => at.split("/")[1] ?? "");
const TAKEN = new Set([...SECTIONS, ...READS, ...OTHER_PARTS, ...OWN_NAMES]);

/** The address of the public prices, from what the catalogue calls them: "Models" is at `/models`. */
export function pricesPath(label: string): `/${string}` {
  return `/${partOf(label) ?? "prices"}`;
}

/** Whether another kind of page or file of an organization is at this address below it. */
export function isTakenPlace(address: string): boolean {
  const others = Object.entries(OWN).filter(([name]) => !Object.hasOwn(PLACED_PAGES, name));
  return address.startsWith("/data/") || others.some(([, folder]) => folder === address);
}

/** Whether a page or file of another kind is at this address of one part. */
export function isTaken(pathname: string): boolean {
  return pathname !== paths.prices && TAKEN.has(pathname.slice(1));
}

/**
 * Whether a search engine may list the address: only the public prices are for it. Their name is the catalogue's, so
 * this leaves out every other page, and a page that does not exist is a 404 with a tag of its own.
 */
export function isListed(pathname: string): boolean {
  return /^\/[a-z0-9-]+$/.test(pathname) && !isTaken(pathname);
}

/** The kind of an address without an organization: a page, a read, or no address of the portal. */
export function placeless(pathname: string): "page" | "read" | undefined {
  const section = pathname.split("/")[1] ?? "";
  if (READS.has(section) || pathname === OWN.usageCsv) return "read";
  return SECTIONS.has(section) ? "page" : undefined;
}
