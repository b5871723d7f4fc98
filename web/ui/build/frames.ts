/** TypeScript for the frames of the wire, from their JSON Schema: `docs/wire.schema.json` in, `src/wire/frames.ts` out. */

export interface Schema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: "string" | "integer" | "number" | "boolean" | "null" | "array" | "object";
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly required?: readonly string[];
  readonly allOf?: readonly Condition[];
}

/** How the schema says which body an event of a kind has. */
interface Condition {
  readonly if: { readonly properties: { readonly kind: { readonly const: string } } };
  readonly then: { readonly properties: { readonly body: Schema } };
}

export type Definitions = Readonly<Record<string, Schema>>;

/** Names that would hide what every browser has. */
const RENAMED: Readonly<Record<string, string>> = { Error: "ErrorFrame" };

/** The lists of words that have a name, and where in the schema each is found: it has the words without their names. */
const WORDS: readonly (readonly [string, string, string])[] = [
  ["ActState", "Acted", "state"],
  ["Acuity", "Case", "acuity"],
  ["Change", "CaseFrame", "change"],
  ["ErrorCode", "Error", "code"],
  ["EvidenceType", "Evidence", "type"],
  ["LeftCode", "Left", "code"],
  ["Mode", "Joined", "as"],
  ["Help", "CaseFrame", "help"],
  ["ObserverMode", "ObserverSwitch", "mode"],
  ["PageAnswer", "Responded", "answer"],
  ["PageState", "PageNow", "state"],
  ["PostKind", "Posted", "kind"],
  ["Reach", "Case", "reach"],
  ["Stance", "Corroborated", "stance"],
  ["FlagReason", "Warned", "reason"],
  ["Verdict", "OutcomeGiven", "verdict"],
];

const PLAIN: Readonly<Record<string, string>> = {
  string: "string",
  integer: "number",
  number: "number",
  boolean: "boolean",
};

const HEAD = `// Made from docs/wire.schema.json by \`npm run frames\`. Edit neither this file nor its formatting.
// A server may be newer than this page: an event may have a \`kind\` that does not stand here.
`;

/** The source of a module with one exported type for each definition. */
export function typescript(found: Definitions): string {
  const definitions = worded(found);
  const asked = reachable("ClientFrame", definitions);
  const types = Object.entries(definitions).map(([name, schema]) => declared(name, schema, asked.has(name)));
  return `${HEAD}\n${types.join("\n\n")}\n`;
}

/** `found` with a definition for each list of words, and its name wherever the list stands. */
function worded(found: Definitions): Definitions {
  const lists = WORDS.map(([name, of, field]) => [name, { enum: found[of]?.properties?.[field]?.enum ?? [] }] as const);
  const names = new Map(lists.map(([name, list]) => [JSON.stringify(list.enum), name]));
  const referring: Definitions = JSON.parse(JSON.stringify(found), (_key, value) => {
    const name = names.get(JSON.stringify(value?.enum));
    return name ? { $ref: `#/$defs/${name}` } : value;
  });
  return { ...Object.fromEntries(lists), ...referring };
}

function declared(name: string, schema: Schema, asked: boolean): string {
  const comment = schema.description ? `/** ${schema.description} */\n` : "";
  const type = schema.allOf ? byKind(schema) : typed(schema, asked);
  return `${comment}export type ${named(name)} =${type.startsWith("\n") ? "" : " "}${type};`;
}

/** One variant for each kind of event, so that a look at `kind` tells the type of `body`. */
function byKind(schema: Schema): string {
  const { kind: _kind, body: _body, ...common } = schema.properties ?? {};
  const variants = (schema.allOf ?? []).map(({ if: { properties }, then }) => {
    const { kind, body } = { ...properties, ...then.properties };
    return `\n  | { readonly kind: ${typed(kind, false)}; readonly body: ${typed(body, false)} }`;
  });
  return `${object({ ...schema, properties: common }, false)} & (${variants.join("")}\n)`;
}

function typed(schema: Schema, asked: boolean): string {
  if (schema.$ref) return named(schema.$ref.replace("#/$defs/", ""));
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return joined(schema.enum.map((value) => JSON.stringify(value)));
  if (schema.anyOf) return union(schema.anyOf, asked);
  if (schema.type === "array") return list(schema, asked);
  if (schema.type === "object") return object(schema, asked);
  return PLAIN[schema.type ?? ""] ?? "unknown";
}

/** An array of one type, or of one type for each place. */
function list({ prefixItems, items }: Schema, asked: boolean): string {
  if (prefixItems) return `readonly [${prefixItems.map((item) => typed(item, asked)).join(", ")}]`;
  const item = typed(items ?? {}, asked);
  return `readonly ${/ \| |^readonly /.test(item) ? `(${item})` : item}[]`;
}

/** The server leaves out what it would have to call null, and takes what is left out for null. */
function union(variants: readonly Schema[], asked: boolean): string {
  return joined(variants.filter(({ type }) => type !== "null").map((variant) => typed(variant, asked)));
}

function joined(types: readonly string[]): string {
  return types.length > 8 ? types.map((type) => `\n  | ${type}`).join("") : types.join(" | ");
}

function object(schema: Schema, asked: boolean): string {
  const { properties, additionalProperties, required } = schema;
  if (!properties) return `{ readonly [name: string]: ${typed(additionalProperties ?? {}, asked)} }`;
  const fields = Object.entries(properties).map(([name, field]) => {
    const needed = required?.includes(name);
    return `\n  readonly ${name}${needed ? "" : "?"}: ${typed(field, asked)}${needed || !asked ? "" : " | undefined"};`;
  });
  return `{${fields.join("")}\n}`;
}

/** What we send may name a field and leave it undefined: the codec drops it. */
function reachable(name: string, definitions: Definitions, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const [, to] of JSON.stringify(definitions[name] ?? {}).matchAll(/#\/\$defs\/(\w+)/g)) {
    if (to) reachable(to, definitions, seen);
  }
  return seen;
}

function named(name: string): string {
  return RENAMED[name] ?? name;
}
