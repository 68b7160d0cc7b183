/** Stripe's form bodies: `items[0][price]=price_1&metadata[a]=b` as an object. */
import { invalid } from "./fault";

export type FormValue = string | FormValue[] | { [key: string]: FormValue };
export type Form = { [key: string]: FormValue };

const MOST_DEPTH = 10;
const MOST_FIELDS = 2_000;

type Branch = Map<string, string | Branch>;

/** `a[b][0]` → ["a", "b", "0"]; `a[]` → ["a", ""]. */
function partsOf(name: string): string[] {
  const open = name.indexOf("[");
  if (open < 0) return [name];
  const rest = name.slice(open);
  if (!/^(?:\[[^[\]]*\])+$/.test(rest)) throw invalid(`Invalid parameter name: ${name}`, "parameter_unknown", name);
  return [name.slice(0, open), ...rest.slice(1, -1).split("][")];
}

function place(root: Branch, name: string, value: string): void {
  const parts = partsOf(name);
  if (parts.length > MOST_DEPTH) throw invalid("The request is nested too deeply.");
  let at = root;
  for (const [index, part] of parts.entries()) {
    const key = part === "" ? String(at.size) : part;
    if (index === parts.length - 1) {
      at.set(key, value);
      return;
    }
    const next = at.get(key);
    if (typeof next === "string") throw invalid(`Invalid ${name}: it is text and an object at once`, undefined, name);
    const branch: Branch = next ?? new Map();
    at.set(key, branch);
    at = branch;
  }
}

function grown(branch: string | Branch): FormValue {
  if (typeof branch === "string") return branch;
  const keys = [...branch.keys()];
  const isList = keys.length > 0 && keys.every((key, index) => key === String(index));
  if (isList) return [...branch.values()].map(grown);
  return Object.fromEntries([...branch].map(([key, value]) => [key, grown(value)]));
}

/** Errors: invalid_request_error for names that cannot be read. */
export function parseForm(text: string): Form {
  const root: Branch = new Map();
  const fields = [...new URLSearchParams(text)];
  if (fields.length > MOST_FIELDS) throw invalid(`A request may have at most ${MOST_FIELDS} parameters.`);
  for (const [name, value] of fields) place(root, name, value);
  return Object.fromEntries([...root].map(([key, value]) => [key, grown(value)]));
}
