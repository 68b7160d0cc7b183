import type { RowFile } from "@/lib/kernel/csv";
import { queryFlag } from "@/lib/kernel/wire";

export const csvForm = {
  bom: queryFlag
    .default(false)
    .meta({ description: "Starts the file with a byte order mark, so that Excel reads it as UTF-8." }),
};

/** By these bytes a spreadsheet knows UTF-8; a program would read them as part of the first column's name. */
const BYTE_ORDER_MARK = "\ufeff";

type SentFile = { name: string; type: string; headers?: Record<string, string> };

/** Sends a file as it is made: the reader's pace sets the writer's, so memory stays the same for any length. */
function fileResponse(parts: AsyncIterable<Uint8Array>, { name, type, headers }: SentFile): Response {
  const source = parts[Symbol.asyncIterator]();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await source.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await source.return?.();
    },
  });
  return new Response(stream, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      ...headers,
    },
  });
}

async function* encoded(text: AsyncIterable<string>, bom: boolean): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  if (bom) yield encoder.encode(BYTE_ORDER_MARK);
  for await (const part of text) yield encoder.encode(part);
}

/** How many rows come, where that is known, is sent first, so that the caller can show the progress. */
const rowHeaders = (rows: bigint | undefined): Record<string, string> =>
  rows === undefined ? {} : { "x-total-rows": rows.toString() };

/** `bom` is for spreadsheets. */
export function csvResponse({ text, rows }: RowFile, name: string, { bom }: { bom: boolean }): Response {
  return fileResponse(encoded(text, bom), { name, type: "text/csv; charset=utf-8", headers: rowHeaders(rows) });
}

/** A JSON value per line: https://jsonlines.org */
export function jsonlResponse({ text, rows }: RowFile, name: string): Response {
  return fileResponse(encoded(text, false), { name, type: "application/jsonl", headers: rowHeaders(rows) });
}

export function pdfResponse(parts: AsyncIterable<Uint8Array>, name: string): Response {
  return fileResponse(parts, { name, type: "application/pdf" });
}
