"""A small API server for the real kubectl: discovery, objects, watches, logs. Plain HTTP on a free port.

    with StubApi("192.0.2.1") as api:
        api.context("playground-gke")  # for a kubeconfig
        api.store.get("deployments", "playground", "playground-ui")
        api.writes  # what was written, as ("POST", "services", "playground-ui")
"""

from __future__ import annotations

import json
import select
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from stub_store import Store

# Group and version, then kind by resource.
RESOURCES = {
    "v1": {"namespaces": "Namespace", "services": "Service", "serviceaccounts": "ServiceAccount",
           "configmaps": "ConfigMap", "secrets": "Secret", "pods": "Pod"},
    "apps/v1": {"deployments": "Deployment", "replicasets": "ReplicaSet"},
    "policy/v1": {"poddisruptionbudgets": "PodDisruptionBudget"},
    "autoscaling/v2": {"horizontalpodautoscalers": "HorizontalPodAutoscaler"},
    "networking.k8s.io/v1": {"networkpolicies": "NetworkPolicy"},
    "monitoring.coreos.com/v1": {"servicemonitors": "ServiceMonitor", "prometheusrules": "PrometheusRule"},
}
CLUSTER_WIDE = {"namespaces"}
VERBS = ["create", "get", "list", "patch", "update", "watch"]
POD_LOG = "a line of a pod's log\n"


class StubApi:
    """One cluster, served until the block is left."""

    def __init__(self, address: str) -> None:
        """address: what its load balancers are given."""
        self.store = Store(address)
        self.writes: list[tuple[str, str, str]] = []
        self.closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"api": self}))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})

    def __enter__(self) -> StubApi:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Each request on its own thread; `api` is set by a subclass for each server."""

    api: StubApi
    protocol_version = "HTTP/1.1"
    # Head and body are two writes: without this the second waits for the first one's acknowledgement.
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        discovered = discovery(url.path)
        if discovered is not None:
            return self._send(200, discovered)
        group, namespace, resource, rest = split(url.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        if resource is None:
            return self._missing()
        if rest[1:] == ["log"]:
            return self._send(200, POD_LOG)
        if query.get("watch") in ("true", "1"):
            return self._watch()
        if rest:
            found = self.api.store.get(resource, namespace, rest[0])
            return self._send(200, found) if found else self._missing()
        labels = dict(pair.split("=") for pair in query.get("labelSelector", "").split(",") if pair)
        name = query.get("fieldSelector", "").removeprefix("metadata.name=") or None
        kind = RESOURCES[group][resource]
        self._send(200, {"apiVersion": group, "kind": kind + "List", "metadata": {"resourceVersion": "1"},
                         "items": self.api.store.list(resource, namespace, labels, name)})

    def do_POST(self) -> None:
        body = self._body()
        _, namespace, resource, _ = split(urlsplit(self.path).path)
        if resource is None:
            return self._missing()
        self.api.writes.append(("POST", resource, body["metadata"]["name"]))
        self._send(201, self.api.store.put(resource, namespace, body))

    def do_PATCH(self) -> None:
        body = self._body()
        _, namespace, resource, rest = split(urlsplit(self.path).path)
        if resource is None or not rest:
            return self._missing()
        kind = self.headers.get("Content-Type", "")
        self.api.writes.append(("PATCH", resource, rest[0]))
        changed = self.api.store.patch(resource, namespace, rest[0], kind, body)
        self._send(200, changed) if changed else self._missing()

    def _body(self) -> dict | list:
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

    def _watch(self) -> None:
        """Nothing ever changes by itself here: open, and silent until either side goes."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        while not self.api.closing.is_set():
            readable, _, _ = select.select([self.connection], [], [], 0.05)
            if readable and self.connection.recv(1, socket.MSG_PEEK) == b"":
                return

    def _missing(self) -> None:
        self._send(404, {"apiVersion": "v1", "kind": "Status", "status": "Failure", "reason": "NotFound",
                         "message": f"{self.path} not found", "code": 404})

    def _send(self, code: int, body: dict | str) -> None:
        text = body if isinstance(body, str) else json.dumps(body)
        data = text.encode()
        self.send_response(code)
        self.send_header("Content-Type", "text/plain" if isinstance(body, str) else "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def split(path: str) -> tuple[str, str, str | None, list[str]]:
    """Group and version, namespace, resource, and what follows. The resource is None where there is none such."""
    parts = path.strip("/").split("/")
    group, parts = ("v1", parts[2:]) if parts[0] == "api" else ("/".join(parts[1:3]), parts[3:])
    namespace = ""
    if parts[:1] == ["namespaces"] and len(parts) > 2:
        namespace, parts = parts[1], parts[2:]
    if not parts or parts[0] not in RESOURCES.get(group, {}):
        return group, namespace, None, []
    return group, namespace, parts[0], parts[1:]


def discovery(path: str) -> dict | None:
    """What kubectl asks before it does anything; None for any other path."""
    if path == "/version":
        return {"major": "1", "minor": "32", "gitVersion": "v1.32.3"}
    if path == "/api":
        return {"kind": "APIVersions", "versions": ["v1"]}
    if path == "/apis":
        return {"kind": "APIGroupList", "apiVersion": "v1", "groups": [
            {"name": group.split("/")[0], "versions": [version(group)], "preferredVersion": version(group)}
            for group in RESOURCES if "/" in group]}
    if path == "/openapi/v3":
        return {"paths": {prefix(group)[1:]: {"serverRelativeURL": "/openapi/v3" + prefix(group)} for group in RESOURCES}}
    group = path.removeprefix("/openapi/v3").removeprefix("/apis/").removeprefix("/api/")
    if group not in RESOURCES:
        return None
    return openapi(group) if path.startswith("/openapi/v3") else resource_list(group)


def prefix(group: str) -> str:
    return f"/apis/{group}" if "/" in group else f"/api/{group}"


def version(group: str) -> dict:
    return {"groupVersion": group, "version": group.split("/")[1]}


def resource_list(group: str) -> dict:
    return {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": group, "resources": [
        {"name": name, "singularName": kind.lower(), "namespaced": name not in CLUSTER_WIDE, "kind": kind, "verbs": VERBS}
        for name, kind in RESOURCES[group].items()]}


def openapi(group: str) -> dict:
    """Just enough for kubectl to see that the server validates fields itself."""
    name, _, number = group.rpartition("/")
    return {"openapi": "3.0.0", "info": {"title": "stub", "version": "1"}, "components": {"schemas": {}}, "paths": {
        f"{prefix(group)}/{resource}/{{name}}": {"patch": {
            "x-kubernetes-group-version-kind": {"group": name, "version": number, "kind": kind},
            "parameters": [{"name": "fieldValidation", "in": "query", "schema": {"type": "string"}}],
            "responses": {"200": {"description": "done"}},
        }} for resource, kind in RESOURCES[group].items()}}
