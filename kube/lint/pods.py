"""What a single pod must say: Pod Security "restricted" and a little more, probes, images, ports."""

from __future__ import annotations

from collections.abc import Iterator

from .manifests import Manifests

Found = Iterator[tuple[dict, str]]


def restricted_pod(manifests: Manifests) -> Found:
    """https://kubernetes.io/docs/concepts/security/pod-security-standards/ "restricted", and a read-only root."""
    for deployment, pod, container in manifests.deployments():
        own = container.get("securityContext", {})
        whole = pod.get("securityContext", {})
        wanted = {
            "runAsNonRoot": own.get("runAsNonRoot", whole.get("runAsNonRoot")) is True,
            "runAsUser above 10000": (own.get("runAsUser", whole.get("runAsUser")) or 0) > 10000,
            "seccompProfile RuntimeDefault": whole.get("seccompProfile", {}).get("type") == "RuntimeDefault",
            "allowPrivilegeEscalation false": own.get("allowPrivilegeEscalation") is False,
            "capabilities drop ALL": own.get("capabilities") == {"drop": ["ALL"]},
            "readOnlyRootFilesystem": own.get("readOnlyRootFilesystem") is True,
            "no privileged": not own.get("privileged"),
            "no host namespaces": not any(pod.get(key) for key in ("hostNetwork", "hostPID", "hostIPC")),
            "no host paths or ports": not any("hostPath" in volume for volume in pod.get("volumes", []))
                                      and not any("hostPort" in port for port in container.get("ports", [])),
            "one container": len(pod["containers"]) == 1 and not pod.get("initContainers"),
        }
        for name, met in wanted.items():
            if not met:
                yield deployment, f"not restricted: {name}"


def no_account_token(manifests: Manifests) -> Found:
    """A program that gets out of its sandbox finds no key to the cluster."""
    for deployment, pod, _ in manifests.deployments():
        if pod.get("automountServiceAccountToken") is not False:
            yield deployment, "automountServiceAccountToken is not false"
        if pod.get("serviceAccountName", "default") == "default":
            yield deployment, "uses the default ServiceAccount"


def no_service_links(manifests: Manifests) -> Found:
    """The cluster's own PLAYGROUND_… variables have no place beside the server's options."""
    for deployment, pod, _ in manifests.deployments():
        if pod.get("enableServiceLinks") is not False:
            yield deployment, "enableServiceLinks is not false"


def probes(manifests: Manifests) -> Found:
    """Three probes by httpGet, for the image has no shell; liveness never by what fails while draining."""
    paths = {"startupProbe": "/healthz", "livenessProbe": "/healthz", "readinessProbe": "/readyz"}
    for deployment, _, container in manifests.deployments():
        tls = bool(manifests.environment(container).get("PLAYGROUND_TLS_CERT"))
        for name, path in paths.items():
            probe = container.get(name, {})
            get = probe.get("httpGet")
            if get is None:
                yield deployment, f"{name} is not by httpGet"
                continue
            if get.get("path") != path:
                yield deployment, f"{name} asks {get.get('path')}, not {path}"
            if (get.get("scheme", "HTTP") == "HTTPS") != tls and get.get("port") == "http":
                yield deployment, f"{name} speaks {get.get('scheme', 'HTTP')}, the listener does not"
        ready = container.get("readinessProbe", {})
        if not 2 <= ready.get("periodSeconds", 10) <= 5 or ready.get("failureThreshold", 3) > 2:
            yield deployment, "readinessProbe: periodSeconds must be 2 to 5, failureThreshold at most 2"


def pre_stop(manifests: Manifests) -> Found:
    """Balancers learn of the end beside SIGTERM, not before: a wait, by the kubelet, without a shell."""
    for deployment, _, container in manifests.deployments():
        action = container.get("lifecycle", {}).get("preStop", {})
        if action.get("sleep", {}).get("seconds", 0) < 5:
            yield deployment, "preStop is not a sleep of 5 s or more"


def image_tag(manifests: Manifests) -> Found:
    """A tag that names one build: else a roll-back rolls nothing back."""
    for deployment, _, container in manifests.deployments():
        image = container["image"]
        tag = image.rpartition("/")[2].partition(":")[2]
        if "@sha256:" not in image and tag in ("", "latest"):
            yield deployment, f"image {image} has no tag of its own"


def resources(manifests: Manifests) -> Found:
    """Both requests and limits; memory requested whole, for what is promised twice ends in a kill."""
    for deployment, _, container in manifests.deployments():
        requested = container.get("resources", {}).get("requests", {})
        limit = container.get("resources", {}).get("limits", {})
        if not {"cpu", "memory"} <= requested.keys() or not {"cpu", "memory"} <= limit.keys():
            yield deployment, "requests and limits must name cpu and memory"
        elif requested["memory"] != limit["memory"]:
            yield deployment, f"requests {requested['memory']} of memory, limit {limit['memory']}: must be equal"


def port_names(manifests: Manifests) -> Found:
    """Probes and listeners name ports that the container has."""
    for deployment, _, container in manifests.deployments():
        ports = {port.get("name"): port["containerPort"] for port in container.get("ports", [])}
        for name in ("startupProbe", "livenessProbe", "readinessProbe"):
            port = container.get(name, {}).get("httpGet", {}).get("port")
            if port is not None and port not in ports and port not in ports.values():
                yield deployment, f"{name} asks port {port}, which the container does not name"
        role = container.get("args", ["?"])[0].upper()
        settings = manifests.environment(container)
        for name, variable in (("http", f"PLAYGROUND_{role}_LISTEN"), ("admin", "PLAYGROUND_ADMIN_LISTEN")):
            if settings.get(variable) != f"0.0.0.0:{ports.get(name)}":
                yield deployment, f"{variable} is {settings.get(variable)}, port {name} is {ports.get(name)}"


RULES = (restricted_pod, no_account_token, no_service_links, probes, pre_stop, image_tag, resources, port_names)
