/** A gateway that does not give up: it repeats a request without an answer with the same key, for a minute. */
import http from "node:http";
import https from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { Mistake } from "../output";

export type Answer = { status: number; body: Record<string, unknown> };
type Sent = { method: "GET" | "POST"; path: string; body?: string; idempotencyKey?: string };

const TIMEOUT_MS = 10_000;
const PATIENCE_MS = 60_000;
const LONGEST_PAUSE_MS = 1_000;
/**
 * The server is restarting, overloaded or behind a proxy that lost it: nothing is known, so the same key asks again.
 */
const PASSING = new Set([429, 502, 503, 504]);

export class Gateway {
  readonly #agent: http.Agent;
  readonly #base: URL;
  readonly #secret: string;
  /** Milliseconds from sending to the answer, of every request that was answered, by route. */
  readonly latencies: Record<"hold" | "settle", number[]> = { hold: [], settle: [] };
  retries = 0;

  constructor(base: string, secret: string, connections: number) {
    this.#base = new URL(base);
    this.#secret = secret;
    const { Agent } = this.#base.protocol === "https:" ? https : http;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  #once({ method, path, body, idempotencyKey }: Sent): Promise<Answer> {
    const { request } = this.#base.protocol === "https:" ? https : http;
    const headers: Record<string, string | number> = { authorization: `Bearer ${this.#secret}` };
    if (body !== undefined)
      Object.assign(headers, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
    if (idempotencyKey) headers["idempotency-key"] = idempotencyKey;
    return new Promise((resolve, reject) => {
      const sent = request(
        new URL(path, this.#base),
        { method, headers, agent: this.#agent, timeout: TIMEOUT_MS },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => {
            try {
              resolve({ status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString()) });
            } catch {
              // A page of a proxy's, or an answer that was cut: the request is requested again.
              resolve({ status: response.statusCode === 200 ? 502 : (response.statusCode ?? 502), body: {} });
            }
          });
        },
      );
      sent.on("timeout", () => sent.destroy(new Error("the server did not answer in time")));
      sent.on("error", reject);
      sent.end(body);
    });
  }

  async #sendUntilAnswered(sent: Sent): Promise<Answer> {
    const until = performance.now() + PATIENCE_MS;
    for (let pause = 50; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      let why: string;
      try {
        const answer = await this.#once(sent);
        if (!PASSING.has(answer.status)) return answer;
        why = `${answer.status}`;
      } catch (error) {
        why = (error as Error).message || (error as { code?: string }).code || "no answer";
      }
      if (performance.now() > until) {
        throw new Mistake(`${this.#base.origin} did not answer ${sent.path} for ${PATIENCE_MS / 1_000} s (${why}).`);
      }
      this.retries += 1;
      await sleep(pause);
    }
  }

  async post(route: "hold" | "settle", path: string, body: object, idempotencyKey: string): Promise<Answer> {
    const started = performance.now();
    const answer = await this.#sendUntilAnswered({ method: "POST", path, body: JSON.stringify(body), idempotencyKey });
    this.latencies[route].push(performance.now() - started);
    return answer;
  }

  /** Errors: a Mistake for every answer but 200. */
  async get(path: string): Promise<Record<string, unknown>> {
    const { status, body } = await this.#sendUntilAnswered({ method: "GET", path });
    if (status !== 200) throw new Mistake(`${path} answered ${status}: ${String(body.detail ?? body.title ?? "")}`);
    return body;
  }

  close(): void {
    this.#agent.destroy();
  }
}
