"""Evidence of a report: whoever sees the link opens the file, whoever may not open it sees no link."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import AT, Cast
from tests.documents.letters import pdf_of, post
from tests.documents.test_settle import SLIP
from tram.documents.commands.direct import Target, direct
from tram.documents.commands.register import register
from tram.documents.models import Incoming
from tram.files.commands import store
from tram.files.models import File
from tram.files.queries import FileRefused
from tram.tasks.commands.give import hand
from tram.tasks.commands.work import report_progress
from tram.tasks.models import Progress, Task

READERS = {"hoa", "son", "hung", "tam", "dung", "lan", "phuc", "nga"}
"""Clerk, leaders and chief read every letter; the division that leads and the one that helps read this one."""


@pytest.fixture
def letter(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Incoming:
    monkeypatch.setattr("tram.kernel.clock.now", lambda: AT)
    letter = register(actor=cast.hoa, at=AT, agency=cast.skhcn, slip=SLIP, present_to=cast.posts["son"])
    direct(actor=cast.son, at=AT, document=letter, lead=Target(cast.telecoms), coordinating=[Target(cast.it)])
    return letter


def test_the_link_and_the_file_are_the_same_peoples(cast: Cast, letter: Incoming) -> None:
    task = Task.objects.get(about=letter.ref, kind="handle")
    hand(actor=cast.dung, at=AT, task=task, to=cast.posts["lan"])
    file = store(actor=cast.lan, at=AT, stream=BytesIO("Ảnh khảo sát".encode()), name="anh.txt", agency=cast.skhcn.pk)
    report_progress(actor=cast.lan, at=AT, task=task, percent=40, text="Đã khảo sát 12 xã", evidence=file)
    linked, opened = set(), set()
    for who in cast.accounts:
        client = cast.signed_in(Client(), who)
        pages = [client.get(path) for path in (letter.url, f"/viec/{task.pk}")]
        linked |= {who} & ({who} if any(str(file.pk) in page.content.decode() for page in pages) else set())
        opened |= {who} if client.get(f"/tep/{file.pk}/anh.txt").status_code == 200 else set()
    assert linked == opened == READERS


@pytest.mark.parametrize("door", ["page", "program"])
def test_a_marked_secret_is_no_evidence_and_nothing_of_it_is_kept(cast: Cast, letter: Incoming, door: str) -> None:
    task = Task.objects.get(about=letter.ref, kind="handle")
    hand(actor=cast.dung, at=AT, task=task, to=cast.posts["lan"])
    paper = SimpleUploadedFile("bao-cao.pdf", pdf_of("SỞ TÀI CHÍNH\nSố: 5/STC-TM\n\nTỐI MẬT\n\n" + "Nội dung.\n" * 20))
    client = cast.signed_in(Client(), "lan")
    if door == "page":
        answer = post(client, f"/viec/{task.pk}/tien-do", {"percent": "20", "text": "Đã xem", "evidence": paper})
        assert answer.status_code == 422 and "TỐI MẬT không đưa vào hệ thống" in answer.content.decode()
    else:
        with pytest.raises(FileRefused, match="TỐI MẬT"):
            store(actor=cast.lan, at=AT, stream=paper, name="bao-cao.pdf", agency=cast.skhcn.pk)
    assert not File.objects.exists() and not Progress.objects.exists()
