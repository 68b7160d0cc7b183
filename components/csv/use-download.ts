"use client";
import { useEffect, useRef, useState } from "react";
import { rowCounter } from "./csv-rows";

/** `total` is null where the server does not say how many rows there will be. */
export type Download =
  | { state: "idle" | "failed" | "cancelled" }
  | { state: "running"; rows: number; total: number | null }
  | { state: "done"; rows: number };

const PAINT_MS = 100;

function totalOf(response: Response): number | null {
  const text = response.headers.get("x-total-rows");
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

function save(parts: BlobPart[], name: string): void {
  const address = URL.createObjectURL(new Blob(parts, { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** Reads a file piece by piece, tells how far it is, and hands it to the browser when it is whole. */
export function useDownload(name: string) {
  const [download, setDownload] = useState<Download>({ state: "idle" });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const read = async (address: string, signal: AbortSignal) => {
    const response = await fetch(address, { signal });
    if (!response.ok || !response.body) throw new Error(`${address} answered ${response.status}`);
    const total = totalOf(response);
    const count = rowCounter();
    const parts: BlobPart[] = [];
    const reader = response.body.getReader();
    let rows = 0;
    let painted = 0;
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      parts.push(piece.value as Uint8Array<ArrayBuffer>);
      rows = count(piece.value);
      const now = performance.now();
      if (now - painted < PAINT_MS) continue;
      painted = now;
      setDownload({ state: "running", rows, total });
    }
    save(parts, name);
    setDownload({ state: "done", rows: total ?? rows });
  };
  const start = async (address: string) => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setDownload({ state: "running", rows: 0, total: null });
    try {
      await read(address, controller.signal);
    } catch {
      setDownload({ state: controller.signal.aborted ? "cancelled" : "failed" });
    }
  };
  return { download, start, cancel: () => running.current?.abort() };
}
