"""An hour as clerks type it; whatever else somebody types is told so."""

from datetime import time

import pytest
from django.forms import ValidationError

from tram.web.fields import Hour


def test_an_hour_as_clerks_type_it() -> None:
    assert [Hour().clean(text) for text in ("9", "14h30", "1430", "14:30")] == [time(9), *[time(14, 30)] * 3]


@pytest.mark.parametrize("text", ["25:00", "9" * 20, "9" * 6000, "-1", "²", "sáng"])
def test_what_is_no_hour_is_told_so(text: str) -> None:
    with pytest.raises(ValidationError, match="Gõ giờ như"):
        Hour().clean(text)
