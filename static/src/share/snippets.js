// The request that the page sends, for other programs: by curl and by Python's standard library.

/**
 * @param {object} body of POST /python
 * @param {string} url
 * @param {boolean} asksToken
 */
export function asCurl(body, url, asksToken) {
  const lines = [`curl ${url}`, "-H 'Content-Type: application/json'"];
  if (asksToken) {
    lines.push('-H "Authorization: Bearer $TOKEN"');
  }
  lines.push(`-d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`);
  return `${lines.join(" \\\n  ")}\n`;
}

export function asPython(body, url, asksToken) {
  const authorization = asksToken ? ', "Authorization": f"Bearer {os.environ[\'TOKEN\']}"' : "";
  return `import json${asksToken ? "\nimport os" : ""}
import urllib.request

program = ${pythonLiteral(body)}
request = urllib.request.Request(
    ${JSON.stringify(url)},
    json.dumps(program).encode(),
    {"Content-Type": "application/json"${authorization}},
)
with urllib.request.urlopen(request) as reply:
    outcome = json.load(reply)
print(outcome["status"], outcome["stdout"], outcome["stderr"], sep="\\n")
`;
}

// JSON's strings are Python's, but for the words; members stand on lines of their own.
function pythonLiteral(value, indent = "") {
  const inner = `${indent}    `;
  if (Array.isArray(value)) {
    return value.length === 0 ? "[]" : `[\n${value.map((one) => `${inner}${pythonLiteral(one, inner)},\n`).join("")}${indent}]`;
  }
  if (value !== null && typeof value === "object") {
    const members = Object.entries(value).map(([name, one]) => `${inner}${JSON.stringify(name)}: ${pythonLiteral(one, inner)},\n`);
    return `{\n${members.join("")}${indent}}`;
  }
  if (typeof value === "string") {
    return pythonString(value, inner);
  }
  return { true: "True", false: "False", null: "None" }[String(value)] ?? String(value);
}

// A string of several lines stands on several lines, as people would write it.
function pythonString(text, indent) {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [""];
  if (lines.length === 1) {
    return JSON.stringify(text);
  }
  return `(\n${lines.map((line) => `${indent}${JSON.stringify(line)}\n`).join("")}${indent.slice(4)})`;
}
