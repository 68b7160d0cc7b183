/** The same API behind a real socket: bodies in pieces, bodies that nobody reads, streams that are left. */
import { randomUUID } from "node:crypto";
import { Agent, createServer, type IncomingMessage, type OutgoingHttpHeaders, request, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runShutdownPhase } from "@/lib/platform/lifecycle";
import { apiHandler } from "@/server/handlers";
import { gatewayApi } from "../fixtures/gateway";
import type { Customer } from "../fixtures/gateway-calls";

type Reply = { status: number; headers: IncomingMessage["headers"]; text: string };

let customer: Customer;
let server: Server;
let port: number;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

const api = await gatewayApi("apertis");
beforeAll(async () => {
  customer = await api.customer({ credit: "10" });
  server = createServer(await apiHandler());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});

afterAll(() => {
  agent.destroy();
  server.closeAllConnections();
  server.close();
});

const authorized = (more: OutgoingHttpHeaders = {}): OutgoingHttpHeaders => ({
  authorization: `Bearer ${api.secret}`,
  "content-type": "application/json",
  "idempotency-key": randomUUID(),
  ...more,
});
const hold = () =>
  JSON.stringify({ key: customer.key, endpoint: "chat", model: "gpt-4o", quantities: { input_token: 10 } });

/** Sends the pieces one after the other on the one connection there is. */
function post(path: string, pieces: (string | Buffer)[], headers: OutgoingHttpHeaders): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request({ port, path, method: "POST", headers, agent }, (reply) => {
      let text = "";
      reply.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      reply.on("end", () => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text }));
    });
    sent.on("error", reject);
    void (async () => {
      for (const piece of pieces) {
        sent.write(piece);
        await new Promise((next) => setTimeout(next, 5));
      }
      sent.end();
    })();
  });
}

describe("a body", () => {
  it("may come in pieces, cut inside a character", async () => {
    const bytes = Buffer.from(hold().replace("}}", '},"fingerprint":"grün"}'));
    const cut = bytes.indexOf(0xc3) + 1;
    const answer = await post("/v1/holds", [bytes.subarray(0, cut), bytes.subarray(cut)], authorized());
    expect(answer.status, answer.text).toBe(201);
  });

  it("is refused by its length when it is too large, before it is sent and while it is read", async () => {
    const large = Buffer.alloc(1_000_001, 0x20);
    const declared = await post("/v1/holds", [large], authorized({ "content-length": large.length }));
    expect(declared.status).toBe(413);
    const chunked = await post("/v1/holds", [large.subarray(0, 600_000), large.subarray(0, 600_000)], authorized());
    expect(chunked.status).toBe(413);
    expect((await post("/v1/holds", [hold()], authorized())).status).toBe(201);
  });

  it("does not spoil the connection's next request when it is not read", async () => {
    for (const headers of [{ "content-type": "application/json" }, authorized({ "content-type": "text/plain" })]) {
      const refused = await post("/v1/holds", [hold()], headers);
      expect([401, 415]).toContain(refused.status);
      expect((await post("/v1/holds", [hold()], authorized())).status).toBe(201);
    }
  });

  it("harms no other request when it is cut off", async () => {
    const before = await api.rows("SELECT count(*) FROM hold");
    await new Promise<void>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => {
        const head = Object.entries(authorized({ "content-length": 500 })).map(([name, value]) => `${name}: ${value}`);
        socket.write(`POST /v1/holds HTTP/1.1\r\nhost: localhost\r\n${head.join("\r\n")}\r\n\r\n{"key":`);
        setTimeout(() => socket.destroy(), 50);
      });
      socket.on("close", () => resolve());
    });
    expect((await post("/v1/holds", [hold()], authorized())).status).toBe(201);
    expect(Number((await api.rows("SELECT count(*) FROM hold"))[0]?.count)).toBe(Number(before[0]?.count) + 1);
  });
});

/** Speaks HTTP by hand: what a client library would never send. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.on("data", (part) => {
      answer += part.toString();
    });
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
  });
}

describe("an odd request", () => {
  it.each([
    ["GET //v1/balance HTTP/1.1\r\nhost: localhost\r\n", 404],
    ["GET /v1/../v1/balance HTTP/1.1\r\nhost: localhost\r\n", 401],
    ["GET /v1/%ff HTTP/1.1\r\nhost: localhost\r\n", 404],
    ["GET /v1/balance HTTP/1.1\r\nhost: a b\r\n", 400],
    ["GET /v1\\balance HTTP/1.1\r\nhost: localhost\r\n", 400],
    ["GET /v1/balance HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer \xff\r\n", 401],
    ["OPTIONS /v1/holds HTTP/1.1\r\nhost: localhost\r\n", 405],
    ["HEAD /healthz HTTP/1.1\r\nhost: localhost\r\n", 200],
  ])("gets the status that HTTP wants: %s, %i", async (head, status) => {
    expect(await raw(`${head}connection: close\r\n\r\n`)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });
});

describe("the balance stream of a socket", () => {
  const open = () =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { authorization: `Bearer ${customer.key}` };
      request({ port, path: "/v1/balance/stream", headers }, resolve).on("error", reject).end();
    });
  const streams = async () => {
    const text = (await api.send("GET", "/metrics")).text;
    return Number(/^tollgate_streams (\d+)$/m.exec(text)?.[1]);
  };
  const first = (stream: IncomingMessage) =>
    new Promise<string>((resolve) => stream.once("data", (part) => resolve(String(part))));

  it("is forgotten when its reader leaves, and ends when the process does", async () => {
    const left = await open();
    expect(await first(left)).toMatch(/^retry: 2000\nevent: balance\ndata: \{"unit":"USD"/);
    const kept = await open();
    await first(kept);
    expect(await streams()).toBe(2);
    left.destroy();
    await expect.poll(streams).toBe(1);
    const ended = new Promise((resolve) => kept.once("end", resolve));
    kept.resume();
    await runShutdownPhase("streams", (error) => expect(error).toBeUndefined());
    await ended;
    expect(await streams()).toBe(0);
  });
});
