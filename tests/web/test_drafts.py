"""A draft keeps what was typed, and is told in a sentence what no table can hold."""

import pytest
from django.test import Client

from tests.cast import Cast

ODD = ['{"a": "\\u0000"}', '{"a": "\\ud800"}', '{"a": NaN}', '{"a": 1e999}', "[" * 5000, "[]", "chữ", ""]


@pytest.mark.parametrize("content", ODD)
def test_what_cannot_be_kept_is_told(cast: Cast, client: Client, content: str) -> None:
    answer = cast.signed_in(client, "hoa").post("/ban-nhap", {"name": "phiếu", "content": content})
    assert answer.status_code == 422 and "không đọc được" in answer.content.decode()


def test_what_was_typed_comes_back(cast: Cast, client: Client) -> None:
    cast.signed_in(client, "hoa").post("/ban-nhap", {"name": "phi\x00ếu", "content": '{"a": "Ánh 😀"}'})
    assert client.get("/ban-nhap?name=phiếu").json()["content"] == {"a": "Ánh 😀"}
