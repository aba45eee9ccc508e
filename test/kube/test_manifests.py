"""Every overlay and tested combination: renders, is valid, keeps the policy; the two rendered files are in step."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from rendering import COMBINATIONS, KUBE, OVERLAYS, kubectl, manifests, rendered, schema_problems

from lint import lint

ALL = [*OVERLAYS, *COMBINATIONS]


@pytest.mark.parametrize("name", ALL)
def test_keeps_the_policy(name: str) -> None:
    assert [str(finding) for finding in lint(manifests(name))] == []


def test_all_are_valid_by_the_real_schemas() -> None:
    assert schema_problems({name: manifests(name) for name in ALL}) == []


def test_the_schemas_catch_wrong_types_and_unknown_fields() -> None:
    broken = manifests("gke")
    deployment = broken.find("Deployment", "playground-backend")
    deployment["spec"]["replicas"] = "two"
    deployment["spec"]["template"]["spec"]["containers"][0]["readynessProbe"] = {}
    found = "\n".join(schema_problems({"broken": broken}))
    assert "replicas" in found and "must be integer" in found
    assert "/spec/template/spec/containers/0/readynessProbe is no field of the schema" in found


def test_every_component_is_in_a_tested_combination() -> None:
    components = {str(path.parent.relative_to(KUBE / "components"))
                  for path in (KUBE / "components").rglob("kustomization.yaml")}
    named = {component for _, *components in COMBINATIONS.values() for component in components}
    texts = "\n".join((KUBE / "overlays" / name / "kustomization.yaml").read_text() for name in OVERLAYS)
    assert {name for name in components - named if f"components/{name}\n" not in texts} == set()


def test_the_rendered_files_are_in_step(tmp_path: Path) -> None:
    """`make kube-render` makes them."""
    subprocess.run([KUBE / "bin" / "render", tmp_path], check=True, capture_output=True,
                   env={"KUBECTL": kubectl(), "PATH": "/usr/bin:/bin"})
    for name in ("gke_config.yaml", "azure.yaml"):
        assert (tmp_path / name).read_text() == (KUBE / name).read_text(), f"{name}: run make kube-render"


def test_rendering_is_stable() -> None:
    first = rendered("gke-secure")
    rendered.cache_clear()
    assert rendered("gke-secure") == first


def ports(name: str, service: str) -> tuple[int, int]:
    """A Service's port and the container's that it leads to."""
    given = manifests(name)
    port = given.find("Service", service)["spec"]["ports"][0]
    container = given.find("Deployment", service)["spec"]["template"]["spec"]["containers"][0]
    return port["port"], next(p["containerPort"] for p in container["ports"] if p["name"] == port["targetPort"])


def test_the_ports_are_those_of_the_products_document() -> None:
    assert ports("gke", "playground-ui") == (80, 5000)
    assert ports("gke", "playground-backend") == (6000, 6000)
    assert ports("azure", "playground-backend") == (80, 6000)
    assert manifests("azure").find("Deployment", "playground-ui") is None


def test_the_plain_files_need_nothing_but_a_cluster() -> None:
    for name in ("gke", "azure"):
        assert "secret" not in rendered(name).lower()
        groups = {item["apiVersion"] for item in manifests(name).objects}
        assert not {group for group in groups if "coreos" in group or "istio" in group}


def test_a_changed_setting_changes_the_pods(tmp_path: Path) -> None:
    before = manifests("gke").find("Deployment", "playground-ui")["spec"]["template"]
    overlay = tmp_path / "kube" / "overlays" / "gke"
    subprocess.run(["cp", "-r", KUBE, tmp_path / "kube"], check=True)
    (overlay / "backends.env").write_text("PLAYGROUND_BACKENDS=gcp=http://192.0.2.1:6000\n")
    printed = subprocess.run([kubectl(), "kustomize", overlay], check=True, capture_output=True, text=True).stdout
    after = type(manifests("gke")).parse(printed).find("Deployment", "playground-ui")["spec"]["template"]
    assert before["spec"]["containers"][0]["envFrom"] != after["spec"]["containers"][0]["envFrom"]
