/** The real API in the test's own process: the same fetch that the server calls, on this file's database. */

export type Answer<T = unknown> = { status: number; headers: Headers; text: string; body: T };
export type Send = {
  token?: string;
  /** A string is sent as it is, anything else as JSON. */
  body?: unknown;
  idempotencyKey?: string;
  headers?: Record<string, string>;
};

/** The file names its catalogue before the API is imported: `const send = await openApi("persly")`. */
export async function openApi(catalogue: string) {
  process.env.CATALOGUE = catalogue;
  const { apiFetch } = await import("@/lib/adapters/http/app");
  return async function send<T = unknown>(method: string, path: string, options: Send = {}): Promise<Answer<T>> {
    const headers = new Headers(options.headers);
    if (options.token) headers.set("authorization", `Bearer ${options.token}`);
    if (options.idempotencyKey) headers.set("idempotency-key", options.idempotencyKey);
    const init: RequestInit = { method, headers };
    if (options.body !== undefined) {
      if (!headers.has("content-type")) headers.set("content-type", "application/json");
      init.body = typeof options.body === "string" ? options.body : JSON.stringify(options.body);
    }
    const response = await apiFetch(new Request(`http://localhost${path}`, init));
    const text = await response.text();
    const json = /json/.test(response.headers.get("content-type") ?? "");
    return { status: response.status, headers: response.headers, text, body: (json ? JSON.parse(text) : text) as T };
  };
}
