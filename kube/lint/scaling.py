"""How many pods there are, where, and how they are replaced."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from .manifests import Manifests, labels_of, quantity, selects

Found = Iterator[tuple[dict, str]]

ADAPTER = Path(__file__).resolve().parents[1] / "monitoring" / "adapter-values.yaml"
POOL_METRIC = "playground_pool_load"
POOL_TARGET = 0.7


def rolling_update(manifests: Manifests) -> Found:
    """A new pod serves before an old one goes."""
    for deployment, _, _ in manifests.deployments():
        spec = deployment["spec"]
        rolling = spec.get("strategy", {}).get("rollingUpdate", {})
        if (rolling.get("maxSurge"), rolling.get("maxUnavailable")) != (1, 0):
            yield deployment, "must roll with maxSurge 1 and maxUnavailable 0"
        if not 5 <= spec.get("minReadySeconds", 0) <= 10:
            yield deployment, "minReadySeconds must be 5 to 10"


def selector_matches(manifests: Manifests) -> Found:
    for deployment, _, _ in manifests.deployments():
        if not selects(deployment["spec"].get("selector"), labels_of(deployment)):
            yield deployment, "its selector does not match its own pods"


def spread_over_nodes(manifests: Manifests) -> Found:
    """Replicas on different nodes; and the constraints select the pods that they stand in."""
    for deployment, pod, _ in manifests.deployments():
        spreads = pod.get("topologySpreadConstraints", [])
        terms = [term["podAffinityTerm"] for term in pod.get("affinity", {}).get("podAntiAffinity", {})
                 .get("preferredDuringSchedulingIgnoredDuringExecution", [])]
        if not any(spread["topologyKey"] == "kubernetes.io/hostname" for spread in spreads):
            yield deployment, "topologySpreadConstraints do not name kubernetes.io/hostname"
        if not terms:
            yield deployment, "has no preferred podAntiAffinity"
        for constraint in spreads + terms:
            if not selects(constraint.get("labelSelector"), labels_of(deployment)):
                yield deployment, f"selects labels over {constraint['topologyKey']} that its pods do not carry"


def no_required_anti_affinity(manifests: Manifests) -> Found:
    """With as many nodes as replicas, the surging pod of a roll-out would find no node."""
    for deployment, pod, _ in manifests.deployments():
        if pod.get("affinity", {}).get("podAntiAffinity", {}).get("requiredDuringSchedulingIgnoredDuringExecution"):
            yield deployment, "podAntiAffinity is required, not preferred"


def replicas_have_one_owner(manifests: Manifests) -> Found:
    for deployment, _, _ in manifests.deployments():
        scaled = manifests.autoscaler_of(deployment) is not None
        if scaled and "replicas" in deployment["spec"]:
            yield deployment, "has replicas, which an autoscaler owns"
        if not scaled and "replicas" not in deployment["spec"]:
            yield deployment, "has neither replicas nor an autoscaler"


def autoscaler_target(manifests: Manifests) -> Found:
    for scaler in manifests.of("HorizontalPodAutoscaler"):
        target = scaler["spec"]["scaleTargetRef"]
        if manifests.find(target["kind"], target["name"]) is None:
            yield scaler, f"scales {target['kind']}/{target['name']}, which is not among the manifests"
        if scaler["spec"].get("minReplicas", 1) < 2:
            yield scaler, "minReplicas is below 2: a node's end would be the service's"
        down = scaler["spec"].get("behavior", {}).get("scaleDown", {}).get("policies", [])
        if [(policy["type"], policy["value"], policy["periodSeconds"]) for policy in down] != [("Pods", 1, 60)]:
            yield scaler, "must scale down by one pod a minute"


def autoscaler_metrics(manifests: Manifests) -> Found:
    """Its metric is one that the adapter makes; its target is 0.7 of the slots of a pod."""
    made = {rule["name"]["as"] for rule in yaml.safe_load(ADAPTER.read_text())["rules"]["custom"]}
    for scaler in manifests.of("HorizontalPodAutoscaler"):
        for metric in scaler["spec"].get("metrics", []):
            name = metric.get("pods", {}).get("metric", {}).get("name")
            if name is not None and name not in made:
                yield scaler, f"metric {name} is not made by {ADAPTER.name}"
            if name != POOL_METRIC:
                continue
            deployment = manifests.find("Deployment", scaler["spec"]["scaleTargetRef"]["name"])
            if deployment is None:
                continue  # autoscaler_target says so
            slots = manifests.number(deployment["spec"]["template"]["spec"]["containers"][0], "MAX_RUNNING")
            target = quantity(metric["pods"]["target"]["averageValue"])
            if abs(target - POOL_TARGET * slots) > 0.05:
                yield scaler, f"{name} aims at {target:g}, {POOL_TARGET} x MAX_RUNNING is {POOL_TARGET * slots:g}"


def disruption_budget(manifests: Manifests) -> Found:
    """Each Deployment has one, and it allows something."""
    budgets = manifests.of("PodDisruptionBudget")
    for deployment, _, _ in manifests.deployments():
        if not any(selects(budget["spec"].get("selector"), labels_of(deployment)) for budget in budgets):
            yield deployment, "has no PodDisruptionBudget"
    for budget in budgets:
        owners = [deployment for deployment, _, _ in manifests.deployments()
                  if selects(budget["spec"].get("selector"), labels_of(deployment))]
        if not owners:
            yield budget, "selects no pod"
        least = min((manifests.least_replicas(deployment) for deployment in owners), default=0)
        if owners and not allows_eviction(budget["spec"], least):
            yield budget, f"allows no eviction with {least} replica(s)"


def allows_eviction(spec: dict, replicas: int) -> bool:
    if "maxUnavailable" in spec:
        return spec["maxUnavailable"] not in (0, "0%")
    return isinstance(spec.get("minAvailable"), int) and spec["minAvailable"] < replicas


RULES = (rolling_update, selector_matches, spread_over_nodes, no_required_anti_affinity, replicas_have_one_owner,
         autoscaler_target, autoscaler_metrics, disruption_budget)
