/** Everything that the stand-in knows: objects by kind and id in memory, and each change as a line of one file. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Kind, Kinds } from "./kinds";

type Line = { kind: Kind; id: string; value?: unknown };
/** Rewritten at the start when it has this many lines for each object that is left. */
const WORN = 4;

/** A crash may have cut the last line: the store removes it. */
function readLines(file: string): Line[] {
  if (!existsSync(file)) return [];
  const bytes = readFileSync(file);
  const end = bytes.lastIndexOf("\n") + 1;
  if (end < bytes.length) truncateSync(file, end);
  const texts = bytes.subarray(0, end).toString("utf8").split("\n");
  return texts.filter((text) => text !== "").flatMap((text) => JSON.parse(text) as Line[]);
}

export class Store {
  readonly #kinds = new Map<Kind, Map<string, unknown>>();
  readonly #file: string | undefined;
  readonly #changed = new Map<string, { kind: Kind; id: string }>();

  constructor(file?: string) {
    this.#file = file;
    if (!file) return;
    mkdirSync(path.dirname(file), { recursive: true });
    const lines = readLines(file);
    for (const { kind, id, value } of lines) this.#keep(kind, id, value);
    const kept = [...this.#kinds.values()].reduce((sum, objects) => sum + objects.size, 0);
    if (lines.length > 0 && lines.length > WORN * kept) this.#rewrite(file);
  }

  get<K extends Kind>(kind: K, id: string): Kinds[K] | undefined {
    return this.#kinds.get(kind)?.get(id) as Kinds[K] | undefined;
  }

  /** Oldest first. */
  all<K extends Kind>(kind: K): Kinds[K][] {
    return [...(this.#kinds.get(kind)?.values() ?? [])] as Kinds[K][];
  }

  /** Call it after every change of an object, because only stored objects are written. */
  put<K extends Kind>(kind: K, value: Kinds[K]): Kinds[K] {
    this.#keep(kind, value.id, value);
    this.#changed.set(`${kind} ${value.id}`, { kind, id: value.id });
    return value;
  }

  remove(kind: Kind, id: string): void {
    this.#keep(kind, id, undefined);
    this.#changed.set(`${kind} ${id}`, { kind, id });
  }

  /** All changes of one request are one line, so that a crash keeps all of them or none. */
  write(): void {
    const lines = [...this.#changed.values()].map(({ kind, id }) => ({ kind, id, value: this.get(kind, id) }));
    this.#changed.clear();
    if (!this.#file || lines.length === 0) return;
    appendFileSync(this.#file, `${JSON.stringify(lines)}\n`, { mode: 0o600 });
  }

  #keep(kind: Kind, id: string, value: unknown): void {
    const objects = this.#kinds.get(kind) ?? new Map<string, unknown>();
    this.#kinds.set(kind, objects);
    if (value === undefined) objects.delete(id);
    else objects.set(id, value);
  }

  #rewrite(file: string): void {
    const text = [...this.#kinds]
      .flatMap(([kind, objects]) => [...objects].map(([id, value]) => `${JSON.stringify([{ kind, id, value }])}\n`))
      .join("");
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
}
