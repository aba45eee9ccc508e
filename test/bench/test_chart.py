"""Charts and fits: what is drawn can be read, and what is judged is right."""

import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import chart  # noqa: E402
import fit  # noqa: E402
import growth  # noqa: E402
import growth_report  # noqa: E402
import probe  # noqa: E402
import scale  # noqa: E402
import sweeps  # noqa: E402
from chart import Chart, Point, Series  # noqa: E402
from scale import Axis  # noqa: E402

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*series, x=Axis("x"), y=Axis("ms")) -> ElementTree.Element:
    return ElementTree.fromstring(Chart("Title & more", "What <it> shows", x, y, list(series)).svg())


def texts(root) -> list[str]:
    return [one.text for one in root.iter(f"{SVG}text")]


# Axes


@pytest.mark.parametrize("most, values", [
    (1, [0, 0.2, 0.4, 0.6, 0.8, 1]), (9, [0, 2, 4, 6, 8, 10]), (1400, [0, 250, 500, 750, 1000, 1250, 1500]), (0, [0, 1])])
def test_a_linear_axis_has_round_numbers(most, values):
    assert scale.steps(most) == pytest.approx(values)


@pytest.mark.parametrize("least, most, values", [
    (70, 1400, [50, 100, 200, 500, 1000, 2000]), (1, 10, [1, 2, 5, 10]), (5, 5, [5, 10]), (0.03, 0.3, [0.02, 0.05, 0.1, 0.2, 0.5])])
def test_a_logarithmic_axis_has_round_numbers(least, most, values):
    assert scale.decades(least, most) == pytest.approx(values)


def test_many_decades_are_marked_by_powers_of_ten_alone():
    axis = Axis("ms", True).fitted([0.7, 30_000])
    assert (axis.low, axis.high) == pytest.approx((0.5, 50_000))
    assert [label for _, label in axis.marks()] == ["1", "10", "100", "1,000", "10,000"]
    assert axis.share(0.5) == 0
    assert axis.share(158.1) == pytest.approx(0.5, abs=0.01)
    assert axis.share(1e9) == 1


def test_values_that_are_not_on_an_axis_are_refused():
    with pytest.raises(ValueError, match="0 is not on this axis"):
        Axis("ms", True).fitted([0, 1])
    with pytest.raises(ValueError, match="-1 is not on this axis"):
        Axis("ms").fitted([-1, 1])


@pytest.mark.parametrize("value, text", [(0, "0"), (0.05, "0.05"), (2500, "2,500"), (0.6000000000000001, "0.6"), (0.0005, "0.0005")])
def test_numbers_are_written_without_exponents(value, text):
    assert scale.written(value) == text


# Charts


def test_a_chart_says_what_it_is_to_those_who_do_not_see_it():
    root = drawn(Series("one", [Point(0, 1), Point(1, 2)]))
    assert root.find(f"{SVG}title").text == "Title & more"
    assert root.find(f"{SVG}desc").text == "What <it> shows"
    assert root.get("role") == "img"
    assert set(root.get("aria-labelledby").split()) == {one.get("id") for one in root if one.get("id")}
    assert "prefers-color-scheme: dark" in root.find(f"{SVG}style").text
    assert {"one", "x", "ms"} <= set(texts(root))


def test_everything_drawn_is_inside_the_picture():
    names = [f"a series with the long name {number}" for number in range(chart.COLOURS)]
    series = [Series(name, [Point(1, 1, 0.5, 3), Point(9999, 10 ** number)], [(1, 0.001), (9999, 1e9)])
              for number, name in enumerate(names)]
    x = Axis("x", True, ((1, "1"), (2, "two and a half words"), (2.1, "another label"), (9999, "the very last one")))
    root = drawn(*series, x=x, y=Axis("ms", True))
    for text in root.iter(f"{SVG}text"):
        half = chart.CHARACTER * len(text.text) / (2 if text.get("text-anchor") == "middle" else 1)
        low = float(text.get("x")) - (half if text.get("text-anchor") else 0)
        high = float(text.get("x")) + (half if text.get("text-anchor") != "end" else 0)
        assert (low >= 0, high <= chart.WIDTH + 1, 0 < float(text.get("y")) < chart.HEIGHT) == (True, True, True), text.text
    for path in root.iter(f"{SVG}path"):
        absolute = re.match(r"M(-?[\d.]+) (-?[\d.]+)", path.get("d"))
        assert float(absolute[1]) <= chart.WIDTH and float(absolute[2]) <= chart.HEIGHT


def test_higher_is_above_and_later_is_to_the_right():
    [line] = [path for path in drawn(Series("one", [Point(0, 0), Point(5, 10), Point(10, 5)])).iter(f"{SVG}path")
              if path.get("class") == "line" and "L" in path.get("d")]
    (x0, y0), (x1, y1), (x2, y2) = ([float(number) for number in pair.split()] for pair in line.get("d")[1:].split("L"))
    assert x0 < x1 < x2
    assert y1 < y2 < y0
    assert (x0 + x2) / 2 == pytest.approx(x1, abs=0.1)
    assert (y0 + y1) / 2 == pytest.approx(y2, abs=0.1)


def test_labels_that_would_touch_take_another_line():
    lines = [line for _, _, line, _ in chart.spaced([(100, "a long label"), (120, "another one"), (400, "far away")])]
    assert lines == [0, 1, 0]
    _, middle, _, _ = chart.spaced([(chart.WIDTH - 10, "at the end")])[0]
    assert middle + chart.CHARACTER * len("at the end") / 2 <= chart.WIDTH


@pytest.mark.parametrize("series", [[], [Series("one", [])], [Series("one", [Point(1, 1)])] * (chart.COLOURS + 1)])
def test_a_chart_without_anything_to_draw_is_refused(series):
    with pytest.raises(ValueError, match="1 to 5 series"):
        Chart("t", "d", Axis("x"), Axis("y"), series)


# Fits


@pytest.mark.parametrize("points, kind", [
    ([(1, 1.0), (10, 1.05), (100, 0.95)], "flat"),
    ([(1, 1.0), (10, 1.0), (100, 1.2)], "linear"),
    ([(1, 3.0), (10, 12.0), (100, 102.0), (1000, 1002.0)], "linear"),
    ([(1, 1.0), (10, 100.0), (100, 10_000.0)], "neither"),
    ([(1, 1.0), (2, 5.0), (3, 1.0), (4, 5.0)], "neither"),
    ([(1, 4.0), (2, 3.0), (3, 2.0)], "neither"),
])
def test_costs_are_flat_linear_or_neither(points, kind):
    assert fit.judge(points).kind == kind


def test_a_line_has_its_unit_cost_and_its_largest_deviation():
    verdict = fit.judge([(x, 2 + 0.5 * x) for x in (1, 10, 100, 1000)])
    assert (verdict.base, verdict.slope) == pytest.approx((2, 0.5))
    assert verdict.deviation == pytest.approx(0, abs=1e-9)
    bent = fit.judge([(1, 2.5), (10, 7.0), (100, 58.0), (1000, 502.0)])
    assert (bent.kind, bent.worst) == ("linear", 100)
    assert bent.deviation == pytest.approx(58 / bent.at(100) - 1)


def test_a_verdict_takes_three_points():
    with pytest.raises(ValueError, match="three points"):
        fit.judge([(1, 1), (2, 2)])


# Growth


def measured(sweep, cost=lambda point: 1 + point.x / 1000):
    return [growth.Measured(point, [probe.Burst(cost(point), 100, cost(point) / 10)] * 2) for point in sweep.points]


def counted(sweep):
    """With an x for each point, where the server would have been asked."""
    return [growth.replace(point, x=number) for number, point in enumerate(sweep.points)] if sweep.counted else sweep.points


def test_every_sweep_goes_from_little_to_much_in_each_series():
    for sweep in sweeps.sweeps():
        for series in {point.series for point in sweep.points}:
            xs = [point.x for point in counted(sweep) if point.series == series]
            assert xs == sorted(set(xs))
            assert len(xs) >= 5
    assert len(set(sweeps.STANDARD)) == max(sweeps.MODULES)


def test_what_the_limit_of_open_files_does_not_allow_is_left_out(monkeypatch, capsys):
    [sweep] = [sweep for sweep in sweeps.sweeps() if sweep.key == "connections"]
    monkeypatch.setattr(growth, "most_connections", lambda: 5000)
    assert [point.label for point in growth.possible(sweep).points] == ["1", "10", "100", "1,000"]
    assert "no more than 5000 connections" in capsys.readouterr().err


def test_growth_is_reported_with_a_chart_and_verdicts():
    found = {sweep.key: measured(growth.replace(sweep, points=counted(sweep))) for sweep in sweeps.sweeps()}
    report = growth_report.of(found)
    assert set(report.charts) == {f"growth-{name}" for name in growth.NAMES}
    for name, svg in report.charts.items():
        assert ElementTree.fromstring(svg).find(f"{SVG}desc").text.count(";") >= 1
        assert f"]({name}.svg)" in report.text
    verdicts = report.numbers["source"]["verdicts"]
    assert set(verdicts) == {"p50 (comments)", "CPU (comments)", "p50 (statements)", "CPU (statements)"}
    assert verdicts["CPU (statements)"]["kind"] == "linear"
    assert verdicts["CPU (statements)"]["slope"] == pytest.approx(1 / 1000)
    assert report.numbers["pool"]["points"][-1] == {"x": 256, "label": "256", "series": "", "p50_ms": 1.256,
                                                    "range_ms": [1.256, 1.256], "cpu_ms": 1.256}
    assert "| linear  | 1.00 ms, and 1.00 ms for 1,000 more; at most 0% off" in report.text
    assert growth_report.of({}) == growth_report.Report("", {}, {})


def test_what_is_neither_is_told_with_the_closest_line():
    [pool] = [sweep for sweep in sweeps.sweeps() if sweep.key == "pool"]
    report = growth_report.of({"pool": measured(pool, lambda point: 1 + (point.x == 16))})
    assert report.text.count("| neither | the closest line: ") == 2
    assert report.text.count("off at 16") >= 2
    assert 'class="fit' not in report.charts["growth-pool"]
