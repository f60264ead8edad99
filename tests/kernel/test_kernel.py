"""The words every room uses."""

from datetime import date
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tram.kernel.actors import Actor, Grant, Hat
from tram.kernel.moves import Moves
from tram.kernel.refs import parse_ref, ref_of
from tram.kernel.registry import Registry
from tram.kernel.verdicts import Refused, WrongState, allow_if, allowed, refused

DAY = date(2026, 11, 16)


class Door(StrEnum):
    OPEN, SHUT = "open", "shut"


MOVES = Moves({(Door.OPEN, "shut"): Door.SHUT}, {Door.OPEN: "đang mở", Door.SHUT: "đã đóng"})


def hat(post: int, unit: int, *grants: Grant, principal: int | None = None) -> Hat:
    return Hat(post, "Giám đốc", unit, "Phòng", 1, "Sở", grants, since=date(2026, 1, 1), principal=principal)


def test_a_move_that_is_not_in_the_table_says_the_present_state() -> None:
    assert MOVES.after("open", "shut") is Door.SHUT
    assert MOVES.can(Door.OPEN, "shut") and not MOVES.can(Door.SHUT, "shut")
    with pytest.raises(WrongState, match="đã đóng"):
        MOVES.after(Door.SHUT, "shut")


def test_a_verdict_that_refuses_gives_its_reason() -> None:
    allowed.or_refuse()
    with pytest.raises(Refused, match="văn thư"):
        allow_if(False, "Chỉ văn thư").or_refuse()
    assert (refused("a") | allowed) and not (refused("a") & allowed)
    assert (refused("a") | refused("b")).reason == "b"


@given(
    some.from_regex(r"[a-z]{1,12}", fullmatch=True), some.from_regex(r"[a-z_]{1,12}", fullmatch=True), some.integers(0)
)
def test_a_ref_reads_back(room: str, kind: str, pk: int) -> None:
    assert parse_ref(ref_of(room, kind, pk)) == (room, kind, pk)


@pytest.mark.parametrize(
    "text", ["", "documents/12", "documents.incoming", "documents.incoming/", "documents.incoming/x", "./1"]
)
def test_what_is_no_ref_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a ref"):
        parse_ref(text)


def test_a_name_in_a_socket_is_taken_once() -> None:
    socket: Registry[object] = Registry()
    one = object()
    socket.plug("documents", one)
    socket.plug("documents", one)
    with pytest.raises(LookupError):
        socket.plug("documents", object())


def test_a_right_holds_on_its_days_and_over_its_unit_only() -> None:
    grant = Grant("director", 1, date(2026, 11, 1), date(2026, 11, 30))
    worn = hat(5, 3, grant)
    actor = Actor(account=1, name="Sơn", hats=(worn,), acting=worn)
    assert actor.leads(1, DAY) and actor.holds("director", 1, DAY)
    assert not actor.leads(2, DAY)
    assert not actor.leads(1, date(2026, 12, 1))


def test_writes_rest_on_the_acting_hat_and_reading_on_all() -> None:
    own, other = hat(5, 3), hat(6, 4, Grant("clerk", 4, date(2026, 1, 1)), principal=9)
    actor = Actor(account=1, name="Sơn", hats=(own, other), acting=own)
    assert not actor.holds("clerk", 4, DAY)
    assert actor.wearing(6).holds("clerk", 4, DAY)
    assert actor.wearing(77) is actor
    assert {"post.5", "post.6", "unit.3", "clerk.4", "agency.1"} <= set(actor.keys(DAY))
    assert actor.posts(DAY) == [5, 6]


def test_a_leaders_keys_name_the_agency_they_lead() -> None:
    worn = hat(5, 3, Grant("vice_chair", 1, date(2026, 1, 1)))
    assert "leader.1" in Actor(account=1, name="B", hats=(worn,), acting=worn).keys(DAY)
