"""An office chief directs where a leader lent that right in writing, on those days and no others."""

from datetime import timedelta

import pytest

from tests.cast import AT, Cast
from tests.documents.test_settle import SLIP
from tram.documents.commands.direct import Target, direct, present
from tram.documents.commands.register import register
from tram.documents.models import Incoming
from tram.documents.policy import steps
from tram.kernel.verdicts import Invalid, Refused
from tram.organisation.commands.posts import delegate, end_delegation

DAY = AT.date()


@pytest.fixture
def letter(cast: Cast) -> Incoming:
    return register(actor=cast.hoa, at=AT, agency=cast.skhcn, slip=SLIP, present_to=cast.posts["son"])


def lend(cast: Cast) -> object:
    return delegate(
        actor=cast.hung, at=AT, giver=cast.posts["hung"], taker=cast.posts["tam"], role="deputy_director",
        unit=cast.skhcn, since=DAY, until=DAY + timedelta(days=3), document="12/GUQ-SKHCN",
    )  # fmt: skip


def test_an_office_chief_reads_all_and_directs_nothing(cast: Cast, letter: Incoming) -> None:
    assert steps(cast.tam, letter, DAY) == {"present", "close"}
    with pytest.raises(Refused, match="ủy quyền bằng văn bản"):
        direct(actor=cast.tam, at=AT, document=letter, lead=Target(cast.telecoms))
    with pytest.raises(Invalid, match="Chọn lãnh đạo"):
        present(actor=cast.hoa, at=AT, document=letter, to=cast.posts["tam"])


def test_with_the_role_lent_the_chief_is_asked_and_directs(cast: Cast, letter: Incoming) -> None:
    lend(cast)
    present(actor=cast.hoa, at=AT, document=letter, to=cast.posts["tam"])
    given = direct(actor=cast.actor("tam"), at=AT, document=letter, lead=Target(cast.telecoms))
    assert given.by_post == cast.posts["tam"]


@pytest.mark.parametrize("days", [-1, 4])
def test_before_and_after_those_days_the_chief_does_not(cast: Cast, letter: Incoming, days: int) -> None:
    lend(cast)
    then = AT + timedelta(days=days)
    with pytest.raises(Refused, match="ủy quyền"):
        direct(actor=cast.actor("tam", then), at=then, document=letter, lead=Target(cast.telecoms))


def test_a_loan_taken_back_ends_with_its_day(cast: Cast, letter: Incoming) -> None:
    end_delegation(actor=cast.hung, at=AT, delegation=lend(cast), until=DAY)  # type: ignore[arg-type]
    then = AT + timedelta(days=1)
    with pytest.raises(Refused):
        direct(actor=cast.actor("tam", then), at=then, document=letter, lead=Target(cast.telecoms))
