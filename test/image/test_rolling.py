"""A roll of two backends and the ui under load loses nothing. `make image-rolling` is the same with more requests."""

from __future__ import annotations

from rolling import roll_under_load


def test_no_request_is_lost_while_everything_is_replaced() -> None:
    result = roll_under_load(requests=20_000, connections=16, pre_stop=1.0)
    assert result["failures"] == {}, result
    assert result["exit_codes"] == [0], result
    assert min(result["answered_by"].get(name, 0) for name in ("gcp", "azure")) > 0, result
