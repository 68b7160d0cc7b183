const QUOTE = 34;
const NEWLINE = 10;

/** Counts the finished lines of a CSV that arrives in pieces; a line break inside quotes ends none. */
export function rowCounter(): (piece: Uint8Array) => number {
  let rows = 0;
  let quoted = false;
  return (piece) => {
    for (const byte of piece) {
      // A doubled quote inside a quoted field switches twice, so it changes nothing.
      if (byte === QUOTE) quoted = !quoted;
      else if (byte === NEWLINE && !quoted) rows += 1;
    }
    return rows;
  };
}
