"""A figure's line, and what two runs say beside each other."""

import json
from pathlib import Path

import pytest

from tram.bench.comparing import read, slower
from tram.bench.measures import Figure, written
from tram.site.trouble import Trouble


def test_a_rate_is_compared_with_its_floor_round_by_round() -> None:
    figure = Figure("register_direct.command", [[0.02, 0.02], [0.04, 0.04]], [[0.01, 0.01], [0.01, 0.01]], is_rate=True)
    line = json.loads(written(figure.line()))
    assert (line["n"], line["p50_ms"], line["floor_p50_ms"]) == (4, 40, 10)
    assert line["per_s"] == 33.3 and line["ratio"] == 0.375 and line["ratio_range"] == [0.25, 0.5]


def test_a_busy_machine_is_no_slower_product(tmp_path: Path) -> None:
    calm, busy = Figure("inbox.http", [[0.01]], [[0.005]]).line(), Figure("inbox.http", [[0.1]], [[0.05]]).line()
    (tmp_path / "before").write_text(written(calm))
    assert slower(read(tmp_path / "before"), [busy]) == []
    [sentence] = slower({"inbox.http": calm}, [Figure("inbox.http", [[0.1]], [[0.02]]).line()])
    assert "inbox.http" in sentence and "2.50 lần" in sentence


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("không phải số đo")
    with pytest.raises(Trouble, match="tram bench"):
        read(tmp_path / "other")
