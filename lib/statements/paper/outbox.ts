/** Holds what has been written until it is taken, in few large chunks: pdfkit writes some thousand small ones a page. */
const CHUNK = 65_536;

export type Outbox = { put: (bytes: Uint8Array) => void; take: () => Uint8Array[] };

export function outbox(): Outbox {
  let full: Uint8Array[] = [];
  let chunk = new Uint8Array(CHUNK);
  let used = 0;
  const close = () => {
    if (used > 0) full.push(chunk.subarray(0, used));
    chunk = new Uint8Array(CHUNK);
    used = 0;
  };
  return {
    put(bytes) {
      if (bytes.length > CHUNK - used) close();
      if (bytes.length > CHUNK) full.push(bytes);
      else {
        chunk.set(bytes, used);
        used += bytes.length;
      }
    },
    take() {
      close();
      const taken = full;
      full = [];
      return taken;
    },
  };
}
