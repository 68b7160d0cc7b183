import { describe, expect, it } from "vitest";
import { csvResponse } from "./file";

async function* lines() {
  yield "name\r\n";
  yield "Zoë\r\n";
}
const bytesOf = async (bom: boolean) =>
  Buffer.from(await csvResponse({ text: lines(), rows: 1n }, "f.csv", { bom }).arrayBuffer());

describe("a CSV file", () => {
  it("begins with a byte order mark for spreadsheets, so that Excel reads Zoë and not ZoÃ«", async () => {
    expect((await bytesOf(true)).toString("utf8")).toBe("\ufeffname\r\nZoë\r\n");
  });

  it("begins with its first column for programs", async () => {
    expect((await bytesOf(false)).toString("utf8")).toBe("name\r\nZoë\r\n");
  });
});
