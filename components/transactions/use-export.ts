"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { rowCounter } from "./row-counter";

/** Rows so far; `total` is null while the server has not said how many there will be. */
export type ExportProgress = { rows: number; total: number | null };
export type ExportState = { step: "idle" } | ({ step: "running" } & ExportProgress) | { step: "failed" };

const HEADER_ROWS = 1;

/** Reads the file as it is made, counting its rows; what was read is the file. */
async function fetchRows(path: string, signal: AbortSignal, onProgress: (progress: ExportProgress) => void) {
  const response = await fetch(path, { signal });
  if (!response.ok || !response.body) throw new Error(`${path} answered ${response.status}`);
  const given = response.headers.get("x-total-rows");
  const total = given === null ? null : Number(given);
  const count = rowCounter();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const reader = response.body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    pieces.push(read.value);
    onProgress({ rows: Math.max(0, count(read.value) - HEADER_ROWS), total });
  }
  return new Blob(pieces, { type: "text/csv" });
}

function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** Downloads a file of rows with progress; it can be cancelled, and ends with the page. */
export function useExport(fileName: string) {
  const [state, setState] = useState<ExportState>({ step: "idle" });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const cancel = useCallback(() => {
    running.current?.abort();
    running.current = null;
    setState({ step: "idle" });
  }, []);
  const start = useCallback(
    async (path: string) => {
      running.current?.abort();
      const mine = new AbortController();
      running.current = mine;
      setState({ step: "running", rows: 0, total: null });
      try {
        const file = await fetchRows(path, mine.signal, (progress) => {
          if (running.current === mine) setState({ step: "running", ...progress });
        });
        if (running.current !== mine) return;
        save(file, fileName);
        setState({ step: "idle" });
      } catch {
        if (running.current === mine) setState({ step: "failed" });
      }
    },
    [fileName],
  );
  return { state, start, cancel };
}
