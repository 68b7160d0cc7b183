import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TollgateError } from "@/lib/kernel/errors";
import { withBody } from "./page-body";

/** An action that uses its first argument, as its id says. */
const ACTION = `40${"0".repeat(40)}`;
const TEXT = "text/plain;charset=UTF-8";

/** Returns Next's input: the body as Next reads it, and its headers. */
const server = createServer(async (request, response) => {
  try {
    const given = await withBody(request);
    const parts: Buffer[] = [];
    for await (const part of given) parts.push(part as Buffer);
    const { "content-length": length, "transfer-encoding": encoding } = given.headers;
    response.end(
      JSON.stringify({ method: given.method, url: given.url, length, encoding, body: `${Buffer.concat(parts)}` }),
    );
  } catch (error) {
    response.writeHead((error as TollgateError).status).end();
  }
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function post(body: BodyInit | ReadableStream, headers: Record<string, string> = {}) {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sign-in?a=b`;
  const answer = await fetch(url, { method: "POST", body, headers, duplex: "half" } as RequestInit);
  const text = await answer.text();
  return { status: answer.status, given: text === "" ? undefined : JSON.parse(text) };
}
const act = (body: BodyInit, type = TEXT) => post(body, { "next-action": ACTION, "content-type": type });

describe("a body that is posted to a page", () => {
  it("reaches Next as it was sent, with a length and in chunks", async () => {
    const same = { method: "POST", url: "/sign-in?a=b", length: "3", body: "abc" };
    expect(await post("")).toEqual({ status: 200, given: { ...same, length: "0", body: "" } });
    expect(await post("abc")).toEqual({ status: 200, given: same });
    expect(await post(new Blob(["abc"]).stream())).toEqual({ status: 200, given: same });
    const form = new FormData();
    form.set("callbackUrl", "/usage");
    const { given } = await post(form);
    expect(given.body).toContain('name="callbackUrl"\r\n\r\n/usage');
  });

  it("is counted, whatever length it declares", async () => {
    expect((await post("x".repeat(1_000_000))).status).toBe(200);
    const more = new Blob(["x".repeat(1_000_001)]);
    expect((await post(more.stream()).catch(() => ({ status: 413 }))).status).toBe(413);
  });

  it("is refused as a form that has no fields to find", async () => {
    const type = { "content-type": "multipart/form-data; boundary=b" };
    for (const body of ["", "a", "--b\r\ncontent-disp", '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\nx']) {
      expect((await post(body, type)).status, body).toBe(400);
    }
    expect((await post("--b--\r\n", type)).status).toBe(200);
  });

  it("is refused as arguments that no action of ours takes", async () => {
    const wrong = ["[null]", "[]", "{{{", "", "null", "{}", '["\\ud800"]', '[{"a":["\\ud800"]}]', '[{"\\ud800":1}]'];
    const references = ['["$Q1"]', '["$F1"]', '["$1"]', '["$n1x"]', '["$Dx"]'];
    for (const body of [...wrong, ...references]) expect((await act(body)).status, body).toBe(400);
    expect((await act(new Blob([new Uint8Array([0x5b, 0x22, 0xc3, 0x28, 0x22, 0x5d])]))).status).toBe(400);
    const right = ['[{"a":"b"}]', '["$undefined"]', '["$K1"]', '["$$5"]', '["$n12"]', "[0]", "[{}, null]", '["😀"]'];
    for (const body of right) expect((await act(body)).status, body).toBe(200);
  });

  it("is inspected within a form, too", async () => {
    for (const [name, value] of [
      ["0", "{{{"],
      ["0", "[]"],
      ["1", "[1]"],
      ["$ACTION_1:0", "{{{"],
    ] as const) {
      const form = new FormData();
      if (name.startsWith("$")) form.set("0", '["$K1"]');
      form.set(name, value);
      const body = await new Response(form).blob();
      expect((await act(body, body.type)).status, `${name}=${value}`).toBe(400);
    }
  });
});
