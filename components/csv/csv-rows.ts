/**
 * Counts the lines of a CSV as its pieces arrive: a line ends with CR LF outside of quotes. The header is no row. Only
 * what is in the pieces is checked, so a file of any length needs no memory.
 */
export function rowCounter(): (piece: Uint8Array) => number {
  const QUOTE = 0x22;
  const LINE_FEED = 0x0a;
  let quoted = false;
  let lines = 0;
  return (piece) => {
    for (const byte of piece) {
      if (byte === QUOTE) quoted = !quoted;
      else if (byte === LINE_FEED && !quoted) lines += 1;
    }
    return Math.max(0, lines - 1);
  };
}
