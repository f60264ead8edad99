"""Units in time: what a paper of an old day was signed with stays readable under the old name."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.cast import AT, FOUNDED, Cast
from tram.audit.queries import what_happened
from tram.kernel.verdicts import Invalid, Refused, WrongState
from tram.organisation.commands.units import abolish_unit, create_unit, give_code, lineage, move_unit, rename_unit
from tram.organisation.models import UnitVersion
from tram.organisation.queries import find_units, name_on

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
    move_unit(actor=cast.tinh, at=AT, unit=cast.it, parent=cast.telecoms, since=MARCH, decision="7/QĐ-SKHCN")
    cast.it.refresh_from_db()
    assert lineage(cast.it) == [cast.it.pk, cast.telecoms.pk, cast.skhcn.pk, cast.province.pk]
    with pytest.raises(Invalid, match="không thể chuyển"):
        move_unit(actor=cast.tinh, at=AT, unit=cast.telecoms, parent=cast.it, since=MARCH, decision="8/QĐ-SKHCN")


def test_an_abolished_unit_stays_with_its_successors(cast: Cast) -> None:
    abolish_unit(actor=cast.quan, at=AT, unit=cast.it, on=MARCH, decision="3/QĐ", successors=[cast.telecoms])
    assert [row.new for row in cast.it.successors.all()] == [cast.telecoms]
    assert name_on(cast.it.pk, MARCH) == "Phòng Chuyển đổi số"
    with pytest.raises(WrongState, match="đã chấm dứt"):
        abolish_unit(actor=cast.quan, at=AT, unit=cast.it, on=MARCH, decision="3/QĐ", successors=[])


def test_an_agency_is_found_by_sign_by_words_and_without_marks(cast: Cast) -> None:
    for typed in ("skhcn", "khoa hoc cong nghe", "Sở Khoa học"):
        assert [row.id for row in find_units(typed)] == [cast.skhcn.pk]


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
