// Which fields of an object its TypeScript declaration does not have. Understands what generated declarations are made
// of: one interface a file, of objects, arrays, maps, imported interfaces, and scalars.
import { createRequire } from "node:module";
import { readFileSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";

const TOKEN = /"(?:[^"\\]|\\.)*"|[A-Za-z_$][\w$]*|[{}[\]<>()?:;|,&=]|\S/g;
const ANY = { kind: "any" };

// Parsed declarations by path: the interface's type, and where its imported names come from.
const files = new Map();

export function* unknownFields(value, declaration) {
  yield* walk(value, load(declaration), "");
}

function* walk(value, { type, imports, path }, place) {
  if (type.kind === "array" && Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* walk(item, { type: type.of, imports, path }, `${place}/${i}`);
  } else if (type.kind === "name" && imports.has(type.name)) {
    const file = declarationOf(imports.get(type.name), path);
    if (file) yield* walk(value, load(file), place);
  } else if (type.kind === "object" && value !== null && typeof value === "object" && !Array.isArray(value)) {
    for (const [field, item] of Object.entries(value)) {
      const of = type.fields.get(field) ?? type.others;
      if (!of) yield `${place}/${field} is no field of the schema`;
      else yield* walk(item, { type: of, imports, path }, `${place}/${field}`);
    }
  }
}

function declarationOf(specifier, from) {
  const found = specifier.startsWith(".")
    ? join(dirname(from), specifier + ".d.ts")
    : createRequire(from).resolve(specifier).replace(/\.m?js$/, ".d.ts");
  return existsSync(found) ? found : null;
}

function load(path) {
  if (!files.has(path)) files.set(path, { ...parse(readFileSync(path, "utf8")), path });
  return files.get(path);
}

function parse(text) {
  const imports = new Map();
  for (const [, names, from] of text.matchAll(/import \{([^}]*)\} from "([^"]+)"/g)) {
    for (const name of names.split(",")) imports.set(name.trim(), from);
  }
  const start = text.search(/export (declare )?interface /);
  if (start < 0) return { type: ANY, imports }; // an alias of scalars, as IntOrString
  const body = text.slice(text.indexOf("{", start)).replace(/\/\*[\s\S]*?\*\//g, "");
  return { type: new Types(body.match(TOKEN)).type(), imports };
}

function either(one, other) {
  if (one.kind !== "object" || other.kind !== "object") return one.kind === "object" ? one : other;
  const fields = new Map(one.fields);
  for (const [name, type] of other.fields) fields.set(name, fields.has(name) ? either(fields.get(name), type) : type);
  return { kind: "object", fields, others: one.others ?? other.others };
}

// A recursive descent through the tokens of one type.
class Types {
  constructor(tokens) {
    this.tokens = tokens;
    this.at = 0;
  }

  peek() {
    return this.tokens[this.at];
  }

  next() {
    return this.tokens[this.at++];
  }

  // Of a union or an intersection, what any member has: which of them go together, the validators know.
  type() {
    let found = this.single();
    while (this.peek() === "|" || this.peek() === "&") {
      this.next();
      found = either(found, this.single());
    }
    return found;
  }

  single() {
    if (this.peek() === "{") return this.object();
    const name = this.next();
    if (name === "(") {
      const inner = this.type();
      this.next(); // )
      return inner;
    }
    if (this.peek() !== "<") return { kind: "name", name };
    // An Array<of>, or an Exclude<of, some shapes of it>.
    this.next();
    const of = this.type();
    while (this.next() === ",") this.type();
    return name === "Array" ? { kind: "array", of } : of;
  }

  object() {
    const fields = new Map();
    let others = null;
    this.next(); // {
    while (this.peek() !== "}") {
      const name = this.next();
      if (name === "[") {
        while (this.next() !== "]");
        this.next(); // :
        others = this.type();
      } else {
        if (this.peek() === "?") this.next();
        this.next(); // :
        fields.set(JSON.parse(name), this.type());
      }
      if (this.peek() === ";") this.next();
    }
    this.next(); // }
    // `{}` and `object` stand for "anything".
    return fields.size === 0 && !others ? ANY : { kind: "object", fields, others };
  }
}
