/** A mistake of the caller, in one sentence. */
export class Mistake extends Error {}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
