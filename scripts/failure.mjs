/** How a failed test is printed at the end of a run: its name, and the first lines of its reason. */
import { stripVTControlCharacters } from "node:util";

const LINES = 6;

/** The first lines of a test program's message, without colours and without the program's own places. */
export function reason(message = "") {
  const lines = stripVTControlCharacters(message).split("\n");
  return lines
    .filter((line) => !line.includes("node_modules"))
    .slice(0, LINES)
    .join("\n");
}

export function printFailure({ name, why = "" }) {
  console.log(`  ✗ ${name}`);
  for (const line of why.split("\n").filter(Boolean)) console.log(`      ${line}`);
}
