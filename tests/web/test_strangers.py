"""What somebody who is not signed in may send: no more than a paper to be proved, and nothing longer is read."""

import json

import pytest
from django.test import Client

from tests.cast import Cast
from tram.web import middleware

LONG = {"CONTENT_LENGTH": str(10**9), "content_type": "multipart/form-data; boundary=x"}


@pytest.mark.parametrize("path", ["/dang-nhap", "/xac-minh", "/khong-co-trang-nay", "/api/documents"])
def test_a_long_body_of_a_stranger_is_refused_unread(db: None, path: str) -> None:
    answer = Client().generic("POST", path, b"--x", **LONG)
    said = json.loads(answer.content)["detail"] if path.startswith("/api/") else answer.content.decode()
    assert answer.status_code == 413 and "lớn hơn 20 MB" in said
    assert Client().generic("POST", path, b"", CONTENT_LENGTH="-1").status_code == 413


def test_a_cookie_of_nobody_makes_no_difference_and_a_person_goes_on(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(middleware, "MOST_FROM_STRANGERS", 100)
    client = Client()
    client.cookies["phien"] = "x" * 32
    body = {"name": "x" * 200}
    assert client.post("/dang-nhap", body).status_code == 413
    assert cast.signed_in(Client(), "lan").post("/toi", body).status_code not in (413, 500)
