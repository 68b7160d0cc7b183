/** What a customer does at a hosted page, without a browser: its form is sent, and redirects are followed. */

export type Visit = {
  /** 4242424242424242 unless another is named. */
  number?: string;
  expiry?: string;
  cvc?: string;
  /** A saved card's id instead of a number. */
  saved?: string;
  /** Ticks "Save this card for later payments". */
  save?: boolean;
  email?: string;
  /** What is done at the page of 3-D Secure. */
  authenticate?: "complete" | "fail";
};
/** Where the browser is led in the end, or what the form says; `text` is the last page. */
export type Browsed =
  | { to: string; error?: undefined; text?: undefined }
  | { error: string; to?: undefined; text: string };

const MOST_STEPS = 6;
const ERROR = /<p class="error" role="alert">([^<]*)<\/p>/;
const ENTITIES: Readonly<Record<string, string>> = {
  "&#39;": "'",
  "&amp;": "&",
  "&quot;": '"',
  "&lt;": "<",
  "&gt;": ">",
};

const plain = (text: string) => text.replace(/&(?:#39|amp|quot|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity);

function fieldsOf(visit: Visit): URLSearchParams {
  const { number = "4242424242424242", expiry = "12 / 34", cvc = "123", saved, save, email } = visit;
  const card: Record<string, string> = saved ? { card: saved, number: "" } : { card: "new", number, expiry, cvc };
  return new URLSearchParams({ ...card, ...(save && { save: "1" }), ...(email && { email }) });
}

export async function browse(address: string | null, visit: Visit): Promise<Browsed> {
  if (!address) throw new Error("There is no page: the session is over.");
  const { origin } = new URL(address);
  const sent = new Set<string>();
  let at = address;
  for (let step = 0; step < MOST_STEPS; step++) {
    const asksBank = at.includes("/sandbox/3d-secure/");
    const isForm = !sent.has(at) && (asksBank || /\/sandbox\/(?:checkout|invoices)\//.test(at));
    const body = asksBank ? new URLSearchParams({ result: visit.authenticate ?? "complete" }) : fieldsOf(visit);
    sent.add(at);
    const answer = await fetch(at, { redirect: "manual", ...(isForm && { method: "POST", body }) });
    const text = await answer.text();
    const next = answer.headers.get("location");
    if (!next) {
      const error = ERROR.exec(text)?.[1];
      return error === undefined && answer.ok ? { to: at } : { error: plain(error ?? text), text };
    }
    at = new URL(next, at).href;
    if (!at.startsWith(`${origin}/sandbox/`)) return { to: at };
  }
  throw new Error(`${address} leads nowhere.`);
}
