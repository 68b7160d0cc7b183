import type { CsvFile } from "@/lib/kernel/csv";
import { queryFlag } from "@/lib/kernel/wire";

export const csvForm = {
  bom: queryFlag
    .default(false)
    .meta({ description: "Starts the file with a byte order mark, so that Excel reads it as UTF-8." }),
};

/** By these bytes a spreadsheet knows UTF-8; a program would read them as part of the first column's name. */
const BYTE_ORDER_MARK = "\ufeff";

/**
 * Sends a file as it is made: the reader's pace sets the writer's, so memory stays the same for any length. How many
 * rows come, where that is known, is sent first, so that the caller can show the progress. `bom` is for spreadsheets.
 */
export function csvResponse({ text, rows }: CsvFile, fileName: string, { bom }: { bom: boolean }): Response {
  const lines = text[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      if (bom) controller.enqueue(encoder.encode(BYTE_ORDER_MARK));
    },
    async pull(controller) {
      const { done, value } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await lines.return?.();
    },
  });
  return new Response(stream, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${fileName}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      ...(rows === undefined ? {} : { "x-total-rows": rows.toString() }),
    },
  });
}
