/** Against a real node:http server, with times of some tens of milliseconds. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { BODY_LIMITS, timeoutsOf, watchBodies } from "./bodies";

// Each test shortens the one time that it is about.
const LIMITS = { mostBytes: 1_000, headers: 30_000, whole: 30_000, silence: 30_000, interval: 20, linger: 50 };
const SHORT = 300;
const CHUNK = Buffer.from(`64\r\n${"x".repeat(100)}\r\n`);

let close = async () => {};
afterEach(() => close());

/** Reads and counts the body, and answers its size; like both engines, it stops at the limit. */
async function count(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let size = 0;
  request.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= LIMITS.mostBytes || response.headersSent) return;
    request.pause();
    response.writeHead(413, { connection: "close" }).end("too large");
  });
  request.on("end", () => response.end(String(size)));
}

async function listen(
  shortened: Partial<typeof LIMITS> = {},
  handler: (request: IncomingMessage, response: ServerResponse) => void = count,
) {
  const limits = { ...LIMITS, ...shortened };
  const server = createServer(timeoutsOf(limits));
  const stop = watchBodies(server, limits);
  server.on("request", handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  close = async () => {
    stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return (server.address() as AddressInfo).port;
}

/** The server's answer until it closed, the time until then, and the number of bytes that it had read. */
function talk(port: number, send: (socket: Socket) => void) {
  return new Promise<{ status: number; text: string; elapsed: number; sent: number }>((resolve) => {
    const started = performance.now();
    let text = "";
    const socket = connect(port, "127.0.0.1", () => send(socket));
    socket.on("data", (part) => {
      text += part;
    });
    socket.on("error", () => {}); // The close that follows says it.
    socket.on("close", () => {
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
      resolve({
        status,
        text,
        elapsed: performance.now() - started,
        sent: socket.bytesWritten - socket.writableLength,
      });
    });
  });
}

const head = (...headers: string[]) => ["POST / HTTP/1.1", "Host: a", ...headers, "", ""].join("\r\n");

/** Writes again and again until the connection is gone. */
function drip(socket: Socket, everyMs: number, what: string | Buffer): void {
  const timer = setInterval(() => socket.writable && socket.write(what), everyMs);
  socket.once("close", () => clearInterval(timer));
}

describe("a body", () => {
  it("is counted as it arrives without a length, and not read to its end", async () => {
    const port = await listen();
    const whole = 200_000;
    const { status, sent } = await talk(port, (socket) => {
      socket.write(head("Transfer-Encoding: chunked"));
      const more = () => {
        for (let count = 0; count < whole; count += 1) if (!socket.write(CHUNK)) return void socket.once("drain", more);
      };
      more();
    });
    expect(status).toBe(413);
    expect(sent).toBeLessThan(whole * CHUNK.length * 0.5);
  });

  it("is not read to its end when it is too long by its length and no handler reads it", async () => {
    const port = await listen({}, (_request, response) => void response.writeHead(413).end());
    const { status, elapsed } = await talk(port, (socket) => {
      socket.write(head("Content-Length: 100000000"));
      drip(socket, 1, Buffer.alloc(10_000));
    });
    expect(status).toBe(413);
    expect(elapsed).toBeLessThan(LIMITS.silence);
  });

  it("arrives whole within the limit, with a length and in chunks, one request after the other", async () => {
    const port = await listen();
    const chunked = `${head("Transfer-Encoding: chunked")}${CHUNK}${CHUNK}0\r\n\r\n`;
    const { text } = await talk(port, (socket) =>
      socket.write(`${chunked}${head("Content-Length: 3", "Connection: close")}abc`),
    );
    expect(text.match(/\r\n\r\n\d+/g)).toEqual(["\r\n\r\n200", "\r\n\r\n3"]);
  });

  it("is cut off when it stops coming", async () => {
    const port = await listen({ silence: SHORT });
    const { status, elapsed } = await talk(port, (socket) => socket.write(`${head("Content-Length: 500")}abc`));
    expect(status).toBe(408);
    expect(elapsed).toBeGreaterThan(SHORT - LIMITS.interval);
    expect(elapsed).toBeLessThan(LIMITS.whole);
  });

  it("is cut off when it drips past its time", async () => {
    const port = await listen({ headers: SHORT, whole: SHORT });
    const { status, elapsed } = await talk(port, (socket) => {
      socket.write(head("Content-Length: 100000"));
      drip(socket, 20, "x");
    });
    expect(status).toBe(408);
    expect(elapsed).toBeLessThan(LIMITS.silence);
  });

  it("lets a response take long once it is there", async () => {
    const port = await listen({ silence: SHORT }, (request, response) => {
      request.resume();
      setTimeout(() => response.end("late"), SHORT * 2);
    });
    const { status, text } = await talk(port, (socket) =>
      socket.write(`${head("Content-Length: 3", "Connection: close")}abc`),
    );
    expect([status, text.includes("late")]).toEqual([200, true]);
  });
});

describe("headers", () => {
  it("are cut off when they drip", async () => {
    const port = await listen({ headers: SHORT });
    const { status, elapsed } = await talk(port, (socket) => {
      socket.write("POST / HTTP/1.1\r\n");
      drip(socket, 20, "a: b\r\n");
    });
    expect(status).toBe(408);
    expect(elapsed).toBeLessThan(LIMITS.whole);
  });
});

it("a server waits 10 s for headers, 10 s for a byte and 60 s for a whole body", () => {
  expect(BODY_LIMITS).toMatchObject({ headers: 10_000, silence: 10_000, whole: 60_000, mostBytes: 1_000_000 });
});
