"""A stamp of secrecy that only an eye sees: the paper is locked, the clerk asked, and of a secret nothing stays.

The scans are made here and looked at by the real machine reader.
"""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from tests.cast import AT, Cast
from tests.documents.letters import drop, post
from tests.documents.test_settle import SLIP
from tests.reading.stamped import scan
from tram.audit.models import Event
from tram.audit.queries import Break, verify
from tram.documents.commands.arrive import add_file, bring
from tram.documents.commands.direct import Target, direct
from tram.documents.commands.register import register
from tram.documents.jobs import read_scan
from tram.documents.models import Incoming, Proposal
from tram.documents.queries import AWAITS, book_page, visible_to
from tram.files import commands as files
from tram.files.commands import destroy, look, release, store
from tram.files.jobs import destroy_unanswered, look_for_stamp
from tram.files.models import Blob, File, Marked
from tram.files.rules import disk
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden, Refused, WrongState
from tram.search.queries import search
from tram.tasks.commands.give import hand
from tram.tasks.commands.work import report_progress
from tram.tasks.models import Progress, Task

CANARY = "bocanary"
"""In the name of the file and in what is typed: the word that must be nowhere afterwards."""
DAY = AT.date()
ASKED = "/van-ban-den/ban-van-thu/dau-mat"


@pytest.fixture(scope="module")
def secret() -> bytes:
    return scan(2, "TỐI MẬT")


@pytest.fixture(scope="module")
def plain() -> bytes:
    return scan(3, "HỎA TỐC")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    monkeypatch.setattr("tram.kernel.clock.now", lambda: AT)
    settings.TRAM_DATA = tmp_path


def marked(cast: Cast, content: bytes = b"", name: str = CANARY) -> Incoming:
    """A scan on the clerk's desk, on which a stamp was seen; without `content` any good file stands for it."""
    stream = BytesIO(content or scan(5))
    paper = bring(actor=cast.hoa, at=AT, agency=cast.skhcn, stream=stream, name=f"{name}.jpg")
    look(actor=Actor.system(), at=AT, file=file_of(paper).pk, level="top_secret")
    return Incoming.objects.get(pk=paper.pk)


def file_of(paper: Incoming) -> File:
    return File.objects.get(pk=paper.files.get(place=0).file_id)


def told(word: str, *, but: tuple[str, ...] = ()) -> list[str]:
    """The tables in which a word stands anywhere."""
    found = []
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names()) - set(but):
            cursor.execute(f'SELECT 1 FROM "{table}" row WHERE row::text ILIKE %s LIMIT 1', [f"%{word}%"])
            found += [table] if cursor.fetchone() else []
            cursor.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND data_type = 'bytea'",
                [table],
            )
            for (column,) in cursor.fetchall():
                cursor.execute(
                    f'SELECT 1 FROM "{table}" WHERE position(%s::bytea in "{column}") > 0 LIMIT 1', [word.encode()]
                )
                found += [f"{table}.{column}"] if cursor.fetchone() else []
    return found


def on_disk(content: bytes) -> list[Path]:
    """Files of the data folder that hold this content, or anything drawn of a page."""
    return [
        path
        for path in settings.TRAM_DATA.rglob("*")
        if path.is_file() and (path.read_bytes() == content or "pages" in path.parts)
    ]


def test_a_seen_stamp_locks_the_paper_for_everybody(cast: Cast, client: Client, secret: bytes) -> None:
    clerk = cast.signed_in(client, "hoa")
    assert drop(clerk, secret, f"{CANARY}.jpg").status_code == 200
    paper = Incoming.objects.get()
    door = f"/tep/{file_of(paper).pk}"
    assert clerk.get(f"{door}/trang/1.jpg?rong=320").status_code == 200
    read_scan(paper.pk)
    paper.refresh_from_db()
    assert paper.veiled and not Proposal.objects.exists()
    assert Marked.objects.get().level == "top_secret"
    for who in ("hoa", "son", "tam"):
        person = cast.signed_in(Client(), who)
        assert {person.get(f"{door}/{CANARY}.jpg").status_code, person.get(f"{door}/trang/1.jpg").status_code} == {404}
        assert CANARY not in person.get(f"/van-ban-den/{paper.pk}").content.decode()
    assert not visible_to(cast.hung, DAY).exists()
    assert clerk.get(f"/van-ban-den/ban-van-thu?lan=scan&van-ban={paper.pk}").headers["Location"] == ASKED
    assert "Máy thấy dấu mật trên 1 tệp" in clerk.get("/van-ban-den/ban-van-thu").content.decode()
    assert "TỐI MẬT" in clerk.get(ASKED).content.decode()
    with pytest.raises(WrongState, match="dấu mật"):
        register(actor=cast.hoa, at=AT, agency=cast.skhcn, slip=SLIP, document=paper)


def test_the_answer_destroys_all_and_leads_to_the_row_of_the_secret_book(
    cast: Cast, client: Client, secret: bytes
) -> None:
    clerk = cast.signed_in(client, "hoa")
    drop(clerk, secret, f"{CANARY}.jpg")
    paper = Incoming.objects.get()
    file = file_of(paper)
    clerk.get(f"/tep/{file.pk}/trang/1.jpg?rong=320")
    post(clerk, "/ban-nhap", {"name": f"phieu-{paper.pk}", "content": f'{{"subject": "{CANARY}"}}'})
    look_for_stamp(str(file.pk))
    assert len(on_disk(secret)) == 2 and told(CANARY)
    answer = post(clerk, f"{ASKED}/{file.pk}", {"level": "top_secret"})
    desk = answer.headers["Location"]
    assert desk == f"/van-ban-den/ban-van-thu?lan=paper&van-ban={paper.pk}"
    assert on_disk(secret) == [] and told(CANARY) == [] and not Blob.objects.filter(pk=file.blob_id).exists()
    page = clerk.get(desk).content.decode()
    assert "Cất bản giấy vào tủ mật" in page and '<option value="2" selected' in page
    record = Event.objects.get(what="files.destroyed")
    assert (record.detail["sha256"], record.detail["size"]) == (file.blob_id, len(secret))
    assert (record.actor_name, record.detail["level"]) == ("Trần Thị Hoa", "TỐI MẬT")
    assert not [one for one in verify() if isinstance(one, Break)]
    slip = {"organ_name": "Bộ Công an", "code": "12/BCA", "issued_date": "12/11/2026", "type_name": "Công văn",
            "arrival_date": "16/11/2026", "urgency": "0", "secrecy": "2", "subject": "Nội dung mật",
            "keeping_place": "Tủ mật số 2"}  # fmt: skip
    assert post(clerk, f"/van-ban-den/{paper.pk}/vao-so", slip).status_code == 200
    paper.refresh_from_db()
    assert (paper.book_code, paper.arrival_number, paper.secrecy) == ("incoming_secret", 1, 2)


def test_no_stamp_opens_it_again_and_only_then_is_it_read(cast: Cast, client: Client, plain: bytes) -> None:
    paper = marked(cast, plain)
    clerk, file = cast.signed_in(client, "hoa"), file_of(paper)
    assert post(clerk, f"{ASKED}/{file.pk}", {"level": "none"}).status_code == 303
    paper.refresh_from_db()
    assert not paper.veiled and clerk.get(f"/tep/{file.pk}/a.jpg").status_code == 200
    read_scan(paper.pk)
    assert Proposal.objects.get(document=paper).text and not Incoming.objects.get().veiled
    with pytest.raises(WrongState, match="đã có người trả lời"):
        destroy(actor=cast.hoa, at=AT, file=file.pk, level="secret")


def test_a_scan_without_a_stamp_is_looked_at_once_and_read(cast: Cast, plain: bytes) -> None:
    paper = bring(actor=cast.hoa, at=AT, agency=cast.skhcn, stream=BytesIO(plain), name="a.jpg")
    read_scan(paper.pk)
    assert file_of(paper).looked_at == AT and Proposal.objects.exists() and not Marked.objects.exists()


def test_unanswered_for_a_day_it_is_destroyed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    content = scan(5)
    paper = marked(cast, content)
    for hours, left in ((23, 1), (25, 0)):
        monkeypatch.setattr("tram.kernel.clock.now", lambda hours=hours: AT + timedelta(hours=hours))
        destroy_unanswered(0)
        assert len(on_disk(content)) == left == Marked.objects.count()
    paper.refresh_from_db()
    assert (paper.secrecy, paper.channel, paper.veiled) == (2, "paper", False)


@pytest.mark.parametrize("broken", ["before", "after"])
def test_a_crash_in_the_middle_leaves_nothing_that_anybody_can_open(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """Before the bytes go: nothing has happened and it is locked. After: they are gone, though the rows came back."""
    content = scan(5)
    file = file_of(marked(cast, content))
    true = disk.destroy

    def breaks(data: Path, sha256: str) -> None:
        if broken == "after":
            true(data, sha256)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(files.disk, "destroy", breaks)
        with pytest.raises(KeyboardInterrupt):
            destroy(actor=cast.hoa, at=AT, file=file.pk, level="secret")
    assert len(on_disk(content)) == (broken == "before") and Marked.objects.get().answered_at is None
    if broken == "after":
        with pytest.raises(WrongState, match="đã bị hủy"):
            release(actor=cast.hoa, at=AT, file=file.pk)
    monkeypatch.setattr("tram.kernel.clock.now", lambda: AT + timedelta(hours=25))
    destroy_unanswered(0)
    assert on_disk(content) == [] and not File.objects.filter(pk=file.pk).exists()


def test_what_another_agency_keeps_is_locked_and_their_clerk_is_asked(cast: Cast) -> None:
    content = scan(5)
    theirs = bring(actor=cast.tuan, at=AT, agency=cast.stc, stream=BytesIO(content), name="b.jpg")
    look(actor=Actor.system(), at=AT, file=file_of(theirs).pk, level="secret")
    release(actor=cast.tuan, at=AT, file=file_of(theirs).pk)
    ours = marked(cast, content)
    destroy(actor=cast.hoa, at=AT, file=file_of(ours).pk, level="secret")
    theirs.refresh_from_db()
    assert theirs.veiled and len(on_disk(content)) == 1
    with pytest.raises(Hidden):
        destroy(actor=cast.hoa, at=AT, file=file_of(theirs).pk, level="secret")
    with pytest.raises(Refused, match="văn thư"):
        destroy(actor=cast.thu, at=AT, file=file_of(theirs).pk, level="secret")
    destroy(actor=cast.tuan, at=AT, file=file_of(theirs).pk, level="secret")
    assert on_disk(content) == []


def test_the_book_tells_nothing_of_a_paper_that_waits_for_the_answer(cast: Cast) -> None:
    paper = bring(actor=cast.hoa, at=AT, agency=cast.skhcn, stream=BytesIO(scan(5)), name="a.jpg")
    paper = register(actor=cast.hoa, at=AT, agency=cast.skhcn, slip=SLIP, document=paper)
    row = book_page(cast.skhcn.pk, "incoming", 2026)[-1]
    assert SLIP.subject in row.subject
    look(actor=Actor.system(), at=AT, file=file_of(paper).pk, level="secret")
    veiled = book_page(cast.skhcn.pk, "incoming", 2026)[-1]
    assert (veiled.arrival_number, veiled.remark) == (row.arrival_number, AWAITS)
    assert not any((veiled.author, veiled.code, veiled.subject, veiled.receiver, veiled.issued_date))
    release(actor=cast.hoa, at=AT, file=file_of(paper).pk)
    assert book_page(cast.skhcn.pk, "incoming", 2026)[-1] == row


def test_a_paper_in_the_ordinary_book_keeps_number_and_day_alone(cast: Cast) -> None:
    paper = bring(actor=cast.hoa, at=AT, agency=cast.skhcn, stream=BytesIO(scan(5)), name=f"{CANARY}.jpg")
    words = {"subject": f"V/v {CANARY}", "description": CANARY, "signer_full_name": CANARY}
    slip = SLIP.__class__(**{**SLIP.values(), **words})
    register(actor=cast.hoa, at=AT, agency=cast.skhcn, slip=slip, document=paper, present_to=cast.posts["son"])
    direct(actor=cast.son, at=AT, document=paper, lead=Target(cast.telecoms), note=f"Giao {CANARY}")
    task = Task.objects.get(about=paper.ref, kind="handle")
    hand(actor=cast.dung, at=AT, task=task, to=cast.posts["lan"], word=CANARY)
    report_progress(actor=cast.lan, at=AT, task=task, percent=20, text=f"Đã xem {CANARY}")
    look(actor=Actor.system(), at=AT, file=file_of(paper).pk, level="absolute_secret")
    assert not visible_to(cast.lan, DAY).exists() and not search(actor=cast.son, at=AT, text=CANARY).hits
    destroy(actor=cast.hoa, at=AT, file=file_of(paper).pk, level="absolute_secret")
    paper.refresh_from_db()
    assert (paper.arrival_number, paper.state, paper.subject, paper.organ_name) == (1, "purged", "", "")
    assert told(CANARY, but=("audit_event",)) == []
    assert not Task.objects.filter(about=paper.ref, ended_at=None).exists()
    stub = Incoming.objects.exclude(pk=paper.pk).get()
    assert (stub.secrecy, stub.state, stub.files.count()) == (3, "arrived", 0)


def test_an_annex_and_evidence_go_alone(cast: Cast) -> None:
    letter = register(actor=cast.hoa, at=AT, agency=cast.skhcn, slip=SLIP, present_to=cast.posts["son"])
    direct(actor=cast.son, at=AT, document=letter, lead=Target(cast.telecoms, cast.posts["lan"]))
    task = Task.objects.get(about=letter.ref, kind="handle")
    first, annex = (
        store(actor=cast.hoa, at=AT, stream=BytesIO(scan(seed)), name=f"{seed}.jpg", agency=cast.skhcn.pk)
        for seed in (5, 6)
    )
    add_file(actor=cast.hoa, at=AT, document=letter, file=first)
    add_file(actor=cast.hoa, at=AT, document=letter, file=annex)
    shown = store(actor=cast.lan, at=AT, stream=BytesIO(scan(7)), name=f"{CANARY}.jpg", agency=cast.skhcn.pk)
    report_progress(actor=cast.lan, at=AT, task=task, percent=20, text="Đã xem", evidence=shown)
    for file in (annex, shown):
        look(actor=Actor.system(), at=AT, file=file.pk, level="secret")
    assert visible_to(cast.lan, DAY).exists(), "the letter itself stays open"
    page = cast.signed_in(Client(), "lan").get(letter.url).content.decode()
    assert CANARY not in page and "nghi có dấu mật" in page
    Incoming.objects.create(agency=cast.skhcn, channel="paper", arrived_at=AT, secrecy=1)
    clerk = cast.signed_in(Client(), "hoa")
    for file in (annex, shown):
        answer = post(clerk, f"{ASKED}/{file.pk}", {"level": "secret"})
        assert answer.headers["Location"] == ASKED, "the row that waits belongs to another paper"
    assert Progress.objects.get().evidence is None and told(CANARY) == []
    assert [row.file_id for row in letter.files.all()] == [first.pk]


def test_an_annex_that_the_clerk_had_released_goes_with_a_secret_paper(cast: Cast) -> None:
    paper = bring(actor=cast.hoa, at=AT, agency=cast.skhcn, stream=BytesIO(scan(5)), name=f"{CANARY}.jpg")
    register(actor=cast.hoa, at=AT, agency=cast.skhcn, slip=SLIP, document=paper)
    annex = store(actor=cast.hoa, at=AT, stream=BytesIO(scan(6)), name=f"{CANARY}.jpg", agency=cast.skhcn.pk)
    add_file(actor=cast.hoa, at=AT, document=paper, file=annex)
    look(actor=Actor.system(), at=AT, file=annex.pk, level="secret")
    release(actor=cast.hoa, at=AT, file=annex.pk)
    look(actor=Actor.system(), at=AT, file=annex.pk, level="secret")
    assert Marked.objects.get(file=annex).answered_at == AT, "what a clerk answered is not asked again"
    look(actor=Actor.system(), at=AT, file=file_of(paper).pk, level="secret")
    destroy(actor=cast.hoa, at=AT, file=file_of(paper).pk, level="secret")
    assert not File.objects.exists() and told(CANARY, but=("audit_event",)) == []
