"""A request that claims other letters than UTF-8, or a codec that is none, as the web server hands it over."""

import io
from collections.abc import Iterator
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from tests.cast import Cast
from tram.site.wsgi import application

CODECS = ("hex", "rot13", "undefined", "punycode", "unicode_escape", "utf-7", "utf-16", "khong-co")
FIELDS = "&".join(f"a{number}=1" for number in range(3000))
PART = b"--x\r\nContent-Disposition: form-data; name*=hex''%41\r\n\r\n1\r\n--x--\r\n"


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """The test's own stays open between requests, as the test client has it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def status(path: str, kind: str, query: str = "", *, method: str = "GET", body: bytes = b"") -> int:
    """What the installation itself answers: the test client makes its requests another way."""
    told: list[str] = []
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body), "HTTP_SEC_FETCH_SITE": "same-origin",
    }  # fmt: skip
    setup_testing_defaults(environ)
    answer = application(environ, lambda line, headers: told.append(line))
    answer.close()
    return int(told[0].split()[0])


@pytest.mark.parametrize("codec", CODECS)
def test_an_address_line_is_read_as_utf8(cast: Cast, codec: str) -> None:
    kind = f"text/html; charset={codec}"
    assert status("/cong", kind, "sau=1_1&q=%5Cud800") == 200
    assert status("/cong/tim", kind, "q=%5Cud800abc%5Cx00&tiep=%5Cud800") == 200
    assert status("/dang-nhap", kind, FIELDS) in (200, 404)


def test_a_form_in_other_letters_is_refused(cast: Cast) -> None:
    form = "application/x-www-form-urlencoded"
    sent = {"method": "POST", "body": b"trang=news.article%2F1&diem=5"}
    assert status("/danh-gia", form, **sent) == status("/danh-gia", f"{form}; charset=UTF-8", **sent) == 404
    for codec in CODECS:
        assert status("/danh-gia", f"{form}; charset={codec}", **sent) == 404
        assert status("/danh-gia", f"multipart/form-data; boundary=x; charset={codec}", method="POST", body=PART) == 404
    assert status("/danh-gia", "multipart/form-data; boundary=x", method="POST", body=PART) in (404, 422)
    assert status("/cong", "text/html; x*=hex''%41") == 200
