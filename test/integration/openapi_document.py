"""A listener's OpenAPI document, and replies held against it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from http.client import HTTPMessage
from typing import NamedTuple

import jsonschema

from support.client import get


# What HTTP itself is about: the reply's framing and form.
FRAMING = {"Connection", "Content-Encoding", "Content-Length", "Content-Type", "Date", "Transfer-Encoding"}


class Seen(NamedTuple):
    """What a reply showed: the document's path and method, the status, and the error's code ("" without one that can be
    read)."""

    path: str
    method: str
    status: str
    code: str


class Document:
    """What GET /openapi.json of `address` says."""

    def __init__(self, address: str) -> None:
        self.text = get(address, "/openapi.json").json()
        self._resolver = jsonschema.RefResolver("", self.text)
        self._paths = {re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path))): path for path in self.text["paths"]}

    def path_of(self, target: str) -> str | None:
        """The document's path that a request's target is of."""
        asked = target.partition("?")[0]
        return next((path for pattern, path in self._paths.items() if pattern.fullmatch(asked)), None)

    def operations(self) -> Iterator[tuple[str, str, dict]]:
        """Path, method in capitals, operation."""
        for path, methods in self.text["paths"].items():
            for method, operation in methods.items():
                yield path, method.upper(), operation

    def codes(self) -> set[Seen]:
        """Every error that an operation names."""
        return {Seen(path, method, status, code)
                for path, method, operation in self.operations()
                for status, response in operation["responses"].items()
                for code in codes_of(response)}

    def follow(self, node: dict) -> dict:
        """What a reference stands for."""
        return self._resolver.resolve(node["$ref"])[1] if "$ref" in node else node

    def check(self, method: str, target: str, status: int, headers: HTTPMessage, body: bytes) -> Seen:
        """Raises AssertionError or jsonschema.ValidationError where a reply is not as the document says."""
        path = self.path_of(target)
        if path is None:
            self._check_headers(self.text["paths"]["/healthz"]["get"]["responses"]["400"], headers)
        if path is None and method == "HEAD":
            assert (status, body) == (404, b"")
            return Seen(target, method, "404", "")
        if path is None:
            self._check_body({"schema": {"$ref": "#/components/schemas/Error"}}, body)
            code = json.loads(body)["error"]["code"]
            assert (status, code) == (404, "not_found"), f"{target} is not in the document, but answers {status} {code}"
            return Seen(target, method, "404", code)
        operation = self._operation(path, method, status)
        response = self.follow(operation["responses"].get(str(status), {}))
        assert response, f"{method} {path}: {status} is not in the document"
        self._check_headers(response, headers)
        code = self._check_content(method, response, headers, body)
        return Seen(path, method, str(status), code)

    def _operation(self, path: str, method: str, status: int) -> dict:
        """HEAD is GET; a method that is not there is refused as any other of the path would be."""
        methods = self.text["paths"][path]
        found = methods.get("get" if method == "HEAD" else method.lower())
        assert found or status >= 400, f"{method} {path} is not in the document"
        return found or next(iter(methods.values()))

    def _check_headers(self, response: dict, headers: HTTPMessage) -> None:
        unknown = {name for name in headers if name not in FRAMING} - set(response["headers"])
        assert not unknown, f"{unknown} is not in the document"
        for name, header in response["headers"].items():
            described = self.follow(header)
            assert name in headers or not described.get("required"), f"{name} is missing"
            if name in headers:
                self._validate(described["schema"], headers[name])

    def _check_content(self, method: str, response: dict, headers: HTTPMessage, body: bytes) -> str:
        if "content" not in response:
            assert body == b"" and "Content-Type" not in headers
            return ""
        kind = headers["Content-Type"].split(";")[0]
        assert kind in response["content"], f"{kind} is not in the document"
        if method == "HEAD":
            assert body == b""
            return ""
        if kind == "application/json":
            self._check_body(response["content"][kind], body)
            return json.loads(body)["error"]["code"] if codes_of(response) else ""
        self._validate(response["content"][kind]["schema"], body.decode())
        return ""

    def _check_body(self, content: dict, body: bytes) -> None:
        self._validate(content["schema"], json.loads(body))

    def _validate(self, schema: dict, value: object) -> None:
        jsonschema.Draft202012Validator(schema, resolver=self._resolver).validate(value)


def codes_of(response: dict) -> list[str]:
    """The codes that an error's response allows; none for other responses."""
    schema = response.get("content", {}).get("application/json", {}).get("schema", {})
    return [code for part in schema.get("allOf", ()) if "properties" in part
            for code in part["properties"]["error"]["properties"]["code"]["enum"]]
