"""What spans the clouds, by the real kubectl against two small API servers: roll-out and undo, addresses, secrets, images."""

from __future__ import annotations

import stat
import subprocess

from operator_site import Site
from rendering import KUBE
from stub_api import POD_LOG, StubApi
from stub_store import BROKEN

NAMESPACE = "playground"
BACKENDS = "PLAYGROUND_BACKENDS"


def image(api: StubApi, name: str) -> str:
    deployment = api.store.get("deployments", NAMESPACE, name)
    return deployment["spec"]["template"]["spec"]["containers"][0]["image"]


def ui_settings(api: StubApi) -> dict:
    """What the pods of the ui get, by the ConfigMap that their Deployment names."""
    deployment = api.store.get("deployments", NAMESPACE, "playground-ui")
    source = deployment["spec"]["template"]["spec"]["containers"][0]["envFrom"][0]
    return api.store.get("configmaps", NAMESPACE, source["configMapRef"]["name"])["data"]


# Rolling out

def test_a_roll_out_brings_each_cloud_its_overlay(site: Site, gke: StubApi, azure: StubApi) -> None:
    done = site.make("rollout")
    assert done.returncode == 0, done.stderr
    assert gke.store.get("deployments", NAMESPACE, "playground-ui")
    assert gke.store.get("services", NAMESPACE, "playground-backend")["spec"]["ports"][0]["port"] == 6000
    assert azure.store.get("services", NAMESPACE, "playground-backend")["spec"]["ports"][0]["port"] == 80
    assert azure.store.get("deployments", NAMESPACE, "playground-ui") is None
    assert "+ kubectl --context playground-gke apply --kustomize kube/overlays/gke" in done.stdout
    # Waited for, and one cloud after the other.
    assert done.stdout.count("successfully rolled out") == 3
    assert done.stdout.index("playground-gke --namespace playground rollout status") < done.stdout.index("== azure")


def test_a_roll_out_of_nothing_new_changes_no_deployment(site: Site, gke: StubApi) -> None:
    site.make("rollout", "CLOUDS=gke")
    gke.writes.clear()
    assert site.make("rollout", "CLOUDS=gke").returncode == 0
    assert "deployments" not in {resource for _, resource, _ in gke.writes}


def test_a_failing_cloud_takes_all_clouds_back(site: Site, gke: StubApi, azure: StubApi) -> None:
    assert site.make("rollout").returncode == 0
    before = image(gke, "playground-backend"), image(azure, "playground-backend")
    site.set_image("gke", "playground", "example.com/playground", "2")
    site.set_image("azure", "playground", f"example.com/{BROKEN}", "2")
    gke.writes.clear()
    done = site.make("rollout")
    assert done.returncode != 0
    assert "== azure failed, going back" in done.stderr
    assert (image(gke, "playground-backend"), image(azure, "playground-backend")) == before
    # There and back; the ui, which had not changed, is not taken to an older revision.
    assert [name for _, resource, name in gke.writes if resource == "deployments"] == ["playground-backend"] * 2


def test_a_failing_first_cloud_keeps_the_second_as_it_is(site: Site, gke: StubApi, azure: StubApi) -> None:
    assert site.make("rollout").returncode == 0
    before = image(gke, "playground-backend")
    site.set_image("gke", "playground", f"example.com/{BROKEN}", "2")
    azure.writes.clear()
    assert site.make("rollout").returncode != 0
    assert image(gke, "playground-backend") == before
    assert azure.writes == []


def test_a_failing_first_roll_out_is_left_to_be_looked_at(site: Site, gke: StubApi) -> None:
    site.set_image("gke", "playground", f"example.com/{BROKEN}", "1")
    done = site.make("rollout", "CLOUDS=gke")
    assert done.returncode != 0
    assert "had nothing before" in done.stderr
    assert BROKEN in image(gke, "playground-backend")


def test_a_missing_context_stops_before_the_first_change(site: Site, gke: StubApi) -> None:
    done = site.make("rollout", "AZURE_CONTEXT=elsewhere")
    assert done.returncode != 0
    assert done.stderr.startswith("kubectl has no context elsewhere: ")
    assert gke.writes == []


def test_a_missing_overlay_is_one_line(site: Site) -> None:
    done = site.make("rollout", "GKE_OVERLAY=gke-safe")
    assert done.returncode != 0
    assert done.stderr.startswith("there is no overlay gke-safe in kube/overlays")


def test_a_dry_run_changes_nothing(site: Site, gke: StubApi, azure: StubApi) -> None:
    for target in ("rollout", "bounce", "address", "secrets", "provision", "cri", "logs", "smoke"):
        done = site.make(target, "DRY_RUN=1")
        assert target == "smoke" or done.returncode == 0, done.stderr
        assert "+ " in done.stdout
    assert gke.writes == azure.writes == []
    assert not (site.kube / "secrets").exists()
    assert (site.kube / "gke_config.yaml").read_text() == (KUBE / "gke_config.yaml").read_text()


def test_rollback_takes_every_deployment_to_its_revision_before(site: Site, gke: StubApi, azure: StubApi) -> None:
    assert site.make("rollout").returncode == 0
    before = image(gke, "playground-backend"), image(azure, "playground-backend")
    for overlay, name in (("gke", "playground"), ("gke", "playground-slim"), ("azure", "playground")):
        site.set_image(overlay, name, f"example.com/{name}", "2")
    assert site.make("rollout").returncode == 0
    assert image(gke, "playground-backend") == "example.com/playground:2"
    done = site.make("rollback")
    assert done.returncode == 0, done.stderr
    assert (image(gke, "playground-backend"), image(azure, "playground-backend")) == before


def test_the_rendered_files_are_taken_by_a_bare_apply(site: Site, gke: StubApi, azure: StubApi) -> None:
    for context, api, name in (("playground-gke", gke, "gke_config.yaml"), ("playground-azure", azure, "azure.yaml")):
        site.kubectl("--context", context, "apply", "--filename", str(site.kube / name))
        assert api.store.get("deployments", NAMESPACE, "playground-backend")


def test_bounce_restarts_every_deployment(site: Site, gke: StubApi, azure: StubApi) -> None:
    site.make("rollout")
    done = site.make("bounce")
    assert done.returncode == 0, done.stderr
    for api, name in ((gke, "playground-backend"), (gke, "playground-ui"), (azure, "playground-backend")):
        template = api.store.get("deployments", NAMESPACE, name)["spec"]["template"]
        assert "kubectl.kubernetes.io/restartedAt" in template["metadata"]["annotations"]


def test_logs_come_from_every_pod(site: Site) -> None:
    site.make("rollout")
    done = site.make("logs")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(POD_LOG.strip()) == 3


# Addresses

def test_the_load_balancers_addresses_reach_the_ui(site: Site, gke: StubApi) -> None:
    site.make("rollout")
    done = site.make("address")
    assert done.returncode == 0, done.stderr
    wanted = "gcp=http://192.0.2.1:6000,azure=http://192.0.2.2:80"
    assert (site.kube / "overlays/gke/backends.env").read_text() == f"{BACKENDS}={wanted}\n"
    assert ui_settings(gke)[BACKENDS] == wanted
    assert wanted in (site.kube / "gke_config.yaml").read_text()


def test_secured_backends_are_named_by_their_certificate(site: Site, gke: StubApi) -> None:
    secure = ("GKE_OVERLAY=gke-secure", "AZURE_OVERLAY=azure-secure")
    assert site.make("rollout", *secure).returncode == 0
    done = site.make("address", *secure)
    assert done.returncode == 0, done.stderr
    assert ui_settings(gke)[BACKENDS] == \
        "gcp=https://192.0.2.1:6000#backend.playground,azure=https://192.0.2.2:80#backend.playground"
    assert (site.kube / "overlays/gke/backends.env").read_text() == (KUBE / "overlays/gke/backends.env").read_text()


# Secrets

def test_secrets_are_made_once_and_brought_to_each_cluster(site: Site, gke: StubApi, azure: StubApi) -> None:
    done = site.make("secrets")
    assert done.returncode == 0, done.stderr
    folder = site.kube / "secrets"
    token = (folder / "backend-token").read_text().strip()
    assert (folder / "tokens").read_text().split() == [token, (folder / "caller-tokens").read_text().strip()]
    assert len(token) == 64 and token not in done.stdout + done.stderr
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    subprocess.run(["openssl", "verify", "-CAfile", folder / "ca.crt", "-verify_hostname", "backend.playground",
                    folder / "tls.crt"], check=True, capture_output=True)
    names = {"playground-backend-tls", "playground-backend-ca", "playground-tokens"}
    assert {item["metadata"]["name"] for item in gke.store.list("secrets", NAMESPACE, {}, None)} == names
    assert {item["metadata"]["name"]: item["data"] for item in gke.store.list("secrets", NAMESPACE, {}, None)} == \
        {item["metadata"]["name"]: item["data"] for item in azure.store.list("secrets", NAMESPACE, {}, None)}
    # Again: what is there stays, and the CA's key never leaves this machine.
    assert site.make("secrets").returncode == 0
    assert (folder / "backend-token").read_text().strip() == token
    assert not [item for item in gke.store.list("secrets", NAMESPACE, {}, None) if "ca.key" in item["data"]]


# Images and charts

def test_cri_pushes_to_each_registry_and_names_the_images_in_the_overlays(site: Site) -> None:
    site.install("docker", "gcloud", "az")
    done = site.make("cri", "TAG=7", "GKE_PROJECT=p", "AZURE_REGISTRY_NAME=r")
    assert done.returncode == 0, done.stderr
    calls = site.recorded()
    registry = "us-central1-docker.pkg.dev/p/playground"
    assert sum(call.startswith("docker build ") for call in calls) == 2
    assert [call for call in calls if call.startswith("docker push ")] == [
        f"docker push {registry}/playground:7", f"docker push {registry}/playground-slim:7",
        "docker push r.azurecr.io/playground:7"]
    assert f"image: {registry}/playground:7" in (site.kube / "gke_config.yaml").read_text()
    assert "image: r.azurecr.io/playground:7" in (site.kube / "azure.yaml").read_text()


def test_cri_loads_into_minikube_without_a_registry(site: Site) -> None:
    site.install("podman", "minikube")
    done = site.make("cri", "TAG=7", "CLOUDS=minikube", "CONTAINER=podman")
    assert done.returncode == 0, done.stderr
    calls = site.recorded()
    assert "minikube image load --profile playground-minikube localhost/playground-slim:7" in calls
    assert not [call for call in calls if " push " in call]


def test_the_images_tag_is_the_version_unless_given(site: Site) -> None:
    version = next(line.split()[2] for line in (site.folder / "CMakeLists.txt").read_text().splitlines()
                   if line.startswith("project(playground VERSION"))
    assert f"--tag playground:{version} " in site.make("cri", "DRY_RUN=1").stdout


def test_provision_is_the_same_on_any_cloud(site: Site) -> None:
    site.install("helm")
    done = site.make("provision")
    assert done.returncode == 0, done.stderr
    by_cloud = {context: [call.replace(context, "CONTEXT") for call in site.recorded() if context in call]
                for context in ("playground-gke", "playground-azure")}
    assert len(by_cloud["playground-gke"]) == 2
    assert by_cloud["playground-gke"] == by_cloud["playground-azure"]
