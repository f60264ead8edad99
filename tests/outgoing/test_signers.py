"""Who signs what: the rule of the catalogue, the authority over the name, its ground on the day."""

from datetime import date, timedelta

import pytest

from tests.cast import AT
from tests.outgoing.office import Office, open_books
from tram.kernel.verdicts import Invalid, WrongState
from tram.organisation.commands.posts import delegate, withdraw_role
from tram.organisation.models import RoleGrant
from tram.outgoing.commands.check import check_form, submit
from tram.outgoing.commands.present import approve, present
from tram.outgoing.queries.sheets import sheet_of
from tram.outgoing.queries.signers import signers
from tram.outgoing.rules import kinds, law_of_signers, templates


def named(office: Office, **more: str) -> list[tuple[str, str]]:
    return [(one.name.split()[-1], one.mark) for one in signers(office.draft(**more), AT.date())]


def test_the_rule_names_signers_by_kind_and_field(office: Office) -> None:
    assert named(office) == [("Sơn", ""), ("Hùng", "KT.")]
    assert named(office, kind="decision", field="personnel") == [("Sơn", "")]
    assert named(office, kind="introduction") == [("Tâm", "TL."), ("Sơn", ""), ("Hùng", "KT.")]
    assert named(office, field="routine") == [("Hùng", "KT."), ("Tâm", "TL."), ("Sơn", "")]


def test_a_signer_outside_the_rule_is_not_offered(office: Office) -> None:
    letter = office.checked(office.draft(kind="decision", field="personnel"))
    with pytest.raises(Invalid, match="Nguyễn Văn Sơn, Giám đốc"):
        present(actor=office.who("lan"), at=AT, document=letter, seen=1, to=office.cast.posts["hung"])


def test_a_deputy_signs_for_the_head_and_the_page_says_so(office: Office) -> None:
    letter = office.checked(office.draft())
    shown = present(actor=office.who("lan"), at=AT, document=letter, seen=1, to=office.cast.posts["hung"])
    assert (shown.authority, shown.lines) == ("KT.", ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"])
    assert shown.ground.startswith("Phó thủ trưởng cơ quan từ 01/07/2025") and shown.evidence[0].startswith(
        "organisation."
    )
    letter.refresh_from_db()
    sheet = sheet_of(letter, AT.date())
    assert (sheet.signature.titles, sheet.signature.name) == (("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Phạm Quốc Hùng")


def test_a_written_and_dated_authorisation_lets_another_sign_and_ends_on_its_day(office: Office) -> None:
    cast, until = office.cast, AT.date() + timedelta(days=3)
    delegate(
        actor=office.who("son"), at=AT, giver=cast.posts["son"], taker=cast.posts["dung"], role="director",
        unit=cast.units["skhcn"], since=AT.date(), until=until, document="12/QĐ-SKHCN",
    )  # fmt: skip
    letter = office.checked(office.draft())
    found = {one.name: one for one in signers(letter, AT.date())}["Lê Tiến Dũng"]
    assert (found.mark, found.lines) == ("TUQ.", ("TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG"))
    assert found.ground == f"Ủy quyền đến {until:%d/%m/%Y}: 12/QĐ-SKHCN"
    assert "Lê Tiến Dũng" not in {one.name for one in signers(letter, until + timedelta(days=1))}


def test_authority_lost_between_presenting_and_approving_does_not_approve(office: Office) -> None:
    letter = office.checked(office.draft())
    present(actor=office.who("lan"), at=AT, document=letter, seen=1, to=office.cast.posts["hung"])
    grant = RoleGrant.objects.get(post=office.cast.posts["hung"], role="deputy_director")
    withdraw_role(actor=office.who("quan"), at=AT, grant=grant, until=AT.date())
    later = AT + timedelta(days=1)
    with pytest.raises(WrongState, match="không còn"):
        approve(actor=office.who("hung", later), at=later, document=letter, seen=1)


def test_a_commune_signs_for_its_collective_and_its_one_person_does_every_step(office: Office) -> None:
    binh, at = office.who("binh"), {"at": AT}
    open_books(office.cast)
    letter = office.draft("binh", places=office.content().places[:1])
    submit(actor=binh, document=letter, seen=1, **at)
    check_form(actor=binh, document=letter, seen=1, **at)
    shown = present(actor=binh, document=letter, seen=1, **at)
    assert shown.lines == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
    sheet = sheet_of(letter, AT.date())
    assert (sheet.superior, sheet.place, sheet.notation) == ("", "Tả Phìn", "UBND")


def test_the_page_is_filled_from_the_draft(office: Office) -> None:
    letter = office.draft(kind="decision", bases=("Căn cứ Nghị định số 30/2020/NĐ-CP;",), urgency=2, kept_copies=2)
    sheet = sheet_of(letter, date(2026, 11, 16))
    assert (sheet.organ, sheet.superior) == ("Sở Khoa học và Công nghệ", "Ủy ban nhân dân tỉnh Lào Cai")
    assert (sheet.place, sheet.notation, sheet.urgency) == ("Lào Cai", "QĐ-SKHCN", "THƯỢNG KHẨN")
    assert sheet.authority == "Giám đốc Sở Khoa học và Công nghệ"
    assert sheet.grounds == ("Căn cứ Nghị định số 30/2020/NĐ-CP",)
    assert sheet.addressees == ("Sở Tài chính",)
    assert sheet.recipients == (
        "Như trên", "Phòng Chuyển đổi số", "Bưu điện tỉnh Lào Cai", "Lưu: VT, BCVT (2 bản)",
    )  # fmt: skip
    assert [block.text for block in sheet.body][-1] == "Trân trọng./."


def test_every_rule_of_the_catalogue_names_known_kinds_fields_roles_and_the_last_fits_all() -> None:
    law = law_of_signers()
    fields = {row["code"] for row in law["fields"]}
    for rule in law["rules"]:
        assert set(rule.get("kinds", ())) <= set(kinds()) and set(rule.get("fields", ())) <= fields
        assert {row["mark"] for row in rule["signers"]} <= {"", "TM.", "KT.", "TL.", "Q."}
    assert set(law["rules"][-1]) == {"name", "signers"}
    assert set(templates()) <= set(kinds())
