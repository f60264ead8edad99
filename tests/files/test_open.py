"""A file opens only through the rights of what carries it, as a download and never as a page of ours."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
import typst
from django.test import Client
from PIL import Image

from tests.cast import AT, Cast
from tests.files.builders import docx, jpeg, pdf
from tests.files.conftest import Folder, kept
from tram.files.models import File
from tram.files.queries import card, opened
from tram.kernel.verdicts import Hidden

Bring = Callable[..., File]
PARAGRAPH = "Thực hiện Nghị quyết của Hội đồng nhân dân tỉnh, Sở Thông tin và Truyền thông báo cáo kết quả như sau: "
DRAWN = typst.compile(f'#set page(paper: "a4")\n#set text(size: 13pt)\n{PARAGRAPH * 28}'.encode())
SEAL = re.compile(rb"datetime=[^>]*>[^<]*|[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}|[A-Za-z0-9]{64}")


def body(response: object) -> bytes:
    return b"".join(response)  # type: ignore[call-overload, no-any-return]


@pytest.fixture
def hoa(client: Client, cast: Cast, bring: Bring) -> Client:
    return cast.signed_in(client, "hoa")


def test_whoever_brought_it_opens_it_until_something_carries_it(hoa: Client, bring: Bring, folder: Folder) -> None:
    file = bring(pdf())
    assert hoa.get(card(file.pk).url).status_code == 200
    folder.readers[file.pk] = set()
    assert hoa.get(card(file.pk).url).status_code == 404


def test_a_reader_of_the_folder_opens_it_though_another_brought_it(
    hoa: Client, bring: Bring, folder: Folder, cast: Cast
) -> None:
    file = bring(pdf(), who="tuan")
    folder.readers[file.pk] = {cast.accounts["hoa"].pk}
    assert hoa.get(card(file.pk).url).status_code == 200


def test_not_yours_and_not_there_are_the_same_answer(hoa: Client, bring: Bring) -> None:
    theirs = card(bring(pdf(), who="tuan").pk)
    for shown, missing in [(theirs.url, f"/tep/{uuid4()}/a.pdf"), (theirs.image, f"/tep/{uuid4()}/trang/1.jpg")]:
        answers = [hoa.get(path) for path in (shown, missing)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert SEAL.sub(b"", answers[0].content) == SEAL.sub(b"", answers[1].content)
        assert answers[0].headers == answers[1].headers


def test_a_visitor_gets_no_file(client: Client, bring: Bring) -> None:
    assert client.get(card(bring(pdf()).pk).url).status_code != 200


def test_it_comes_as_a_download_under_its_own_name_and_can_do_nothing(hoa: Client, bring: Bring) -> None:
    content = pdf()
    file = bring(content, "Quyết định 12; “bản cuối”.pdf")
    response = hoa.get(f"/tep/{file.pk}/x.html")
    assert body(response) == content
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Quy%E1%BA%BFt%20")
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Length"] == str(len(content))


@pytest.mark.parametrize(
    ("asked", "first", "last"), [("bytes=0-9", 0, 9), ("bytes=100-", 100, None), ("bytes=-7", -7, None)]
)
def test_a_broken_download_goes_on_where_it_stopped(
    hoa: Client, bring: Bring, asked: str, first: int, last: int | None
) -> None:
    content = pdf()
    response = hoa.get(card(bring(content).pk).url, headers={"range": asked})
    assert response.status_code == 206
    assert body(response) == content[first : None if last is None else last + 1]
    assert response["Content-Range"].endswith(f"/{len(content)}")
    assert response["Content-Disposition"].startswith("attachment")


def test_a_range_behind_the_end_is_refused_and_a_foreign_one_gives_the_whole(hoa: Client, bring: Bring) -> None:
    content = pdf()
    url = card(bring(content).pk).url
    assert hoa.get(url, headers={"range": "bytes=99999999-"}).status_code == 416
    for headers in ({"range": "bytes=0-9", "if-range": '"other"'}, {"range": "lines=1-2"}, {"range": "bytes=9-1"}):
        assert body(hoa.get(url, headers=headers)) == content
    tag = hoa.get(url)["ETag"]
    assert hoa.get(url, headers={"if-none-match": tag}).status_code == 304


def test_a_page_is_drawn_once_and_small(hoa: Client, bring: Bring, data: Path) -> None:
    file = bring(DRAWN)
    response = hoa.get(card(file.pk).image)
    image = Image.open(io.BytesIO(body(response)))
    assert (response["Content-Type"], image.width) == ("image/png", 900)
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    assert int(response["Content-Length"]) <= 90_000
    drawings = kept(data / "pages")
    assert len(drawings) == 1
    made_at = drawings[0].stat().st_mtime_ns
    hoa.get(card(file.pk).image)
    assert drawings[0].stat().st_mtime_ns == made_at


def test_a_wider_image_is_drawn_on_demand(hoa: Client, bring: Bring) -> None:
    wide = body(hoa.get(card(bring(DRAWN).pk).image + "?rong=1800"))
    assert Image.open(io.BytesIO(wide)).width == 1800


def test_a_photograph_is_shown_smaller(hoa: Client, bring: Bring) -> None:
    shown = body(hoa.get(card(bring(jpeg((2000, 1500)), "a.jpg").pk).image))
    image = Image.open(io.BytesIO(shown))
    assert (image.format, image.size) == ("JPEG", (900, 675))


@pytest.mark.parametrize("path", ["trang/0.jpg", "trang/2.jpg", "trang/1.jpg?rong=901", "trang/1.jpg?rong=²"])
def test_a_page_or_width_that_is_not_there_is_not_there(hoa: Client, bring: Bring, path: str) -> None:
    assert hoa.get(f"/tep/{bring(pdf()).pk}/{path}").status_code == 404


def test_a_word_document_has_no_page_images(hoa: Client, bring: Bring) -> None:
    file = bring(docx(), "a.docx")
    assert card(file.pk).image == ""
    assert hoa.get(f"/tep/{file.pk}/trang/1.jpg").status_code == 404


def test_rights_are_asked_each_time(bring: Bring, folder: Folder, cast: Cast) -> None:
    file = bring(pdf(), who="tuan")
    folder.readers[file.pk] = {cast.accounts["hoa"].pk}
    assert opened(cast.actor("hoa"), file.pk, AT).id == file.pk
    folder.readers[file.pk] = set()
    with pytest.raises(Hidden):
        opened(cast.actor("hoa"), file.pk, AT)
