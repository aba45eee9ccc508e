// Holds Kubernetes objects to the real schemas: reads [{name, objects}] as JSON from standard input, writes
// [{name, object, message}] of what is wrong. The validators of `kubernetes-models` let unknown fields pass, so
// fields are also looked up in its type declarations, as `kubectl apply --validate=strict` would on a server.
import { createRequire } from "node:module";
import { readFileSync, existsSync } from "node:fs";
import { unknownFields } from "./declared_fields.mjs";

const require = createRequire(import.meta.url);

// The package of a group; those without a dot, and of Kubernetes itself, are in the first.
const PACKAGES = [
  [/\.istio\.io\//, "@kubernetes-models/istio"],
  [/^monitoring\.coreos\.com\//, "@kubernetes-models/prometheus-operator"],
  [/./, "kubernetes-models"],
];

function moduleOf(object) {
  const [, name] = PACKAGES.find(([group]) => group.test(object.apiVersion));
  return `${name}/${object.apiVersion}/${object.kind}`;
}

function* problems(object) {
  let path;
  try {
    path = require.resolve(moduleOf(object));
  } catch {
    yield `there is no ${object.kind} in ${object.apiVersion}`;
    return;
  }
  try {
    new (require(path)[object.kind])(object).validate();
  } catch (error) {
    yield error.message;
  }
  const declaration = path.replace(/\.m?js$/, ".d.ts");
  if (!existsSync(declaration)) throw new Error(`${declaration} is missing`);
  yield* unknownFields(object, declaration);
}

const found = [];
for (const { name, objects } of JSON.parse(readFileSync(0, "utf8"))) {
  for (const object of objects) {
    for (const message of problems(object)) {
      found.push({ name, object: `${object.kind}/${object.metadata?.name}`, message });
    }
  }
}
process.stdout.write(JSON.stringify(found));
