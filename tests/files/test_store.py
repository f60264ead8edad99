"""A file is kept whole, once, under its own hash, or not at all."""

import hashlib
import io
import os
import resource
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from pytest_django.fixtures import Settings

from tests.cast import AT, Cast
from tests.files.builders import pdf, png
from tests.files.conftest import kept
from tram.audit.queries import history
from tram.files.commands import store, sweep_orphans
from tram.files.models import Blob, File
from tram.files.queries import DiskFull, FileRefused, card, cards, open_blob, work_folder
from tram.kernel.actors import ANONYMOUS, Actor
from tram.kernel.verdicts import Refused

Bring = Callable[..., File]
SYSTEM = Actor.system()


@contextmanager
def small_disk(size: int) -> Iterator[None]:
    """No file of this process may grow past `size`: writes fail as they do on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_clerk_brings_a_file_and_finds_its_bytes_untouched(bring: Bring, data: Path, cast: Cast) -> None:
    content = pdf()
    file = bring(content, unicodedata.normalize("NFD", "Quyết định.pdf"))
    place = open_blob(file.pk)
    sha256 = hashlib.sha256(content).hexdigest()
    assert place == data / "files" / sha256[:2] / sha256[2:4] / sha256
    assert place.read_bytes() == content
    assert kept(data) == [place]
    assert (file.name, file.uploaded_by_id) == ("Quyết định.pdf", cast.accounts["hoa"].pk)


def test_a_card_says_what_a_list_shows(bring: Bring) -> None:
    shown = card(bring(pdf(pages=3)).pk)
    assert (shown.kind, shown.kind_name, shown.pages, shown.media_type) == ("pdf", "PDF", 3, "application/pdf")
    assert shown.url.endswith("/a.pdf")
    assert shown.image.endswith("/trang/1.jpg")


def test_twenty_cards_cost_one_query_as_one_does(
    bring: Bring, django_assert_num_queries: Callable[..., object]
) -> None:
    ids = [bring(png(8, 8 + n), "a.png").pk for n in range(20)]
    for some in (ids[:1], ids):
        with django_assert_num_queries(1):
            assert [shown.id for shown in cards(some)] == some


def test_the_same_content_brought_twice_is_kept_once(bring: Bring, data: Path) -> None:
    first, second = bring(pdf(), "a.pdf"), bring(pdf(), "b.pdf", who="tuan")
    assert (first.pk != second.pk, first.blob_id == second.blob_id) == (True, True)
    assert len(kept(data)) == Blob.objects.count() == 1


def test_the_history_says_who_brought_it(bring: Bring) -> None:
    lines = history(bring(pdf()).ref)
    assert [(line.what, line.sentence) for line in lines] == [("files.stored", "đã tải lên một tệp PDF")]


def test_a_visitor_may_not_bring_a_file(cast: Cast, data: Path) -> None:
    with pytest.raises(Refused, match="Đăng nhập"):
        store(actor=ANONYMOUS, at=AT, stream=io.BytesIO(pdf()), name="a.pdf", agency=0)
    assert kept(data) == []


@pytest.mark.parametrize("content", [b"", b"MZ\x90", pdf() + b"<script>", pdf()[:100]])
def test_a_refused_file_leaves_no_byte_and_no_row(bring: Bring, data: Path, content: bytes) -> None:
    with pytest.raises(FileRefused):
        bring(content)
    assert kept(data) == []
    assert not File.objects.exists()


def test_a_file_over_the_limit_of_the_installation_leaves_nothing(bring: Bring, data: Path, settings: Settings) -> None:
    settings.TRAM_FILE_LIMIT = 1000
    with pytest.raises(FileRefused, match="lớn hơn mức 1000 byte"):
        bring(png(60, 60, os.urandom(61 * 60)), "a.png")
    assert kept(data) == []


def test_a_full_disk_is_said_in_words_and_leaves_nothing(bring: Bring, data: Path) -> None:
    content = pdf(b"(" + b"x" * 3_000_000 + b")")
    with pytest.raises(DiskFull, match="Hệ thống tạm chỉ đọc, đang xử lý"), small_disk(1_000_000):
        bring(content)
    assert kept(data) == []
    assert not File.objects.exists()
    assert bring(content).blob.size == len(content)


def test_what_a_broken_upload_left_is_swept_after_a_day_and_nothing_else(bring: Bring, data: Path) -> None:
    file = bring(pdf())
    orphan = data / "files" / "ab" / "cd" / ("abcd" + "0" * 60)
    part, drawing = data / "files" / "incoming" / "x.part", data / "pages" / f"{'0' * 64}-1-900.jpg"
    unsigned = data / "files" / "incoming" / "y.part" / "signed.pdf"
    for path in (orphan, part, drawing, unsigned):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    for path in kept(data):
        os.utime(path, (AT.timestamp(), AT.timestamp()))
    os.utime(unsigned.parent, (AT.timestamp(), AT.timestamp()))
    assert sweep_orphans(actor=SYSTEM, at=AT + timedelta(hours=23)) == 0
    assert sweep_orphans(actor=SYSTEM, at=AT + timedelta(hours=25)) == 4
    assert kept(data) == [open_blob(file.pk)] and not unsigned.parent.exists()


def test_a_folder_for_files_in_the_making_is_gone_also_when_they_fail(bring: Bring, data: Path) -> None:
    with pytest.raises(ValueError, match="ký hỏng"), work_folder() as folder:
        (folder / "signed.pdf").write_bytes(b"x")
        assert folder.stat().st_mode & 0o077 == 0
        raise ValueError("ký hỏng")
    assert not folder.exists() and kept(data) == []


def test_nobody_sweeps_but_the_installation_itself(cast: Cast, data: Path) -> None:
    with pytest.raises(Refused):
        sweep_orphans(actor=cast.actor("quan"), at=AT)


def test_a_blob_can_not_go_while_a_file_names_it(bring: Bring) -> None:
    file = bring(pdf())
    with pytest.raises(IntegrityError), transaction.atomic():
        Blob.objects.filter(pk=file.blob_id)._raw_delete("default")
        transaction.get_connection().check_constraints()
