"""Công văn đôn đốc: one draft a week for each agency, to the units whose work is late; nothing leaves by itself."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import AT, Cast
from tests.tasks.work import given, keyed
from tram.followup import jobs
from tram.followup.commands import urge
from tram.followup.models import Urging
from tram.followup.queries import lies_unused
from tram.formats.queries import blocks_of
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid, Refused, WrongState
from tram.notifications.models import Notice
from tram.outgoing.commands.draft import save_version
from tram.outgoing.models import Outgoing
from tram.outgoing.queries.documents import version
from tram.outgoing.queries.sheets import Content, findings

TODAY = AT.date()


@pytest.fixture
def late(cast: Cast) -> Cast:
    """Telecoms late twice and soon due once; IT soon due alone; the Sở Tài chính late, at its own."""
    given(cast, to="lan", title="Báo cáo | điểm bưu điện [xã]", due_on=TODAY - timedelta(days=3))
    given(cast, title="Trễ một ngày", due_on=TODAY - timedelta(days=1))
    given(cast, to="lan", title="Sắp tới", due_on=TODAY + timedelta(days=1))
    given(cast, to="nga", title="Chưa trễ", due_on=TODAY + timedelta(days=1))
    given(cast, to="tuan", by="thu", title="Ở sở khác", due_on=TODAY - timedelta(days=1))
    return cast


def test_the_letter_names_the_late_units_and_lists_what_is_late(late: Cast) -> None:
    letter = urge(actor=late.tam, at=AT, agency=late.skhcn.pk)
    content = version(letter, 1)
    assert [(place.unit, place.is_addressed) for place in content.places] == [(late.telecoms.pk, True)]
    table = next(block for block in blocks_of(content.body) if block.rows)
    assert table.rows == (
        ("STT", "Nhiệm vụ", "Ngày giao", "Hạn", "Tình trạng"),
        ("1", "Báo cáo / điểm bưu điện (xã)", "16/11/2026", "13/11/2026", "Quá hạn 1 ngày"),
        ("2", "Trễ một ngày", "16/11/2026", "15/11/2026", "Quá hạn 1 ngày"),
        ("3", "Sắp tới", "16/11/2026", "17/11/2026", "Còn 1 ngày"),
    )
    assert "2 việc quá hạn" in content.body and "trước ngày 19/11/2026./." in content.body
    assert [one.message for one in findings(letter, TODAY) if one.is_wrong] == []
    assert (letter.state, letter.drafter_id) == ("drafting", late.posts["tam"].pk)


def test_a_week_has_one_letter(late: Cast) -> None:
    urge(actor=late.son, at=AT, agency=late.skhcn.pk)
    with pytest.raises(WrongState, match="Tuần này đã có"):
        urge(actor=late.tam, at=AT, agency=late.skhcn.pk)
    assert urge(actor=late.tam, at=AT + timedelta(days=7), agency=late.skhcn.pk)


def test_only_who_oversees_the_agency_urges(late: Cast) -> None:
    for who in ("dung", "hoa", "lan", "thu"):
        with pytest.raises(Refused, match="chánh văn phòng"):
            urge(actor=late.actor(who), at=AT, agency=late.skhcn.pk)


def test_without_late_work_there_is_no_letter(cast: Cast) -> None:
    with pytest.raises(Invalid, match="chưa cần"):
        urge(actor=cast.tam, at=AT, agency=cast.skhcn.pk)


def test_the_clock_lays_it_in_the_office_chiefs_drafts_once(late: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    jobs.draft_urgings(0)
    jobs.draft_urgings(0)
    made = Urging.objects.get()
    assert (made.letter.drafter_id, made.late, made.soon) == (late.posts["tam"].pk, 2, 1)
    assert Notice.objects.filter(post=late.posts["tam"].pk, kind="followup.urged").count() == 1
    assert Outgoing.objects.count() == 1 and made.letter.issued_at is None


def test_an_untouched_draft_is_not_buried_under_the_next(late: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = urge(actor=Actor.system(), at=AT, agency=late.skhcn.pk)
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=7))
    assert lies_unused(late.skhcn.pk)
    jobs.draft_urgings(0)
    assert Urging.objects.count() == 1
    content = Content(**{**_fields(version(letter, 1)), "subject": "đôn đốc"})
    save_version(actor=late.tam, at=AT, document=letter, content=content, seen=1)
    jobs.draft_urgings(0)
    assert Urging.objects.count() == 2


def _fields(content: Content) -> dict[str, object]:
    return {name: getattr(content, name) for name in Content.__dataclass_fields__}


def test_the_button_opens_the_draft(late: Cast, client: Client) -> None:
    late.signed_in(client, "tam")
    assert "Soạn công văn đôn đốc" in client.get("/don-doc").content.decode()
    answer = client.post("/don-doc/cong-van", keyed())
    assert client.get(answer.headers["Location"]).status_code == 200
    assert "Mở công văn đôn đốc tuần này" in client.get("/don-doc").content.decode()
    assert "công văn đôn đốc" not in late.signed_in(Client(), "dung").get("/don-doc").content.decode()
