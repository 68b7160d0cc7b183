/** Reads a trace of a chat service: TIMESTAMP, ContextTokens, GeneratedTokens; a time without a zone is UTC. */
import { createReadStream } from "node:fs";
import { access } from "node:fs/promises";
import { parse } from "csv-parse";
import { Mistake } from "../output";

/** `row` counts from 1; `at` is in milliseconds since the epoch. */
export type TraceCall = { row: number; at: number; input: number; output: number };
export type Survey = { calls: number; first: number; last: number };

const COLUMNS = ["TIMESTAMP", "ContextTokens", "GeneratedTokens"] as const;
const COUNT = /^\d{1,9}$/;
const TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/;

type Row = { record: Record<string, string>; info: { lines: number } };

function timeOf(text: string): number {
  const [, fraction = "", zone = "Z"] = TIME.exec(text) ?? [];
  const seconds = text.slice(0, "2023-11-16 18:15:46".length).replace(" ", "T");
  return TIME.test(text) ? Date.parse(`${seconds}${fraction.slice(0, 4)}${zone}`) : Number.NaN;
}

function callOf({ record, info }: Row, row: number, file: string): TraceCall {
  const [time = "", input = "", output = ""] = COLUMNS.map((name) => record[name] ?? "");
  const at = timeOf(time);
  if (Number.isNaN(at)) throw new Mistake(`${file}:${info.lines}: TIMESTAMP is not a time: "${time}"`);
  if (!COUNT.test(input)) throw new Mistake(`${file}:${info.lines}: ContextTokens is not a count: "${input}"`);
  if (!COUNT.test(output)) throw new Mistake(`${file}:${info.lines}: GeneratedTokens is not a count: "${output}"`);
  return { row, at, input: Number(input), output: Number(output) };
}

/** The calls one by one, in the file's order and in constant memory. Errors: a Mistake that names the line. */
export async function* readTrace(file: string): AsyncGenerator<TraceCall> {
  await access(file).catch(() => {
    throw new Mistake(`There is no file ${file}.`);
  });
  const columns = (header: string[]) => {
    const missing = COLUMNS.filter((name) => !header.includes(name));
    if (missing.length > 0)
      throw new Mistake(`${file}:1: the column ${missing[0]} is missing; columns: ${COLUMNS.join(", ")}`);
    return header;
  };
  const rows = createReadStream(file).pipe(
    parse({ columns, bom: true, info: true, skip_empty_lines: true, trim: true }),
  );
  let row = 0;
  try {
    for await (const record of rows as AsyncIterable<Row>) {
      row += 1;
      yield callOf(record, row, file);
    }
  } catch (error) {
    if (error instanceof Mistake) throw error;
    throw new Mistake(`${file}: ${(error as Error).message}`);
  }
}

/** One pass over the file before anything is sent: whether every line can be read, and how long it lasts. */
export async function surveyTrace(file: string): Promise<Survey> {
  const survey = { calls: 0, first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY };
  for await (const { at } of readTrace(file)) {
    survey.calls += 1;
    survey.first = Math.min(survey.first, at);
    survey.last = Math.max(survey.last, at);
  }
  if (survey.calls === 0) throw new Mistake(`${file} holds no calls.`);
  return survey;
}
