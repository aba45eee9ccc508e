"""Every rule of the policy catches a manifest that breaks it: one change to a rendering that is clean."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rendering import KUBE, manifests, rendered

from lint import RULES, lint
from lint.manifests import Manifests, quantity

Break = Callable[[Manifests], object]


def deployment(given: Manifests, role: str = "backend") -> dict:
    return given.find("Deployment", f"playground-{role}")


def pod(given: Manifests, role: str = "backend") -> dict:
    return deployment(given, role)["spec"]["template"]["spec"]


def container(given: Manifests, role: str = "backend") -> dict:
    return pod(given, role)["containers"][0]


def settings(given: Manifests, role: str = "backend") -> dict:
    return given.find("ConfigMap", container(given, role)["envFrom"][0]["configMapRef"]["name"])["data"]


def setenv(name: str, value: str, role: str = "backend") -> Break:
    return lambda given: settings(given, role).update({name: value})


def service(given: Manifests, name: str = "playground-backend") -> dict:
    return given.find("Service", name)


def spread(given: Manifests) -> dict:
    return pod(given)["topologySpreadConstraints"][0]


def scaler(given: Manifests) -> dict:
    return given.find("HorizontalPodAutoscaler", "playground-backend")["spec"]


def budget(given: Manifests) -> dict:
    return given.find("PodDisruptionBudget", "playground-backend")["spec"]


def policy(given: Manifests, role: str = "backend") -> dict:
    return given.find("NetworkPolicy", f"playground-{role}")["spec"]


def remove(given: Manifests, kind: str, name: str) -> None:
    given.objects.remove(given.find(kind, name))


def require_anti_affinity(given: Manifests) -> None:
    rule = pod(given)["affinity"]["podAntiAffinity"]
    term = rule["preferredDuringSchedulingIgnoredDuringExecution"][0]["podAffinityTerm"]
    rule["requiredDuringSchedulingIgnoredDuringExecution"] = [term]


def one_replica_that_must_stay(given: Manifests) -> None:
    remove(given, "HorizontalPodAutoscaler", "playground-backend")
    deployment(given)["spec"]["replicas"] = 1
    del budget(given)["maxUnavailable"]
    budget(given)["minAvailable"] = 1


# The rule, the rendering, what is broken in it.
BROKEN: list[tuple[str, str, Break]] = [
    ("restricted_pod", "gke", lambda m: pod(m)["securityContext"].update(runAsNonRoot=False)),
    ("restricted_pod", "gke", lambda m: pod(m)["securityContext"].update(runAsUser=0)),
    ("restricted_pod", "gke", lambda m: pod(m)["securityContext"].update(seccompProfile={"type": "Unconfined"})),
    ("restricted_pod", "gke", lambda m: container(m)["securityContext"].update(allowPrivilegeEscalation=True)),
    ("restricted_pod", "gke", lambda m: container(m)["securityContext"].update(capabilities={"drop": ["ALL"], "add": ["SYS_ADMIN"]})),
    ("restricted_pod", "gke", lambda m: container(m)["securityContext"].update(readOnlyRootFilesystem=False)),
    ("restricted_pod", "gke", lambda m: container(m)["securityContext"].update(privileged=True)),
    ("restricted_pod", "gke", lambda m: pod(m).update(hostNetwork=True)),
    ("restricted_pod", "gke", lambda m: pod(m)["volumes"].append({"name": "host", "hostPath": {"path": "/"}})),
    ("restricted_pod", "gke", lambda m: pod(m)["containers"].append({"name": "second", "image": "other:1"})),
    ("no_account_token", "gke", lambda m: pod(m).update(automountServiceAccountToken=True)),
    ("no_account_token", "gke", lambda m: pod(m).pop("serviceAccountName")),
    ("no_service_links", "gke", lambda m: pod(m).pop("enableServiceLinks")),
    ("probes", "gke", lambda m: container(m).pop("livenessProbe")),
    ("probes", "gke", lambda m: container(m).update(readinessProbe={"exec": {"command": ["true"]}})),
    ("probes", "gke", lambda m: container(m)["livenessProbe"]["httpGet"].update(path="/readyz")),
    ("probes", "gke", lambda m: container(m)["readinessProbe"].update(periodSeconds=30)),
    ("probes", "gke-secure", lambda m: container(m)["readinessProbe"]["httpGet"].update(scheme="HTTP")),
    ("pre_stop", "gke", lambda m: container(m).pop("lifecycle")),
    ("pre_stop", "gke", lambda m: container(m).update(lifecycle={"preStop": {"exec": {"command": ["sleep", "15"]}}})),
    ("image_tag", "gke", lambda m: container(m).update(image="example.com:5000/playground")),
    ("image_tag", "gke", lambda m: container(m).update(image="playground:latest")),
    ("resources", "gke", lambda m: container(m)["resources"].pop("limits")),
    ("resources", "gke", lambda m: container(m)["resources"]["requests"].update(memory="1Gi")),
    ("port_names", "gke", lambda m: container(m)["readinessProbe"]["httpGet"].update(port="web")),
    ("port_names", "gke", setenv("PLAYGROUND_BACKEND_LISTEN", "127.0.0.1:6000")),
    ("port_names", "gke", lambda m: container(m)["ports"].pop()),
    ("same_namespace", "gke", lambda m: m.find("ServiceAccount", "playground-ui")["metadata"].update(namespace="default")),
    ("service_account_exists", "gke", lambda m: m.find("ServiceAccount", "playground-ui")["metadata"].update(namespace="other")),
    ("service_account_exists", "gke", lambda m: remove(m, "ServiceAccount", "playground-ui")),
    ("config_map_hash", "gke", lambda m: container(m)["envFrom"][0]["configMapRef"].update(name="playground-backend")),
    ("config_map_hash", "gke", lambda m: container(m)["envFrom"][0]["configMapRef"].update(name="playground-backend-0123456789")),
    ("known_options", "gke", setenv("PLAYGROUND_POOLSIZE", "8")),
    ("known_options", "gke", setenv("PLAYGROUND_MAX_RUNNING", "8", "ui")),
    ("mounted_files", "gke", setenv("PLAYGROUND_SCRATCH_DIR", "/tmp")),
    ("mounted_files", "gke-secure", lambda m: container(m)["volumeMounts"].pop()),
    ("mounted_files", "gke", lambda m: pod(m)["volumes"].clear()),
    ("tokens_over_tls", "gke-secure", setenv("PLAYGROUND_BACKENDS", "azure=http://192.0.2.1:80", "ui")),
    ("scheme_of_backends", "gke-secure", setenv("PLAYGROUND_BACKENDS", "gcp=http://playground-backend:6000", "ui")),
    ("scheme_of_backends", "gke", setenv("PLAYGROUND_BACKENDS", "gcp=https://playground-backend:6000", "ui")),
    ("no_tls_in_mesh", "gke+istio", lambda m: container(m).update(env=[{"name": "PLAYGROUND_TLS_CERT", "value": "/etc/x"}])),
    ("memory_sum", "gke", lambda m: container(m)["resources"].update(requests={"cpu": 1, "memory": "3Gi"}, limits={"cpu": 1, "memory": "3Gi"})),
    ("memory_sum", "gke", setenv("PLAYGROUND_MAX_RUNNING", "16")),
    ("memory_sum", "gke", lambda m: pod(m)["volumes"][0]["emptyDir"].update(sizeLimit="2Gi")),
    ("memory_sum", "gke", lambda m: settings(m).pop("PLAYGROUND_MAX_RUNNING")),
    ("scratch_size", "gke", setenv("PLAYGROUND_SCRATCH_MB", "128")),
    ("scratch_size", "gke", lambda m: pod(m)["volumes"][0]["emptyDir"].pop("medium")),
    ("scratch_size", "gke", lambda m: pod(m)["volumes"][0]["emptyDir"].pop("sizeLimit")),
    ("grace_period", "gke", lambda m: pod(m).update(terminationGracePeriodSeconds=60)),
    ("grace_period", "gke", lambda m: pod(m, "ui").pop("terminationGracePeriodSeconds")),
    ("grace_period", "gke", setenv("PLAYGROUND_DRAIN_MS", "15000")),
    ("grace_period", "gke", lambda m: settings(m, "ui").pop("PLAYGROUND_DRAIN_MS")),
    ("times_nest", "gke", setenv("PLAYGROUND_ANSWER_MS", "40000", "ui")),
    ("times_nest", "gke", setenv("PLAYGROUND_TIMEOUT_MS", "20000")),
    ("rolling_update", "gke", lambda m: deployment(m)["spec"]["strategy"]["rollingUpdate"].update(maxUnavailable=1)),
    ("rolling_update", "gke", lambda m: deployment(m)["spec"].pop("minReadySeconds")),
    ("selector_matches", "gke", lambda m: deployment(m)["spec"]["selector"]["matchLabels"].update(app="other")),
    ("spread_over_nodes", "gke", lambda m: spread(m)["labelSelector"]["matchLabels"].update(app="other")),
    ("spread_over_nodes", "gke", lambda m: pod(m).pop("topologySpreadConstraints")),
    ("spread_over_nodes", "gke", lambda m: pod(m).pop("affinity")),
    ("no_required_anti_affinity", "gke", require_anti_affinity),
    ("replicas_have_one_owner", "gke", lambda m: deployment(m)["spec"].update(replicas=2)),
    ("replicas_have_one_owner", "minikube", lambda m: deployment(m)["spec"].pop("replicas")),
    ("autoscaler_target", "gke", lambda m: scaler(m)["scaleTargetRef"].update(name="backend")),
    ("autoscaler_target", "gke", lambda m: scaler(m).update(minReplicas=1)),
    ("autoscaler_target", "gke", lambda m: scaler(m).pop("behavior")),
    ("autoscaler_metrics", "gke", lambda m: scaler(m)["metrics"][0]["pods"]["metric"].update(name="playground_load")),
    ("autoscaler_metrics", "gke", lambda m: scaler(m)["metrics"][0]["pods"]["target"].update(averageValue="8")),
    ("disruption_budget", "gke", lambda m: remove(m, "PodDisruptionBudget", "playground-backend")),
    ("disruption_budget", "gke", lambda m: budget(m).update(maxUnavailable=0)),
    ("disruption_budget", "gke", lambda m: budget(m)["selector"]["matchLabels"].update(app="other")),
    ("disruption_budget", "gke", one_replica_that_must_stay),
    ("service_selects_pods", "gke", lambda m: service(m)["spec"]["selector"].update(app="other")),
    ("service_ports", "gke", lambda m: service(m)["spec"]["ports"][0].update(targetPort="web")),
    ("service_ports", "gke", lambda m: service(m)["spec"]["ports"][0].update(targetPort="admin")),
    ("callers_addresses", "gke", lambda m: service(m)["spec"].update(externalTrafficPolicy="Cluster")),
    ("callers_addresses", "gke", lambda m: service(m)["spec"].pop("loadBalancerSourceRanges")),
    ("monitor_selects_service", "gke-secure", lambda m: service(m, "playground-ui-metrics")["metadata"].pop("labels")),
    ("monitor_selects_service", "gke-secure", lambda m: m.of("ServiceMonitor")[0]["spec"]["endpoints"][0].update(port="http")),
    ("backends_reach_nothing", "gke", lambda m: remove(m, "NetworkPolicy", "playground-backend")),
    ("backends_reach_nothing", "gke", lambda m: policy(m).update(policyTypes=["Ingress"])),
    ("backends_reach_nothing", "gke", lambda m: policy(m).update(egress=[{}])),
    ("backends_reach_nothing", "gke", lambda m: policy(m).update(egress=policy(m, "ui")["egress"][:1])),
    ("backends_reach_nothing", "gke+istio", lambda m: policy(m).update(egress=policy(m, "ui")["egress"][1:])),
    ("uis_reach_backends", "gke", lambda m: remove(m, "NetworkPolicy", "playground-ui")),
    ("uis_reach_backends", "gke", lambda m: policy(m, "ui")["egress"].append({"to": [{"podSelector": {}}]})),
    ("uis_reach_backends", "gke", lambda m: policy(m, "ui")["egress"][2]["to"][0]["ipBlock"].pop("except")),
    ("uis_reach_backends", "gke", lambda m: policy(m, "ui")["egress"].pop(0)),
]


@pytest.mark.parametrize(("rule", "name", "break_it"), BROKEN, ids=[f"{i}-{case[0]}" for i, case in enumerate(BROKEN)])
def test_catches(rule: str, name: str, break_it: Break) -> None:
    given = manifests(name)
    break_it(given)
    assert rule in {finding.rule for finding in lint(given)}


def test_every_rule_is_proven() -> None:
    assert {rule.__name__ for rule in RULES} == {rule for rule, _, _ in BROKEN}


@pytest.mark.parametrize(("text", "value"), [("2", 2), ("5600m", 5.6), ("1.5Gi", 1.5 * 2**30), ("10k", 10_000), (3, 3)])
def test_quantities(text: str | int, value: float) -> None:
    assert quantity(text) == pytest.approx(value)


@pytest.mark.parametrize("text", ["", "Gi", "1Xi", "-1"])
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        quantity(text)


def test_the_command_names_file_rule_and_object(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(rendered("azure"))
    bad.write_text(rendered("azure").replace("maxSurge: 1", "maxSurge: 3"))
    assert run_lint(good) == (0, "")
    code, printed = run_lint(good, bad)
    assert code == 1
    assert printed == f"{bad}: rolling_update: Deployment/playground-backend: must roll with maxSurge 1 and maxUnavailable 0\n"


def test_the_command_takes_no_empty_rendering_for_a_clean_one(tmp_path: Path) -> None:
    empty = tmp_path / "empty.yaml"
    empty.write_text("")
    assert run_lint(empty) == (1, f"{empty}: no manifests\n")


def run_lint(*files: Path) -> tuple[int, str]:
    done = subprocess.run([sys.executable, KUBE / "bin" / "lint", *files], capture_output=True, text=True)
    return done.returncode, done.stdout
