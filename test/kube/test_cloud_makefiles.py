"""The makefile of each cloud: the same targets, commands printed before they run, one clear line for what is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from operator_site import Site
from rendering import KUBE
from stub_api import StubApi

CLOUDS = ("gke", "azure", "eks", "minikube")
TARGETS = ("start", "stop", "up", "down", "status", "ls", "cd")
TOOLS = ("gcloud", "az", "aws", "eksctl", "minikube")
PROJECT = "GKE_PROJECT=some-project"


@pytest.mark.parametrize("cloud", CLOUDS)
def test_every_cloud_has_the_same_documented_targets(cloud: str) -> None:
    documented = re.findall(r"^([a-z]+):.* ## .+$", (KUBE / f"{cloud}.mk").read_text(), re.MULTILINE)
    assert sorted(documented) == sorted(TARGETS)


@pytest.mark.parametrize("cloud", CLOUDS)
def test_a_dry_run_prints_every_command_and_runs_none(site: Site, cloud: str) -> None:
    site.install(*TOOLS)
    for target in TARGETS:
        done = site.make("-f", f"kube/{cloud}.mk", "DRY_RUN=1", PROJECT, target)
        assert done.returncode == 0, done.stderr
        lines = done.stdout.splitlines()
        assert lines and all(line.startswith("+ ") for line in lines), done.stdout
    assert site.recorded() == []


@pytest.mark.parametrize(("cloud", "target", "tool"), [
    ("gke", "stop", "gcloud"), ("azure", "up", "az"), ("eks", "down", "eksctl"), ("minikube", "start", "minikube"),
])
def test_what_is_printed_is_what_is_run(site: Site, cloud: str, target: str, tool: str) -> None:
    site.install(*TOOLS)
    done = site.make("-f", f"kube/{cloud}.mk", PROJECT, target)
    assert done.returncode == 0, done.stderr
    printed = [line.removeprefix("+ ") for line in done.stdout.splitlines() if line.startswith("+ ")]
    assert site.recorded() == printed
    assert all(line.startswith(tool + " ") for line in printed)


def test_down_keeps_the_cluster_and_stop_deletes_it(site: Site) -> None:
    for cloud in CLOUDS:
        down = site.make("-f", f"kube/{cloud}.mk", "DRY_RUN=1", PROJECT, "down").stdout
        stop = site.make("-f", f"kube/{cloud}.mk", "DRY_RUN=1", PROJECT, "stop").stdout
        assert "delete" not in down and "delete" in stop


@pytest.mark.parametrize(("cloud", "tool"), [("gke", "gcloud"), ("azure", "az"), ("eks", "eksctl"), ("minikube", "minikube")])
def test_a_missing_tool_is_one_line_that_says_where_to_get_it(site: Site, cloud: str, tool: str) -> None:
    done = site.make("-f", f"kube/{cloud}.mk", PROJECT, "ls")
    assert done.returncode != 0
    assert re.fullmatch(rf"{tool} is not installed: https://\S+", done.stderr.splitlines()[0])


def test_a_missing_context_is_one_line_that_says_how_to_get_it(site: Site) -> None:
    site.install("eksctl")
    done = site.make("-f", "kube/eks.mk", "status")
    assert done.returncode != 0
    assert done.stderr.startswith("kubectl has no context playground-eks: ")


def test_a_missing_project_is_one_line(site: Site) -> None:
    done = site.make("-f", "kube/gke.mk", "start")
    assert done.returncode != 0
    assert done.stderr.startswith("GKE_PROJECT is not set: ")


def test_settings_may_stand_in_a_file_of_ones_own(site: Site) -> None:
    (site.kube / "local.mk").write_text("GKE_PROJECT = my-project\nNODES = 5\n")
    done = site.make("-f", "kube/gke.mk", "DRY_RUN=1", "up")
    assert "--project my-project " in done.stdout and "--num-nodes 5 " in done.stdout


def test_credentials_leave_one_context_with_a_short_name(tmp_path: Path, gke: StubApi) -> None:
    made = "gke_some-project_us-central1-a_playground"
    site = Site(tmp_path, {"playground-gke": gke, made: gke})
    site.install("gcloud")
    done = site.make("-f", "kube/gke.mk", PROJECT, "credentials")
    assert done.returncode == 0, done.stderr
    assert site.kubectl("config", "get-contexts", "--output", "name").split() == ["playground-gke"]


@pytest.mark.parametrize(("cloud", "kind", "flag"), [
    ("gke", "gvisor", "--sandbox type=gvisor"), ("azure", "kata", "--workload-runtime KataVmIsolation"),
])
def test_a_pool_of_sandboxed_nodes_is_made_when_asked_for(site: Site, cloud: str, kind: str, flag: str) -> None:
    plain = site.make("-f", f"kube/{cloud}.mk", "DRY_RUN=1", PROJECT, "start").stdout
    sandboxed = site.make("-f", f"kube/{cloud}.mk", "DRY_RUN=1", PROJECT, f"SANDBOX={kind}", "start").stdout
    assert flag in sandboxed and flag not in plain


def test_all_clouds_passes_over_what_is_not_installed(site: Site) -> None:
    site.install("az")
    done = site.make("-f", "kube/allclouds.mk")
    assert done.returncode == 0
    assert [line for line in done.stdout.splitlines() if line.startswith("== ")] == [f"== {cloud}" for cloud in CLOUDS]
    assert site.recorded() == ["az aks list --output table"]
    assert "playground-gke" in done.stdout
    assert "minikube is not installed: " in done.stderr
