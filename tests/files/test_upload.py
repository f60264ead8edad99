"""Files in pieces: nothing sent is sent again, and nobody reaches an upload that is not theirs."""

import io
import json
import os
import resource
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.cast import AT, Cast
from tests.files.builders import pdf
from tests.files.conftest import kept
from tram.files import queries
from tram.files.commands import MOST_UPLOADS, append, begin_upload, end_upload, store, sweep_orphans
from tram.files.models import Upload
from tram.files.rules import disk
from tram.files.rules.refusals import DiskFull, FileRefused
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden, WrongState

pytestmark = pytest.mark.django_db
CONTENT = bytes(range(256)) * 400


class Cut(io.BytesIO):
    """A request whose line breaks after some bytes."""

    def __init__(self, content: bytes, after: int) -> None:
        super().__init__(content[:after])

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        if not piece:
            raise OSError("the line is cut")
        return piece


def begun(cast: Cast, who: str = "hoa", **changed: Any) -> Upload:
    said = {"name": "quet.pdf", "size": len(CONTENT), "mark": "7"} | changed
    return begin_upload(actor=cast.actor(who), at=AT, **said)


def sent(cast: Cast, upload: Upload, offset: int, stream: io.BytesIO, who: str = "hoa") -> int:
    return append(actor=cast.actor(who), at=AT, key=upload.pk, offset=offset, stream=stream)[0]


def test_what_a_cut_line_brought_is_kept_and_the_rest_completes_it(cast: Cast, data: Path) -> None:
    upload = begun(cast)
    assert sent(cast, upload, 0, Cut(CONTENT, 70_001)) == 70_001
    assert begun(cast).pk == upload.pk and queries.arriving(cast.actor("hoa"), upload.pk).received == 70_001
    assert sent(cast, upload, 70_001, io.BytesIO(CONTENT[70_001:])) == len(CONTENT)
    with queries.arrived(cast.actor("hoa"), str(upload.pk)) as (name, stream):
        assert (name, stream.read()) == ("quet.pdf", CONTENT)


@pytest.mark.parametrize(("offset", "piece"), [(101, b"x"), (-1, b"x"), (50, b"x" * 60), (0, CONTENT[:99] + b"?")])
def test_a_hole_or_other_bytes_than_those_kept_change_nothing(
    cast: Cast, data: Path, offset: int, piece: bytes
) -> None:
    upload = begun(cast)
    sent(cast, upload, 0, io.BytesIO(CONTENT[:100]))
    with pytest.raises(disk.OutOfPlace) as told:
        sent(cast, upload, offset, io.BytesIO(piece))
    assert told.value.length == 100
    assert kept(data)[0].read_bytes() == CONTENT[:100]


def test_a_piece_that_a_browser_sent_again_is_kept_once(cast: Cast, data: Path) -> None:
    upload = begun(cast)
    sent(cast, upload, 0, Cut(CONTENT, 70_001))
    assert append(
        actor=cast.actor("hoa"), at=AT, key=upload.pk, offset=50_000, stream=io.BytesIO(CONTENT[50_000:])
    ) == (len(CONTENT), 20_001)
    assert kept(data)[0].read_bytes() == CONTENT


def test_more_than_was_announced_is_refused(cast: Cast, data: Path) -> None:
    upload = begun(cast, size=100)
    with pytest.raises(FileRefused, match="dài hơn 100 byte"):
        sent(cast, upload, 0, io.BytesIO(CONTENT))
    assert queries.arriving(cast.actor("hoa"), upload.pk).received == 0


def test_an_upload_that_is_not_whole_makes_no_file(cast: Cast, data: Path) -> None:
    upload = begun(cast)
    sent(cast, upload, 0, io.BytesIO(CONTENT[:1024]))
    with pytest.raises(WrongState, match="mới 1 KB trên 100 KB"), queries.arrived(cast.actor("hoa"), str(upload.pk)):
        pass


def test_somebody_else_s_upload_is_not_there(cast: Cast, data: Path) -> None:
    upload, stranger = begun(cast), cast.actor("nga")
    for act in (
        lambda: sent(cast, upload, 0, io.BytesIO(b"x"), "nga"),
        lambda: queries.arriving(stranger, upload.pk),
        lambda: queries.arrived(stranger, str(upload.pk)).__enter__(),
        lambda: queries.arrived(stranger, "../../secret").__enter__(),
        lambda: end_upload(actor=stranger, at=AT, key=upload.pk),
        lambda: end_upload(actor=stranger, at=AT, key=uuid4()),
    ):
        with pytest.raises(Hidden):
            act()
    assert queries.all_arriving(stranger) == [] and begun(cast, "nga").pk != upload.pk


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"size": 0}, "không có nội dung"),
        ({"size": -1}, "không có nội dung"),
        ({"size": 10**14}, "lớn hơn mức"),
        ({"name": "../a.pdf"}, "trỏ ra thư mục khác"),
        ({"name": ""}, "chưa có tên"),
    ],
)
def test_what_can_be_refused_at_once_is(cast: Cast, data: Path, said: dict[str, Any], sentence: str) -> None:
    with pytest.raises(FileRefused, match=sentence):
        begun(cast, **said)
    assert kept(data) == []


def test_ten_thousand_uploads_of_one_person_are_not_opened(cast: Cast, data: Path) -> None:
    for number in range(MOST_UPLOADS):
        begun(cast, mark=str(number))
    for number in range(MOST_UPLOADS, 10_000, 997):
        with pytest.raises(WrongState, match="40 tệp tải dở"):
            begun(cast, mark=str(number))
    assert begun(cast, mark="3").mark == "3" and len(kept(data)) == MOST_UPLOADS
    assert begun(cast, "nga").owner_id == cast.actor("nga").account


def test_what_is_announced_never_exceeds_four_of_the_largest_files(cast: Cast, data: Path, settings: Settings) -> None:
    settings.TRAM_FILE_LIMIT = 1000
    for number in range(4):
        begun(cast, size=1000, mark=str(number))
    with pytest.raises(WrongState, match="cộng 3,9 KB"):
        begun(cast, size=1000, mark="5")


def test_a_dead_connection_cannot_keep_out_or_damage_the_one_after_it(data: Path) -> None:
    place = disk.upload_place(data, uuid4())
    disk.begin(place)

    def first() -> Any:
        yield CONTENT[:100]
        assert disk.append(place, 100, iter([CONTENT[100:300]]), len(CONTENT)) == (300, 0)
        yield CONTENT[100:200]

    assert disk.append(place, 0, first(), len(CONTENT)) == (300, 100)
    assert place.read_bytes() == CONTENT[:300]


def test_thirty_two_senders_of_one_file_leave_one_file(data: Path) -> None:
    place = disk.upload_place(data, uuid4())
    disk.begin(place)

    def push(_number: int) -> None:
        while (length := place.stat().st_size) < len(CONTENT):
            try:
                disk.append(
                    place, length, (CONTENT[at : at + 999] for at in range(length, len(CONTENT), 999)), len(CONTENT)
                )
            except (disk.OutOfPlace, disk.TooLong):
                continue

    with ThreadPoolExecutor(32) as pool:
        list(pool.map(push, range(32)))
    assert place.read_bytes() == CONTENT


def test_a_full_disk_is_told_and_keeps_what_was_there(data: Path) -> None:
    place = disk.upload_place(data, uuid4())
    disk.begin(place)
    disk.append(place, 0, iter([b"x" * 100]), 1000)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (150, hard))
    try:
        with pytest.raises(DiskFull):
            disk.append(place, 100, iter([b"y" * 100]), 1000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert disk.append(place, 150, iter([b"z" * 50]), 1000) == (200, 0)
    assert place.read_bytes() == b"x" * 100 + b"y" * 50 + b"z" * 50


def test_uploads_left_behind_are_swept_after_a_day(cast: Cast, data: Path) -> None:
    old, fresh = begun(cast, mark="old"), begun(cast, mark="fresh")
    Upload.objects.filter(pk=old.pk).update(begun_at=AT - timedelta(hours=30))
    then = (AT - timedelta(hours=25)).timestamp()
    for key in (old.pk, fresh.pk):
        os.utime(disk.upload_place(data, key), (AT.timestamp(), AT.timestamp()))
    os.utime(disk.upload_place(data, old.pk), (then, then))
    assert sweep_orphans(actor=Actor.system(), at=AT) == 1
    assert list(Upload.objects.values_list("mark", flat=True)) == ["fresh"]
    with pytest.raises(Hidden):
        sent(cast, old, 0, io.BytesIO(b"x"))


def test_a_stored_upload_is_let_go(
    cast: Cast, data: Path, folder: object, django_capture_on_commit_callbacks: Any
) -> None:
    content = pdf()
    upload = begun(cast, size=len(content))
    sent(cast, upload, 0, io.BytesIO(content))
    with django_capture_on_commit_callbacks(execute=True):
        with queries.arrived(cast.actor("hoa"), str(upload.pk)) as (name, stream):
            store(actor=cast.actor("hoa"), at=AT, stream=stream, name=name, agency=cast.actor("hoa").agency)
        end_upload(actor=cast.actor("hoa"), at=AT, key=upload.pk)
    assert [path.suffix for path in kept(data)] == [""] and not Upload.objects.exists()


def test_the_doors_tell_where_to_go_on(cast: Cast, client: Client, data: Path) -> None:
    client = cast.signed_in(client, "hoa")
    told = client.post("/tep/tai-len", {"name": "a.pdf", "size": "300", "mark": "1"}).json()
    address = f"/tep/tai-len/{told['id']}"
    assert client.put(f"{address}?tu=0", CONTENT[:200], "application/octet-stream").json() == {
        "received": 200,
        "again": 0,
    }
    again = client.put(f"{address}?tu=0", CONTENT[:200], "application/octet-stream")
    assert again.json() == {"received": 200, "again": 200}
    hole = client.put(f"{address}?tu=201", b"x", "application/octet-stream")
    assert (hole.status_code, hole.json()) == (409, {"received": 200})
    assert client.put(f"{address}?tu=200", b"x" * 101, "application/octet-stream").status_code == 422
    assert client.get("/tep/tai-len").json()["uploads"] == [{**told, "received": 200}]
    for wrong in ("", "-1", "1e3", "9" * 400, "٣"):
        assert client.put(f"{address}?tu={wrong}", b"x", "application/octet-stream").status_code == 409
    refused = client.post("/tep/tai-len", {"name": "a.pdf", "size": "9" * 14})
    assert refused.status_code == 422 and "lớn hơn mức 500 MB" in json.loads(refused.content)["detail"]
    assert client.delete(address).status_code == 204 and client.get(address).status_code == 404
    assert isinstance(UUID(told["id"]), UUID)
