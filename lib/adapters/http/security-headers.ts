/**
 * The headers that limit what a browser does with our responses. Pages get a policy of their own with each answer,
 * because its nonce is the proof that a script is ours; everything else is data, with which a browser may do nothing.
 */
import { type Env, env } from "@/lib/platform/env";

type Headers = Readonly<Record<string, string>>;

/** The request's header in which a page finds the nonce of its policy. Whatever a caller writes there is replaced. */
export const NONCE_HEADER = "x-nonce";

/** Two years, with all hosts below ours, as OWASP and browsers' preload lists require. */
const TRANSPORT = "max-age=63072000; includeSubDomains";

/**
 * The style sheet that the library of toasts puts into the page by itself, without a nonce: first the empty element, then
 * these exact words. A test compares the hashes with the installed version.
 */
export const TOAST_STYLE_HASHES = [
  "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
  "sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY=",
] as const;
const TOAST_STYLE = TOAST_STYLE_HASHES.map((hash) => `'${hash}'`).join(" ");

/** No page uses any of them, and none that is framed in ours may. */
const FEATURES =
  "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), bluetooth=(), display-capture=(), browsing-topics=()";

const isSecure = ({ PUBLIC_URL }: Env) => PUBLIC_URL?.startsWith("https:") ?? false;

/** For every answer, whatever it is. */
function common(of: Env): Headers {
  return { "x-content-type-options": "nosniff", ...(isSecure(of) && { "strict-transport-security": TRANSPORT }) };
}

/** Who may show our pages in a frame: no page, unless the operator names origins. */
const framers = ({ EMBED_ORIGINS }: Env) => (EMBED_ORIGINS.length > 0 ? EMBED_ORIGINS.join(" ") : "'none'");

/** A form that is sent without scripts may lead to where the reader proves who they are. */
const formTargets = ({ AUTH_GITHUB_ID, AUTH_GOOGLE_ID }: Env) =>
  ["'self'", AUTH_GITHUB_ID && "https://github.com", AUTH_GOOGLE_ID && "https://accounts.google.com"]
    .filter(Boolean)
    .join(" ");

/** The policy of a page: scripts and styles with the nonce, and nothing from another host. */
export function pagePolicy(nonce: string, of: Env): string {
  const dev = of.NODE_ENV === "development";
  const ours = `'nonce-${nonce}'`;
  const directives = [
    "default-src 'none'",
    `script-src 'self' ${ours} 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    // In development styles arrive by script, which knows no nonce.
    `style-src-elem 'self' ${dev ? "'unsafe-inline'" : `${ours} ${TOAST_STYLE}`}`,
    // Widths and colours of charts are attributes, for which there is no nonce. They run nothing.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${dev ? " ws:" : ""}`,
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    `form-action ${formTargets(of)}`,
    `frame-ancestors ${framers(of)}`,
    ...(isSecure(of) ? ["upgrade-insecure-requests"] : []),
  ];
  return directives.join("; ");
}

/** For the portal's pages, files and refusals; the policy of a page comes on top. */
export function portalHeaders(of: Env = env()): Headers {
  return {
    ...common(of),
    // Not `no-referrer`: with it a browser sends our own forms with `Origin: null`, and those are refused.
    "referrer-policy": "same-origin",
    "permissions-policy": FEATURES,
    "cross-origin-opener-policy": "same-origin",
    // The older word for frame-ancestors; it cannot name an origin, so it is left out where one may.
    ...(of.EMBED_ORIGINS.length === 0 && { "x-frame-options": "DENY" }),
  };
}

/** For responses of the API: they are never pages, and no cache may store them. */
export function dataHeaders(of: Env = env()): Headers {
  return {
    ...common(of),
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
  };
}
