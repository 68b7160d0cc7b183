/**
 * Limits on the size and the speed of bodies, for both engines. A body without Content-Length is counted while it
 * arrives, a body that is too large or unused is not read to its end, and a slow body is cut off.
 */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { MOST_BODY_BYTES } from "@/lib/adapters/http/request";

/** Milliseconds, but for the bytes. */
type BodyLimits = {
  mostBytes: number;
  /** The time limits for a request's headers and for its body. */
  headers: number;
  whole: number;
  /** Without a byte of a body. */
  silence: number;
  /** How often that is checked. */
  interval: number;
  /** How long a client that still sends has to read its answer. */
  linger: number;
};

export const BODY_LIMITS: BodyLimits = {
  mostBytes: MOST_BODY_BYTES,
  headers: 10_000,
  whole: 60_000,
  silence: 10_000,
  interval: 1_000,
  linger: 1_000,
};

/** The timeouts of node:http; by default it checks them only every half a minute. */
export const timeoutsOf = ({ headers, whole, interval }: BodyLimits) => ({
  headersTimeout: headers,
  requestTimeout: whole,
  connectionsCheckingInterval: interval,
});

const TIMED_OUT = "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n";

/** The parser takes no more than Content-Length says, so a length within the limit needs no counting. */
function isBounded({ headers }: IncomingMessage, mostBytes: number): boolean {
  const length = headers["content-length"];
  return length === undefined ? headers["transfer-encoding"] === undefined : Number(length) <= mostBytes;
}

/**
 * The reader of the body sees the chunk that is too much, refuses it, and gets no more; nor does the socket, until it
 * is closed after the answer.
 */
function bound(request: IncomingMessage, response: ServerResponse, { mostBytes, linger }: BodyLimits): void {
  const { socket } = request;
  // A socket that is closed with unread bytes resets the connection, and the client may lose the answer.
  const close = socket.destroySoon.bind(socket);
  socket.destroySoon = () => {
    if (request.complete) return close();
    socket.end();
    setTimeout(() => socket.destroy(), linger).unref();
  };
  let size = 0;
  const push = request.push.bind(request);
  request.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    if (chunk === null) return push(chunk);
    const before = size;
    size += chunk.length;
    return before <= mostBytes && push(chunk, encoding) && size <= mostBytes;
  };
  response.once("finish", () => {
    if (request.complete) return;
    // Node would read the rest of the body to its end, however large it is.
    socket.pause();
    setTimeout(() => socket.destroy(), linger).unref();
  });
}

/** A request whose body is still awaited, and when its last byte came. */
type Awaited = { response: ServerResponse; bytes: number; since: number };

function cut(socket: Socket, { headersSent }: ServerResponse): void {
  if (!headersSent && socket.writable) socket.write(TIMED_OUT);
  socket.destroySoon();
}

/** Watches every request of the server and returns a function that stops it. Call it before other listeners. */
export function watchBodies(server: Server, limits: BodyLimits = BODY_LIMITS): () => void {
  // The latest request of each connection: a look at each of them is cheaper than a timer for each call.
  const latest = new Map<Socket, Awaited>();
  server.prependListener("request", (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    if (!isBounded(request, limits.mostBytes)) bound(request, response, limits);
    const known = latest.get(socket);
    if (known) known.response = response;
    else latest.set(socket, { response, bytes: -1, since: 0 });
  });
  server.on("connection", (socket: Socket) => socket.once("close", () => latest.delete(socket)));
  const checkTimeouts = (at: number) => {
    for (const [socket, awaited] of latest) {
      const { req } = awaited.response;
      // A body that we do not read ourselves has come as far as it can.
      const waits = !req.complete && req.readableLength < req.readableHighWaterMark;
      if (!waits || awaited.bytes !== socket.bytesRead) Object.assign(awaited, { bytes: socket.bytesRead, since: at });
      else if (at - awaited.since >= limits.silence) cut(socket, awaited.response);
    }
  };
  const timer = setInterval(() => checkTimeouts(performance.now()), limits.interval).unref();
  return () => clearInterval(timer);
}
