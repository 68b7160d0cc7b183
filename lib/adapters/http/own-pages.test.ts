import type { IncomingMessage } from "node:http";
import { afterEach, describe, expect, it, vi } from "vitest";

type Headers = Record<string, string>;

/** The environment is read once per process, so each installation has modules of its own. */
async function ask(environment: Headers, headers: Headers, method = "POST", url = "/sign-in") {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.resetModules();
  const { refusedPage } = await import("./own-pages");
  const request = { url, method, headers: { host: "localhost:3000", ...headers } } as unknown as IncomingMessage;
  const status = refusedPage(request)?.status;
  return { status, host: request.headers["x-forwarded-host"], proto: request.headers["x-forwarded-proto"] };
}

afterEach(() => vi.unstubAllEnvs());

describe("a portal without PUBLIC_URL", () => {
  it("accepts forms from the requested host, and from no other", async () => {
    expect(await ask({}, { origin: "http://localhost:3000" })).toMatchObject({ status: undefined });
    for (const origin of ["https://evil.example", "null", "", "http://localhost:3001", "http://a@b:99999"]) {
      expect(await ask({}, { origin }), origin).toMatchObject({ status: 403 });
    }
    expect(await ask({}, {})).toMatchObject({ status: 403 });
  });

  it("believes a proxy's header only where one stands in front", async () => {
    const headers = { origin: "https://portal.example", "x-forwarded-host": "portal.example" };
    expect(await ask({}, headers)).toMatchObject({ status: 403 });
    const settled = { status: undefined, host: "portal.example", proto: "https" };
    expect(await ask({ TRUST_PROXY: "1" }, { ...headers, "x-forwarded-proto": "https" })).toEqual(settled);
  });

  it("replaces headers that claim our address", async () => {
    const told = { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" };
    expect(await ask({}, told, "GET")).toEqual({ status: undefined, host: "localhost:3000", proto: undefined });
    expect(await ask({}, { ...told, host: "[::1" }, "GET")).toMatchObject({ host: undefined });
  });
});

describe("a portal with PUBLIC_URL", () => {
  const environment = { PUBLIC_URL: "https://portal.example/" };

  it("accepts forms from that origin only, whatever host was requested", async () => {
    const settled = { status: undefined, host: "portal.example", proto: "https" };
    expect(await ask(environment, { origin: "https://portal.example" })).toEqual(settled);
    for (const origin of ["http://portal.example", "http://localhost:3000", "https://portal.example.evil.example"]) {
      expect(await ask(environment, { origin }), origin).toMatchObject({ status: 403 });
    }
  });
});

describe("a form", () => {
  it("is refused when it is too large, or has no divider", async () => {
    const origin = "http://localhost:3000";
    expect(await ask({}, { origin, "content-length": "1000001" })).toMatchObject({ status: 413 });
    expect(await ask({}, { origin, "content-type": "multipart/form-data" })).toMatchObject({ status: 400 });
    const type = "multipart/form-data; boundary=x";
    expect(await ask({}, { origin, "content-type": type })).toMatchObject({ status: undefined });
  });
});

describe("an address", () => {
  it("is refused when it cannot be decoded, or is no path", async () => {
    for (const url of ["/%", "/%E0%A4%A", "*", "evil.example:443"]) {
      expect(await ask({}, {}, "GET", url), url).toMatchObject({ status: 400 });
    }
    expect(await ask({}, {}, "GET", "/usage?from=%")).toMatchObject({ status: undefined });
  });

  it("is refused with a router's state that Next cannot read", async () => {
    expect(await ask({}, { "next-router-state-tree": "%5b" }, "GET", "/")).toMatchObject({ status: 400 });
    const state = encodeURIComponent('["",{}]');
    expect(await ask({}, { "next-router-state-tree": state }, "GET", "/")).toMatchObject({ status: undefined });
  });
});

describe("a route of next-auth", () => {
  const get = (url: string, headers: Headers = {}) => ask({}, headers, "GET", url);

  it("gets no return address that it takes for a fault of ours", async () => {
    for (const wrong of ["101", "%00", "javascript:alert(1)", "/&callbackUrl=101", "http:", "//", "x"]) {
      expect((await get(`/api/auth/session?callbackUrl=${wrong}`)).status, wrong).toBe(400);
      expect((await get(`/api/auth/csrf?a=b&callbackUrl=${wrong}`)).status, wrong).toBe(400);
    }
    for (const right of ["", "/usage", "http://localhost:3000/", "https://a.example/b?c"]) {
      expect((await get(`/api/auth/session?callbackUrl=${right}`)).status, right).toBeUndefined();
    }
    expect((await get("/sign-in?callbackUrl=101")).status).toBeUndefined();
  });

  it("gets no cookie that holds a wrong address", async () => {
    const cookieOf = async (cookie: string) => {
      const { refusedPage } = await import("./own-pages");
      const request = { url: "/api/auth/session", method: "GET", headers: { host: "a", cookie } };
      refusedPage(request as unknown as IncomingMessage);
      return request.headers.cookie;
    };
    expect(await cookieOf("a=1; authjs.callback-url=101; b=2")).toBe("a=1; b=2");
    expect(await cookieOf("__Secure-authjs.callback-url=%; b=2")).toBe(" b=2");
    const right = "authjs.callback-url=http%3A%2F%2Flocalhost%3A3000; authjs.csrf-token=101";
    expect(await cookieOf(right)).toBe(right);
  });
});
