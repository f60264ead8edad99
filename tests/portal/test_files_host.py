"""Files that somebody brought have a host of their own: it gives them and nothing else, and knows nobody."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.gazette.public import Publishing
from tests.news.desk import Desk
from tests.outgoing.office import Office, open_books
from tests.portal.test_hostile import illustrated, said
from tests.portal.test_scan import scanned
from tram.portal.rules.kept import KEPT
from tram.site.checkup_rooms import files_host

FILES = "https://tep.laocai.example"
THERE: Any = {"headers": {"host": "tep.laocai.example"}}


@pytest.fixture
def apart(settings: Any) -> None:
    settings.TRAM_FILES_URL = FILES
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "tep.laocai.example"]


@pytest.mark.usefixtures("apart")
def test_files_are_there_and_nothing_else(desk: Desk, reader: Client) -> None:
    article, picture, paper = illustrated(desk)
    here = f"/cong/tin/{article.slug}"
    file = f"{here}/tep/{paper}/ke-hoach.pdf"
    assert f'href="{FILES}{file}"' in said(reader.get(here)), "pages lead there"
    answer = reader.get(f"{file}?x=https://evil.example")
    assert answer.status_code == 302 and answer["Location"] == f"{FILES}{file}?x=https://evil.example"
    given = reader.get(file, **THERE)
    assert given.status_code == 200 and given["Content-Disposition"].startswith("attachment")
    assert given["Content-Security-Policy"].startswith("sandbox") and given["X-Robots-Tag"] == "noindex"
    assert given["X-Content-Type-Options"] == "nosniff" and given["Cross-Origin-Resource-Policy"] == "same-origin"
    assert reader.get(file, headers={**THERE["headers"], "Range": "bytes=0-3"}).status_code == 206
    lan = desk.cast.signed_in(Client(), "lan")
    for address in ("/", "/cong", here, f"{here}/anh/{picture}-640", "/dang-nhap", "/tin-bai", "/tinh/web/tram.css", "/robots.txt",
                    "/suc-khoe/song", "/api/openapi.json", f"/tep/{paper}/ke-hoach.pdf", f"{here}/tep/{picture}/anh.jpg"):  # fmt: skip
        answer = lan.get(address, **THERE)
        assert (answer.status_code, answer.content.decode()) == (404, "Không có tệp ở địa chỉ này.\n"), address
    for written in ("tep.laocai.example.", "TEP.laocai.example", "tep.laocai.example:443"):
        assert lan.get("/cong", headers={"host": written}).status_code == 404, written
        assert lan.get(file, headers={"host": written}).status_code == 200, written
    assert lan.post(file, **THERE).status_code == 404
    given = lan.get(file, **THERE)
    assert given.status_code == 200 and not given.cookies and "Cookie" not in given.get("Vary", "")
    assert reader.get(file, headers={"host": "evil.example"}).status_code == 404
    assert scanned() == [] and files_host(Path()).mark == "ok"


@pytest.mark.usefixtures("apart")
def test_files_of_letters_are_there_too(desk: Desk, reader: Client) -> None:
    open_books(desk.cast)
    letter = Publishing(Office(desk.cast)).public()
    page = said(reader.get(f"/cong/van-ban/{letter.slug}"))
    file = f"/cong/van-ban/{letter.slug}/tep/{letter.files[0]['id']}/ban-quet-{letter.letter_id}.pdf"
    assert f'href="{FILES}{file}"' in page and f'"contentUrl": "{FILES}{file}"' in page
    assert reader.get(file)["Location"] == FILES + file and reader.get(file, **THERE).status_code == 200


def test_without_one_the_portal_gives_them_itself_and_the_doctor_says_so(
    desk: Desk, reader: Client, settings: Any
) -> None:
    article, _picture, paper = illustrated(desk)
    file = f"/cong/tin/{article.slug}/tep/{paper}/ke-hoach.pdf"
    assert f'href="{file}"' in said(reader.get(f"/cong/tin/{article.slug}")) and reader.get(file).status_code == 200
    assert files_host(Path()).mark == "ok"
    settings.TRAM_PUBLIC_URL = "https://laocai.example"
    assert files_host(Path()).mark == "warn" and "TRAM_FILES_URL" in files_host(Path()).mend
    settings.TRAM_FILES_URL = "https://laocai.example:8443"
    assert files_host(Path()).mark == "bad"
    KEPT.forget()
