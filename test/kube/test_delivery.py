"""The pipelines do what anybody can do by hand: make's targets, in one order, and nothing that moves under them."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from rendering import ROOT

WORKFLOWS = ROOT / ".github" / "workflows"
# Each pipeline's files in the order in which they run.
PIPELINES = {
    "github": [WORKFLOWS / "test.yml", WORKFLOWS / "rollout.yml"],
    "cloud build": [ROOT / "kube" / "cloudbuild.yaml"],
    "azure": [ROOT / "kube" / "azure-pipelines.yaml"],
    "jenkins": [ROOT / "Jenkinsfile"],
}
ORDER = ["make check", "make kube-lint", ".ci/run", "make cri", "make scan", "make addresses rollout", "make smoke",
         "make rollback"]


def text(pipeline: str) -> str:
    return "\n".join(path.read_text() for path in PIPELINES[pipeline])


@pytest.mark.parametrize("pipeline", PIPELINES)
def test_lint_test_build_scan_rollout_in_this_order(pipeline: str) -> None:
    given = text(pipeline)
    places = [given.index(step) for step in ORDER]
    assert places == sorted(places)


@pytest.mark.parametrize("pipeline", PIPELINES)
def test_every_target_exists(pipeline: str) -> None:
    calls = re.findall(r"make (?:-f (\S+) )?([a-z -]+?)(?= [A-Z_]+=|['\";\n]| &&| \|\|)", text(pipeline))
    assert len(calls) >= 8
    for file, targets in calls:
        command = ["make", "-f", file or "Makefile", "-n", *targets.split()]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={"PATH": os.environ["PATH"], "GKE_PROJECT": "p"})
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", [path for name, paths in PIPELINES.items() if name != "jenkins" for path in paths],
                         ids=lambda path: path.name)
def test_is_yaml(path: Path) -> None:
    assert isinstance(yaml.safe_load(path.read_text()), dict)


def test_the_jenkinsfile_closes_what_it_opens() -> None:
    bare = re.sub(r"//[^\n]*|'[^'\n]*'|\"[^\"\n]*\"", "", text("jenkins"))
    assert bare.count("{") == bare.count("}") and bare.count("(") == bare.count(")")
    assert re.findall(r"stage\('(\w+)'\)", text("jenkins")) == ["lint", "test", "build", "scan", "rollout"]


@pytest.mark.parametrize("pipeline", PIPELINES)
def test_rolls_out_the_secured_overlays(pipeline: str) -> None:
    assert re.search(r"GKE_OVERLAY\b.*\n?.*gke-secure", text(pipeline))
    assert re.search(r"AZURE_OVERLAY\b.*\n?.*azure-secure", text(pipeline))


def test_workflows_have_no_more_rights_than_they_need() -> None:
    for path in WORKFLOWS.iterdir():
        workflow = yaml.safe_load(path.read_text())
        assert workflow["permissions"]["contents"] == "read"
        assert all("timeout-minutes" in job for job in workflow["jobs"].values())


def test_actions_are_pinned_to_a_version() -> None:
    used = re.findall(r"uses: (\S+)", text("github"))
    assert used and all(re.search(r"@v\d", action) for action in used)
