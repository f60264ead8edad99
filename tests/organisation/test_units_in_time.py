"""Units in time: what a paper of an old day was signed with stays readable under the old name."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.cast import AT, FOUNDED, Cast
from tests.tasks.work import given
from tram.audit.commands import rehearse
from tram.audit.queries import what_happened
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid, Refused, WrongState
from tram.organisation.commands.units import (
    abolish_unit,
    create_unit,
    give_code,
    lineage,
    move_unit,
    rename_unit,
    turn_units,
)
from tram.organisation.models import Unit, UnitVersion
from tram.organisation.queries import divisions, find_units, name_on

MARCH = date(2026, 3, 1)


def test_a_renamed_unit_keeps_its_old_name_for_old_days(cast: Cast) -> None:
    rename_unit(
        actor=cast.quan, at=AT, unit=cast.it, name="Phòng Công nghệ số", abbr="CNS", since=MARCH, decision="12/QĐ-SKHCN"
    )
    assert name_on(cast.it.pk, MARCH - timedelta(days=1)) == "Phòng Chuyển đổi số"
    assert name_on(cast.it.pk, MARCH) == "Phòng Công nghệ số"
    assert name_on(cast.it.pk, FOUNDED - timedelta(days=900)) == "Phòng Chuyển đổi số"
    assert what_happened(cast.it.ref)[-1] == "organisation.unit_renamed"


def test_a_name_of_a_coming_day_is_not_todays(cast: Cast) -> None:
    coming = AT.date() + timedelta(days=30)
    rename_unit(actor=cast.tinh, at=AT, unit=cast.stc, name="Sở Kinh tế", abbr="SKT", since=coming, decision="9/QĐ")
    cast.stc.refresh_from_db()
    assert (cast.stc.name, name_on(cast.stc.pk, coming)) == ("Sở Tài chính", "Sở Kinh tế")


def test_two_names_never_hold_on_one_day(cast: Cast) -> None:
    with pytest.raises(Invalid, match="phải sau"):
        rename_unit(actor=cast.quan, at=AT, unit=cast.it, name="A", abbr="A", since=FOUNDED, decision="1/QĐ")
    with pytest.raises(IntegrityError, match="versions_do_not_overlap"), transaction.atomic():
        UnitVersion.objects.create(unit=cast.it, name="Tên thứ hai", abbr="X", parent=cast.skhcn, since=MARCH)


def test_a_moved_unit_lies_below_its_new_parent_and_never_below_itself(cast: Cast) -> None:
    move_unit(
        actor=cast.tinh,
        at=AT,
        unit=cast.it,
        parent=cast.telecoms,
        since=MARCH,
        decision="7/QĐ-SKHCN",
        reason="Sắp xếp lại",
    )
    cast.it.refresh_from_db()
    assert lineage(cast.it) == [cast.it.pk, cast.telecoms.pk, cast.skhcn.pk, cast.province.pk]
    with pytest.raises(Invalid, match="không thể chuyển"):
        move_unit(
            actor=cast.tinh,
            at=AT,
            unit=cast.telecoms,
            parent=cast.it,
            since=MARCH,
            decision="8/QĐ-SKHCN",
            reason="Sắp xếp lại",
        )


def test_an_abolished_unit_stays_with_its_successors(cast: Cast) -> None:
    abolish_unit(
        actor=cast.quan,
        at=AT,
        unit=cast.it,
        on=MARCH,
        decision="3/QĐ",
        reason="Sắp xếp lại",
        successors=[cast.telecoms],
    )
    assert [row.new for row in cast.it.successors.all()] == [cast.telecoms]
    assert name_on(cast.it.pk, MARCH) == "Phòng Chuyển đổi số"
    with pytest.raises(WrongState, match="đã chấm dứt"):
        abolish_unit(
            actor=cast.quan, at=AT, unit=cast.it, on=MARCH, decision="3/QĐ", reason="Sắp xếp lại", successors=[]
        )


def test_an_agency_is_found_by_sign_by_words_and_without_marks(cast: Cast) -> None:
    for typed in ("skhcn", "khoa hoc cong nghe", "Sở Khoa học"):
        assert [row.id for row in find_units(typed, AT.date())] == [cast.skhcn.pk]


def test_a_code_belongs_to_one_agency_at_a_time(cast: Cast) -> None:
    give_code(actor=cast.tinh, at=AT, unit=cast.skhcn, scheme="qd20", code="H38.02", since=FOUNDED)
    with pytest.raises(Invalid, match="Sở Khoa học và Công nghệ"):
        give_code(actor=cast.tinh, at=AT, unit=cast.stc, scheme="qd20", code="H38.02", since=FOUNDED)
    give_code(actor=cast.tinh, at=AT, unit=cast.skhcn, scheme="qd20", code="H38.20", since=MARCH)
    old = cast.skhcn.codes.get(code="H38.02")
    assert old.until == MARCH - timedelta(days=1)


def test_only_administrators_arrange_and_each_in_their_own_house(cast: Cast) -> None:
    for stranger in (cast.tuan, cast.son, cast.hoa, cast.thu):
        with pytest.raises(Refused, match="quản trị cơ quan"):
            rename_unit(actor=stranger, at=AT, unit=cast.it, name="X", abbr="X", since=MARCH, decision="1/QĐ")
    with pytest.raises(Refused):
        rename_unit(actor=cast.quan, at=AT, unit=cast.budget, name="X", abbr="X", since=MARCH, decision="1/QĐ")
    with pytest.raises(Refused):
        create_unit(
            actor=cast.quan,
            at=AT,
            kind="department",
            name="Sở mới",
            abbr="SM",
            parent=None,
            since=MARCH,
            is_agency=True,
        )


def test_a_unit_needs_a_name_a_sign_and_a_place(cast: Cast) -> None:
    with pytest.raises(Invalid, match="STTTT"):
        create_unit(actor=cast.tinh, at=AT, kind="division", name=" ", abbr="X", parent=cast.skhcn, since=MARCH)
    with pytest.raises(Invalid, match="thuộc về"):
        create_unit(actor=cast.tinh, at=AT, kind="division", name="Phòng", abbr="P", parent=None, since=MARCH)


def test_a_unit_renamed_for_a_coming_day_keeps_that_name_when_it_moves_later(cast: Cast) -> None:
    coming, later = AT.date() + timedelta(days=30), AT.date() + timedelta(days=60)
    rename_unit(actor=cast.quan, at=AT, unit=cast.it, name="Phòng Dữ liệu", abbr="DL", since=coming, decision="1/QĐ")
    move_unit(
        actor=cast.quan, at=AT, unit=cast.it, parent=cast.telecoms, since=later, decision="2/QĐ", reason="Sắp xếp lại"
    )
    assert name_on(cast.it.pk, later) == "Phòng Dữ liệu"
    cast.it.refresh_from_db()
    assert (cast.it.name, cast.it.parent) == ("Phòng Chuyển đổi số", cast.skhcn)


def test_the_night_makes_today_s_what_was_decided_for_today(cast: Cast) -> None:
    coming = AT.date() + timedelta(days=30)
    rename_unit(actor=cast.quan, at=AT, unit=cast.it, name="Phòng Dữ liệu", abbr="DL", since=coming, decision="1/QĐ")
    assert turn_units(actor=Actor.system(), at=AT + timedelta(days=29)) == 0
    assert turn_units(actor=Actor.system(), at=AT + timedelta(days=30)) == 1
    cast.it.refresh_from_db()
    assert (cast.it.name, cast.it.abbr) == ("Phòng Dữ liệu", "DL")
    assert what_happened(cast.it.ref)[-1] == "organisation.unit_turned"
    assert turn_units(actor=Actor.system(), at=AT + timedelta(days=31)) == 0
    with pytest.raises(Refused):
        turn_units(actor=cast.tinh, at=AT)


MISPLACED: dict[str, tuple[str, str, str, str]] = {
    # who asks, unit, new parent, what they are told
    "below what it lies below": ("quan", "it", "skhcn", "đang thuộc Sở Khoa học"),
    "into another agency": ("tinh", "it", "stc", "lập đơn vị mới ở cơ quan nhận"),
    "an agency below a division": ("tinh", "stc", "it", "cấp trên phải là một cơ quan"),
}


@pytest.mark.parametrize(("who", "unit", "parent", "told"), MISPLACED.values(), ids=MISPLACED)
def test_a_unit_does_not_move(cast: Cast, who: str, unit: str, parent: str, told: str) -> None:
    with pytest.raises(Invalid, match=told):
        move_unit(
            actor=cast.actor(who), at=AT, unit=cast.units[unit], parent=cast.units[parent], since=MARCH,
            decision="1/QĐ", reason="Sắp xếp lại",
        )  # fmt: skip


def test_an_agency_is_placed_and_ended_by_the_province_alone(cast: Cast) -> None:
    words: dict[str, Any] = {"at": AT, "unit": cast.skhcn, "decision": "1/QĐ", "reason": "Sắp xếp lại"}
    with pytest.raises(Refused, match="quản trị tỉnh"):
        move_unit(actor=cast.quan, parent=cast.stc, since=MARCH, **words)
    with pytest.raises(Refused, match="quản trị tỉnh"):
        abolish_unit(actor=cast.quan, on=AT.date(), successors=[], **words)
    with pytest.raises(Refused, match="quản trị tỉnh"):
        create_unit(
            actor=cast.quan, at=AT, kind="centre", name="Trung tâm", abbr="TT", parent=cast.skhcn, since=MARCH,
            is_agency=True,
        )  # fmt: skip
    move_unit(actor=cast.tinh, parent=cast.stc, since=MARCH, **words)
    assert lineage(Unit.objects.get(pk=cast.skhcn.pk))[1] == cast.stc.pk


def test_what_still_has_parts_does_not_end(cast: Cast) -> None:
    with pytest.raises(Invalid, match="Văn phòng Sở, Phòng Bưu chính, Viễn thông, Phòng Chuyển đổi số còn thuộc Sở"):
        abolish_unit(
            actor=cast.tinh, at=AT, unit=cast.skhcn, on=AT.date(), decision="1/QĐ", reason="Nhập", successors=[]
        )


def test_the_seats_of_a_unit_end_with_it_and_until_then_all_goes_on(cast: Cast) -> None:
    last = AT.date() + timedelta(days=10)
    abolish_unit(
        actor=cast.quan, at=AT, unit=cast.it, on=last, decision="1/QĐ", reason="Nhập phòng", successors=[cast.telecoms]
    )
    assert cast.it.pk in [row.id for row in divisions(cast.skhcn.pk, last)]
    assert cast.it.pk not in [row.id for row in divisions(cast.skhcn.pk, last + timedelta(days=1))]
    assert cast.actor("phuc", AT + timedelta(days=10)).hats and not cast.actor("phuc", AT + timedelta(days=11)).hats
    for change in (rename_unit, move_unit):
        with pytest.raises(WrongState, match="chấm dứt"):
            more = {"name": "X", "abbr": "X"} if change is rename_unit else {"parent": cast.telecoms, "reason": "X"}
            change(actor=cast.quan, at=AT, unit=cast.it, since=last, decision="2/QĐ", **more)


def test_nobody_succeeds_themselves_or_after_their_own_end(cast: Cast) -> None:
    day = AT.date()
    words: dict[str, Any] = {"actor": cast.quan, "at": AT, "on": day, "decision": "1/QĐ", "reason": "Nhập"}
    with pytest.raises(Invalid, match="không tự kế thừa"):
        abolish_unit(unit=cast.it, successors=[cast.it], **words)
    abolish_unit(unit=cast.it, successors=[], **words)
    with pytest.raises(Invalid, match="Chọn đơn vị khác"):
        abolish_unit(unit=cast.telecoms, successors=[Unit.objects.get(pk=cast.it.pk)], **words)


def test_a_past_end_waits_until_the_work_is_done(cast: Cast) -> None:
    given(cast, unit="it")
    words: dict[str, Any] = {"actor": cast.quan, "at": AT, "unit": cast.it, "decision": "1/QĐ", "reason": "Nhập"}
    with pytest.raises(Invalid, match="còn 1 việc đang mở"):
        abolish_unit(on=AT.date() - timedelta(days=1), successors=[], **words)
    abolish_unit(on=AT.date(), successors=[cast.telecoms], **words)


def test_a_rehearsal_refuses_the_same_and_leaves_nothing(cast: Cast) -> None:
    def end(**more: Any) -> None:
        told = {"on": AT.date(), "decision": "1/QĐ", "reason": "Nhập", "successors": [], **more}
        abolish_unit(actor=cast.quan, at=AT, unit=cast.it, **told)

    before = (what_happened(cast.it.ref), UnitVersion.objects.filter(until=None).count())
    rehearse(end)
    with pytest.raises(Invalid):
        rehearse(lambda: end(on=FOUNDED - timedelta(days=1)))
    assert (what_happened(cast.it.ref), UnitVersion.objects.filter(until=None).count()) == before
    end()
