"""Services and network policies: what reaches a pod, and what a pod may reach."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, ip_address, ip_network

from .manifests import Manifests, labels_of, selects

Found = Iterator[tuple[dict, str]]

# Beside the policies of a role: the sidecar's way to the mesh's control plane and to names.
MESH_NAMESPACES = {"istio-system", "kube-system"}
METADATA_SERVER = ip_address("169.254.169.254")


def service_selects_pods(manifests: Manifests) -> Found:
    for service in manifests.of("Service"):
        if not targets(manifests, service):
            yield service, "its selector matches no pod"


def service_ports(manifests: Manifests) -> Found:
    """A Service's port is named by the container; only metrics' own Service may lead to the admin listener."""
    for service in manifests.of("Service"):
        for _, container in targets(manifests, service):
            names = {port.get("name") for port in container.get("ports", [])}
            for port in service["spec"]["ports"]:
                if port.get("targetPort") not in names:
                    yield service, f"port {port['port']} leads to {port.get('targetPort')}, which no container names"
                if port.get("targetPort") == "admin" and service["spec"].get("clusterIP") != "None":
                    yield service, "leads to the admin listener, and is not headless"


def callers_addresses(manifests: Manifests) -> Found:
    """A load balancer keeps its callers' addresses, and says who may call."""
    for service in manifests.of("Service"):
        if service["spec"].get("type") != "LoadBalancer":
            continue
        if service["spec"].get("externalTrafficPolicy") != "Local":
            yield service, "externalTrafficPolicy is not Local: every caller would have a node's address"
        if not service["spec"].get("loadBalancerSourceRanges"):
            yield service, "loadBalancerSourceRanges does not say who may call"


def monitor_selects_service(manifests: Manifests) -> Found:
    for monitor in manifests.of("ServiceMonitor"):
        services = [service for service in manifests.of("Service")
                    if selects(monitor["spec"].get("selector"), service["metadata"].get("labels", {}))]
        ports = {port.get("name") for service in services for port in service["spec"]["ports"]}
        if not services:
            yield monitor, "selects no Service"
        elif not {endpoint.get("port") for endpoint in monitor["spec"]["endpoints"]} <= ports:
            yield monitor, "names a port that its Services do not have"


def backends_reach_nothing(manifests: Manifests) -> Found:
    """Egress of backends is denied whole; in a mesh, the sidecar's to the control plane is not."""
    for deployment, _, _ in manifests.with_role("backend"):
        rules = egress_of(manifests, deployment)
        if rules is None:
            yield deployment, "no NetworkPolicy denies its egress"
        elif any(not (in_mesh(deployment) and within_mesh(rule)) for rule in rules):
            yield deployment, "a NetworkPolicy allows it egress"


def uis_reach_backends(manifests: Manifests) -> Found:
    """A ui asks for names and reaches backends, and no private address else: no node, no metadata server."""
    for deployment, _, _ in manifests.with_role("ui"):
        rules = egress_of(manifests, deployment)
        if rules is None:
            yield deployment, "no NetworkPolicy limits its egress"
            continue
        for rule in rules:
            if not rule.get("to") or not rule.get("ports"):
                yield deployment, "a rule of egress names no peer or no port"
            for peer in rule.get("to", []):
                if "ipBlock" in peer and holds(peer["ipBlock"], METADATA_SERVER):
                    yield deployment, f"may reach the cloud's metadata server through {peer['ipBlock']['cidr']}"
        names = {port["port"] for rule in rules for port in rule.get("ports", [])}
        if 53 not in names:
            yield deployment, "can't ask for names"


def holds(block: dict, address: IPv4Address) -> bool:
    """Whether an ipBlock has the address, and does not except it."""
    return address in ip_network(block["cidr"]) and not any(address in ip_network(out) for out in block.get("except", []))


def targets(manifests: Manifests, service: dict) -> list[tuple[dict, dict]]:
    """The Deployments that a Service selects, each with its container."""
    selector = {"matchLabels": service["spec"].get("selector", {})}
    return [(deployment, container) for deployment, _, container in manifests.deployments()
            if selects(selector, labels_of(deployment))]


def egress_of(manifests: Manifests, deployment: dict) -> list[dict] | None:
    """The rules of egress of all policies together; None when no policy is about egress."""
    policies = [policy["spec"] for policy in manifests.of("NetworkPolicy")
                if "Egress" in policy["spec"].get("policyTypes", [])
                and selects(policy["spec"].get("podSelector"), labels_of(deployment))]
    if not policies:
        return None
    return [rule for policy in policies for rule in policy.get("egress", [])]


def in_mesh(deployment: dict) -> bool:
    return labels_of(deployment).get("sidecar.istio.io/inject") == "true"


def within_mesh(rule: dict) -> bool:
    names = {peer.get("namespaceSelector", {}).get("matchLabels", {}).get("kubernetes.io/metadata.name")
             for peer in rule.get("to", [])}
    return bool(names) and names <= MESH_NAMESPACES


RULES = (service_selects_pods, service_ports, callers_addresses, monitor_selects_service, backends_reach_nothing,
         uis_reach_backends)
