#!/usr/bin/env python3
"""Makes of files what the binary holds of them: an assembly file that takes them in, and the table of app/assets.h.

    embed.py FOLDER --version VERSION [--page FOLDER] [--document NAME=PART,PART…]…

A file NAME of the page, which bundle.js made, becomes the asset static/NAME; a document the asset NAME, its JSON parts put
together. Each has a hash of its content, and further forms: compressed by gzip where that is smaller, and by brotli where
bundle.js left one (NAME.br). The same files make the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

# A quarter of SHA-256 is enough where nobody gains by two files of one hash.
HASH_DIGITS = 16


def main() -> None:
    parser = argparse.ArgumentParser(description="Put files into the binary.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--version", required=True)
    parser.add_argument("--page", type=Path)
    parser.add_argument("--document", action="append", default=[], metavar="NAME=PART,PART…")
    options = parser.parse_args()
    assets = page_files(options.page) if options.page else {}
    for entry in options.document:
        name, _, parts = entry.partition("=")
        assets[name] = Asset(document([Path(part) for part in parts.split(",")], options.version))
    options.folder.mkdir(parents=True, exist_ok=True)
    embed(options.folder.absolute(), assets)


@dataclass(frozen=True)
class Asset:
    content: bytes
    brotli: bytes = b""
    hashed: bool = False  # its name changes with its content


def page_files(folder: Path) -> dict[str, Asset]:
    """What the manifest of the page's folder names."""
    files = {}
    for entry in json.loads((folder / "manifest.json").read_text()):
        file, packed = folder / entry["name"], folder / f"{entry['name']}.br"
        files[f"static/{file.name}"] = Asset(file.read_bytes(), packed.read_bytes() if packed.exists() else b"", entry["hashed"])
    return files


def embed(folder: Path, assets: dict[str, Asset]) -> None:
    """Writes assets.S, assets.cc and the files that the first of them takes in."""
    assembly, declarations, table = [".section .rodata"], [], []
    for index, (name, asset) in enumerate(sorted(assets.items())):
        # No name and no date in it (mtime=0), so that it is the same at every build.
        packed = gzip.compress(asset.content, compresslevel=9, mtime=0)
        if len(packed) >= len(asset.content):
            packed = b""
        views = []
        for suffix, data in (("", asset.content), ("_gzip", packed), ("_br", asset.brotli)):
            symbol = f"playground_asset_{index}{suffix}"
            file = folder / symbol
            file.write_bytes(data)
            assembly += [f".global {symbol}", f".global {symbol}_end", f"{symbol}:", f'.incbin "{file}"',
                         f"{symbol}_end:", ".byte 0"]
            declarations.append(f"extern const char {symbol}[];\nextern const char {symbol}_end[];")
            views.append(f"{{{symbol}, static_cast<std::size_t>({symbol}_end - {symbol})}}")
        digest = hashlib.sha256(asset.content).hexdigest()[:HASH_DIGITS]
        table.append(f'      {{"{name}", {", ".join(views)}, "{digest}", {str(asset.hashed).lower()}}},')
    assembly.append('.section .note.GNU-stack,"",%progbits')
    (folder / "assets.S").write_text("\n".join(assembly) + "\n")
    (folder / "assets.cc").write_text(SOURCE % ("\n".join(declarations), "\n".join(table)))


def document(parts: list[Path], version: str) -> bytes:
    """An OpenAPI document of parts that are laid over each other, the version filled in. Errors, which all look alike, stand
    in the parts as codes by status ("x-errors" of an operation, "x-every-operation" of all) and become its responses; headers
    of replies as names of components ("x-reply-headers" of an operation, "x-every-reply" of all)."""
    whole: dict = {}
    for part in parts:
        lay_over(whole, json.loads(part.read_text()))
    whole["info"]["version"] = version
    meanings, headers = whole.pop("x-error-codes"), whole.pop("x-error-headers")
    everywhere = whole.pop("x-every-operation")
    add_methods(whole["paths"], whole.pop("x-every-path"))
    used = {"not_found"}
    for path in whole["paths"].values():
        for operation in path.values():
            own = operation.pop("x-errors", {})
            as_page = operation.pop("x-errors-as-page", False)
            for status in sorted({*own, *everywhere}):
                codes = sorted({*own.get(status, []), *everywhere.get(status, [])})
                used.update(codes)
                operation["responses"][status] = error_response(codes, meanings, headers.get(status), as_page and status in own)
    whole["components"]["schemas"]["ErrorCode"] = {"enum": sorted(used)}
    add_headers(whole, whole.pop("x-every-request"), whole.pop("x-every-reply"))
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def error_response(codes: list[str], meanings: dict[str, str], headers: dict | None, as_page: bool) -> dict:
    """The response of an operation for one status."""
    known = {"properties": {"error": {"properties": {"code": {"enum": codes}}}}}
    content = {"application/json": {"schema": {"allOf": [{"$ref": "#/components/schemas/Error"}, known]}}}
    if as_page:
        content["text/html"] = {"schema": {"type": "string"}}
    response = {"description": "; ".join(f"{code}: {meanings[code]}" for code in codes), "content": content}
    return response | ({"headers": headers} if headers else {})


def add_methods(paths: dict, everywhere: dict) -> None:
    """Gives each path the operations of every path that it has none of its own for. They are named after its first one, and
    fail as it does where its name stands for several."""
    for methods in paths.values():
        first = next(iter(methods.values()))
        not_found = {status: codes for status, codes in first.get("x-errors", {}).items() if status == "404"}
        for method, operation in everywhere.items():
            named = {"operationId": f"{first['operationId']}{method.capitalize()}", "x-errors": not_found}
            own = {"parameters": [one for one in first.get("parameters", []) if one.get("in") == "path"]}
            methods.setdefault(method, json.loads(json.dumps(operation | named | own)))


def add_headers(whole: dict, request: list[dict], reply: list[str]) -> None:
    """Names in each operation what may stand in the head of its request and of its replies. References to replies are
    replaced by what they stand for, as nothing may stand beside them."""
    shared = whole["components"].pop("responses")
    for path in whole["paths"].values():
        for operation in path.values():
            operation["parameters"] = operation.get("parameters", []) + request
            names = [*operation.pop("x-reply-headers", []), *reply]
            for status, response in operation["responses"].items():
                if "$ref" in response:
                    response = shared[response["$ref"].rpartition("/")[2]]
                own = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
                operation["responses"][status] = response | {"headers": own | response.get("headers", {})}


def lay_over(lower: dict, upper: dict) -> None:
    """Objects are merged member by member; a member that is no object may stand in one part only."""
    for name, value in upper.items():
        if name not in lower:
            lower[name] = value
        elif isinstance(value, dict) and isinstance(lower[name], dict):
            lay_over(lower[name], value)
        else:
            raise SystemExit(f"embed: two parts have {name!r}")


SOURCE = """#include "app/assets.h"

extern "C" {
%s
}

namespace playground::app {

std::span<const Asset> assets() {
  static const Asset table[] = {
%s
  };
  return table;
}

}  // namespace playground::app
"""


if __name__ == "__main__":
    main()
