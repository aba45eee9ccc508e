"""What one object says of another, or of the server: names that must exist."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import options
from .manifests import Manifests

Found = Iterator[tuple[dict, str]]

HASH = re.compile(r"-[0-9a-z]{10}$")
CLUSTER_WIDE = {"Namespace"}


def same_namespace(manifests: Manifests) -> Found:
    """One namespace for all; a ServiceAccount in another than its pods is none."""
    names = {item["metadata"]["name"] for item in manifests.of("Namespace")}
    for item in manifests.objects:
        if item["kind"] not in CLUSTER_WIDE and item["metadata"].get("namespace") not in names:
            yield item, f"is in namespace {item['metadata'].get('namespace')}, which is not among the manifests"


def service_account_exists(manifests: Manifests) -> Found:
    for deployment, pod, _ in manifests.deployments():
        account = manifests.find("ServiceAccount", pod.get("serviceAccountName", "default"))
        if account is None:
            yield deployment, f"ServiceAccount {pod.get('serviceAccountName')} is not among the manifests"
        elif account["metadata"].get("namespace") != deployment["metadata"].get("namespace"):
            yield deployment, f"ServiceAccount {account['metadata']['name']} is in another namespace"


def config_map_hash(manifests: Manifests) -> Found:
    """Settings have a hash of their content in the name, so that a change rolls the pods."""
    for deployment, _, container in manifests.deployments():
        names = [source.get("configMapRef", {}).get("name") for source in container.get("envFrom", [])]
        for name in names:
            if name is None or not HASH.search(name):
                yield deployment, f"settings come from {name}, whose name does not change with its content"
            elif manifests.find("ConfigMap", name) is None:
                yield deployment, f"ConfigMap {name} is not among the manifests"


def known_options(manifests: Manifests) -> Found:
    """Every setting is an option of the server, and of its role: what it does not know or need it would ignore."""
    for deployment, _, container in manifests.deployments():
        role = container.get("args", ["?"])[0]
        for name in manifests.environment(container):
            if role not in options.roles(name):
                yield deployment, f"{name} is no option of playground {role}"


def mounted_files(manifests: Manifests) -> Found:
    """What a setting names as a file or directory is mounted."""
    for deployment, pod, container in manifests.deployments():
        mounts = {mount["mountPath"]: mount["name"] for mount in container.get("volumeMounts", [])}
        volumes = {volume["name"] for volume in pod.get("volumes", [])}
        for missing in set(mounts.values()) - volumes:
            yield deployment, f"mounts volume {missing}, which the pod does not have"
        for name, value in manifests.environment(container).items():
            if not name.endswith(("_DIR", "_FILE", "_CERT", "_KEY")):
                continue
            if not any(value == path or value.startswith(path + "/") for path in mounts):
                yield deployment, f"{name} is {value}, where nothing is mounted"


def tokens_over_tls(manifests: Manifests) -> Found:
    """The ui's token goes to no backend of another network in the clear; the server refuses to start so."""
    for deployment, _, container in manifests.with_role("ui"):
        settings = manifests.environment(container)
        backends = settings.get("PLAYGROUND_BACKENDS", "")
        if "PLAYGROUND_BACKEND_TOKEN_FILE" in settings and "http://" in backends:
            yield deployment, f"has a token, and a backend over http: {backends}"


def scheme_of_backends(manifests: Manifests) -> Found:
    """The ui speaks to the backends beside it as they listen."""
    for deployment, _, ui in manifests.with_role("ui"):
        urls = manifests.environment(ui).get("PLAYGROUND_BACKENDS", "").split(",")
        for _, _, backend in manifests.with_role("backend"):
            scheme = "https" if manifests.environment(backend).get("PLAYGROUND_TLS_CERT") else "http"
            for url in urls:
                if "://playground-backend:" in url and f"={scheme}://" not in url:
                    yield deployment, f"asks {url}, and the backend speaks {scheme}"


def no_tls_in_mesh(manifests: Manifests) -> Found:
    """A sidecar reads the port as HTTP, and cuts off what is encrypted already."""
    for deployment, _, container in manifests.deployments():
        labels = deployment["spec"]["template"]["metadata"].get("labels", {})
        tls = manifests.environment(container).get("PLAYGROUND_TLS_CERT")
        if tls and labels.get("sidecar.istio.io/inject") == "true":
            yield deployment, "has TLS of its own and a sidecar"


RULES = (same_namespace, service_account_exists, config_map_hash, known_options, mounted_files, tokens_over_tls,
         scheme_of_backends, no_tls_in_mesh)
