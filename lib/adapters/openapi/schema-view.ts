/** A JSON schema as rows to read, and as an example to copy. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  description?: string;
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  example?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
};
export type Row = { name: string; type: string; required: boolean; description: string };
export type Resolve = (schema: Schema) => Schema;

const DEEPEST = 4;
/** How the pattern of every amount starts, with or without a sign. */
const DECIMAL = "(0|[1-9][0-9]*)(\\.[0-9]";

export function resolver(schemas: Record<string, unknown> | undefined): Resolve {
  const resolve: Resolve = (schema) => {
    if (schema.$ref) return resolve((schemas?.[schema.$ref.split("/").at(-1) ?? ""] ?? {}) as Schema);
    if (schema.allOf) return Object.assign({}, ...schema.allOf.map(resolve), { ...schema, allOf: undefined });
    return schema;
  };
  return resolve;
}

function typeOf(given: Schema, resolve: Resolve): string {
  const schema = resolve(given);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const either = schema.anyOf ?? (schema.type ? undefined : schema.oneOf);
  if (either) return [...new Set(either.map((one) => typeOf(one, resolve)))].join(" | ");
  const types = [schema.type ?? "any"].flat();
  return types
    .map((type) => {
      if (type === "array") return `${schema.items ? typeOf(schema.items, resolve) : "any"}[]`;
      if (type === "object" && typeof schema.additionalProperties === "object" && !schema.properties) {
        return `map of ${typeOf(schema.additionalProperties, resolve)}`;
      }
      if (type === "string" && schema.pattern?.includes(DECIMAL)) return "amount";
      return schema.format === "date-time" && type === "string" ? "time" : type;
    })
    .join(" | ");
}

function inner(given: Schema, resolve: Resolve): { schema: Schema; suffix: string } | undefined {
  const schema = resolve(given);
  if (schema.properties) return { schema, suffix: "" };
  if (schema.items) {
    const of = inner(schema.items, resolve);
    return of && { schema: of.schema, suffix: `[]${of.suffix}` };
  }
  for (const one of schema.anyOf ?? []) {
    const of = inner(one, resolve);
    if (of) return of;
  }
  return undefined;
}

export function rowsOf(given: Schema, resolve: Resolve, prefix = "", depth = 0): Row[] {
  const top = inner(given, resolve);
  if (!top || depth > DEEPEST) return [];
  const required = new Set(top.schema.required);
  return Object.entries(top.schema.properties ?? {}).flatMap(([name, property]) => {
    const below = inner(property, resolve);
    const path = prefix + name;
    return [
      {
        name: path,
        type: typeOf(property, resolve),
        required: required.has(name),
        description: resolve(property).description ?? "",
      },
      ...(below ? rowsOf(below.schema, resolve, `${path}${below.suffix}.`, depth + 1) : []),
    ];
  });
}

/** The smallest example of a shape: required fields, and the first of alternatives. */
export function exampleOf(given: Schema, resolve: Resolve, depth = 0): unknown {
  const schema = resolve(given);
  if (schema.example !== undefined) return schema.example;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.properties && depth <= DEEPEST) {
    const names = new Set([...(schema.oneOf?.[0]?.required ?? []), ...(schema.required ?? [])]);
    const entries = Object.entries(schema.properties).filter(([name]) => names.has(name));
    return Object.fromEntries(entries.map(([name, property]) => [name, exampleOf(property, resolve, depth + 1)]));
  }
  const either = schema.anyOf?.[0];
  if (either) return exampleOf(either, resolve, depth + 1);
  const type = [schema.type ?? "object"].flat()[0];
  if (type === "array") return schema.items ? [exampleOf(schema.items, resolve, depth + 1)] : [];
  if (type === "integer" || type === "number") return 1;
  if (type === "boolean") return true;
  return type === "string" ? "…" : {};
}
