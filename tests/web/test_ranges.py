"""Which bytes of a download are sent, whatever a stranger asks for."""

import pytest

from tram.web.ranges import Unsatisfiable, asked_range


def test_one_range_or_the_whole() -> None:
    assert [asked_range(f"bytes={one}", 10) for one in ("2-4", "8-99", "-3")] == [(2, 4), (8, 9), (7, 9)]
    for told in ("bytes=0-1,3-4", "bytes=5-2", "bytes=-", "lines=0-1", f"bytes={'9' * 5000}-", f"bytes=-{'9' * 5000}"):
        assert asked_range(told, 10) is None
    with pytest.raises(Unsatisfiable):
        asked_range("bytes=10-", 10)
