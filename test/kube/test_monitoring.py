"""Rules, dashboard and adapter use metrics that a running server has; every alert has its section in the runbook."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
import yaml
from rendering import KUBE, ROOT, manifests
from support.client import evaluate, get, post_json
from support.playground import Playground

DASHBOARD = KUBE / "components" / "monitoring" / "dashboard" / "playground.json"
RUNBOOK = ROOT / "docs" / "runbook.md"
# Prometheus' own, of every target that it scrapes.
FOREIGN = {"up"}
# Words of PromQL that stand where a metric could.
WORDS = {"and", "or", "unless", "on", "by", "ignoring", "group_left", "sum", "count", "max", "min", "rate", "increase", "absent",
         "histogram_quantile", "max_over_time", "min_over_time"}
# Labels that the scrape adds.
SCRAPED_LABELS = {"namespace", "pod", "job", "le"}


def samples(text: str) -> dict[str, set[str]]:
    """The names of series in an exposition, with the labels that they have."""
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        match = re.match(r"([a-z_:]+)(?:\{([^}]*)\})? ", line)
        if match and not line.startswith("#"):
            found.setdefault(match[1], set()).update(re.findall(r"([a-z_]+)=\"", match[2] or ""))
    return found


@pytest.fixture(scope="module")
def served() -> Iterator[dict[str, set[str]]]:
    """What a server prints that has run a program sent through its ui."""
    with Playground("all") as server:
        assert evaluate(server.backend, "print(1)")["status"] == "ok"
        assert post_json(server.ui, "/python", {"code": "print(1)"}).status == 200
        yield samples(get(server.admin, "/metrics").body.decode())


def rules() -> list[dict]:
    return [rule for item in manifests("gke-secure").of("PrometheusRule")
            for group in item["spec"]["groups"] for rule in group["rules"]]


def recorded() -> set[str]:
    return {rule["record"] for rule in rules() if "record" in rule}


def alerts() -> list[dict]:
    return [rule for rule in rules() if "alert" in rule]


def panels() -> list[dict]:
    return [panel for panel in json.loads(DASHBOARD.read_text())["panels"] if panel["type"] != "row"]


def expressions() -> list[str]:
    adapter = yaml.safe_load((KUBE / "monitoring" / "adapter-values.yaml").read_text())["rules"]["custom"]
    # The adapter's query has its templates' places filled as it would.
    made = [rule["metricsQuery"].replace("<<.GroupBy>>", "pod").replace("<<.LabelMatchers>>", "") for rule in adapter]
    return ([rule["expr"] for rule in rules()] + [target["expr"] for panel in panels() for target in panel["targets"]]
            + [rule["seriesQuery"] for rule in adapter] + made)


def metrics_of(expression: str) -> set[str]:
    """The series that a PromQL expression asks for."""
    bare = re.sub(r"\{[^}]*\}|\[[^]]*\]|\b(by|on) ?\([^)]*\)", " ", expression)
    return set(re.findall(r"[a-z_][a-zA-Z0-9_:]*", bare)) - WORDS


def labels_of(expression: str) -> set[str]:
    """The labels that it selects or groups by."""
    matched = re.findall(r"([a-z_]+)(?:=~|!~|!=|=)\"", " ".join(re.findall(r"\{([^}]*)\}", expression)))
    grouped = [name.strip() for group in re.findall(r"\b(?:by|on) ?\(([^)]*)\)", expression) for name in group.split(",")]
    return {*matched, *grouped}


def test_every_metric_that_is_used_is_served(served: dict[str, set[str]]) -> None:
    used = set().union(*map(metrics_of, expressions()))
    assert used - FOREIGN - recorded() - served.keys() == set()


def test_every_label_that_is_used_is_served(served: dict[str, set[str]]) -> None:
    known = SCRAPED_LABELS.union(*served.values())
    assert set().union(*map(labels_of, expressions())) <= known


def test_every_recorded_series_is_used() -> None:
    used = set().union(*map(metrics_of, expressions()))
    assert recorded() <= used


def test_a_metric_that_is_not_served_would_be_noticed() -> None:
    assert metrics_of('sum by (pod) (rate(playground_evals_total{status="ok"}[5m])) > 0.5') == {"playground_evals_total"}
    assert labels_of('sum by (pod, x) (rate(playground_evals_total{state=~"ok"}[5m]))') == {"pod", "x", "state"}


def test_every_alert_has_its_section_in_the_runbook() -> None:
    headings = {re.sub(r"[^a-z0-9 -]", "", line.lstrip("# ").lower()).strip().replace(" ", "-")
                for line in RUNBOOK.read_text().splitlines() if line.startswith("#")}
    for alert in alerts():
        place, _, anchor = alert["annotations"]["runbook_url"].partition("#")
        assert place == "docs/runbook.md"
        assert anchor == alert["alert"].lower()
        assert anchor in headings, f"docs/runbook.md has no section {alert['alert']}"


def test_every_alert_says_how_bad_it_is_and_what_it_means() -> None:
    assert alerts()
    for alert in alerts():
        assert alert["labels"]["severity"] in ("critical", "warning")
        assert alert["annotations"]["summary"].strip() and alert["annotations"]["description"].strip()


def test_jobs_are_those_of_the_monitors() -> None:
    """Prometheus names a job after the Service that the monitor selects."""
    services = {item["metadata"]["name"] for item in manifests("gke-secure").of("Service")}
    for job in re.findall(r'job="([^"]+)"', " ".join(expressions())):
        assert job in services


def test_the_dashboards_panels_explain_themselves_and_do_not_overlap() -> None:
    seen: set[tuple[int, int]] = set()
    for panel in panels():
        assert panel["title"] and panel["description"] and panel["targets"]
        grid = panel["gridPos"]
        cells = {(x, y) for x in range(grid["x"], grid["x"] + grid["w"]) for y in range(grid["y"], grid["y"] + grid["h"])}
        assert not cells & seen and grid["x"] + grid["w"] <= 24
        seen |= cells


def test_the_dashboard_reaches_grafana_as_it_is_in_the_file() -> None:
    config = manifests("gke-secure").find("ConfigMap", "playground-dashboard")
    assert config["metadata"]["labels"]["grafana_dashboard"] == "1"
    assert json.loads(config["data"]["playground.json"]) == json.loads(DASHBOARD.read_text())
