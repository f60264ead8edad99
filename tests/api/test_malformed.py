"""Malformed bodies: always our own words, never a failure of ours, nothing of our insides."""

import json
import random
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django.test import Client

from tests.api.conftest import Programs
from tests.api.program import operations
from tests.api.test_rights import filled, ours
from tests.cast import Cast
from tram.documents.models import Incoming

ODD: list[Any] = [
    None, True, 0, -1, 2**31, 2**63, 10**40, 1.5, float("nan"), float("inf"), "", " ", "\x00", "\ud800", "a" * 30_000,
    "\u202e\u0301", "2026-02-31", "9999-12-31", "0001-01-01", "25:61", "'; DROP TABLE x; --", "{{7*7}}", "<script>",
    [], [[]], [None], {}, {"unit": []}, {"unit": 2**70}, [{"post": 1}] * 300, {"a": {"b": {"c": 1}}},
]  # fmt: skip
RAW = [
    b"", b"{", b"null", b"[]", b"1", b'"x"', b"\xff\xfe", b"{" * 20_000, b"[" * 100_000, b'{"a":1,"a":2}', b"\x00",
    b'{"slip": ' + b"9" * 6000 + b"}", "{“a”: 1}".encode(), b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1",
]  # fmt: skip
INSIDES = ("Traceback", "pydantic", "tram.", "Exception", "psycopg", "django", "loc", "không hợp lệ", "vui lòng")


def schemas_of(described: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    """The fields of an operation's body, as described."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
    return dict(described["components"]["schemas"].get(name, {}).get("properties", {}))


def bodies(luck: random.Random, fields: dict[str, Any]) -> Iterator[bytes]:
    """Odd bodies without end: odd values in known fields, unknown fields, no JSON at all."""
    while True:
        if luck.random() < 0.2:
            yield luck.choice(RAW)
            continue
        body = {name: luck.choice(ODD) for name in fields if luck.random() < 0.8}
        if luck.random() < 0.2:
            body["la_lam"] = luck.choice(ODD)
        yield json.dumps(body).encode()


def test_five_hundred_malformed_bodies_never_break_us(client: Client, cast: Cast, program: Programs) -> None:
    luck, things = random.Random(2026), ours(program, cast)
    described = client.get("/api/openapi.json").json()
    posts = [
        (path, schemas_of(described, said)) for (method, path), said in operations(client).items() if method == "POST"
    ]
    people, sent = ["hoa", "son", "dung", "lan"], 0
    streams = [(path, bodies(luck, fields)) for path, fields in posts]
    while sent < 500:
        for path, stream in streams:
            who = program(luck.choice(people))
            media = luck.choice(["application/json"] * 6 + ["multipart/form-data; boundary=x", "text/plain", ""])
            answer = who.client.post(
                filled(path, things), next(stream), content_type=media,
                headers={"Authorization": f"Bearer {who.secret}", "Idempotency-Key": str(uuid4())},
            )  # fmt: skip
            sent += 1
            assert answer.status_code in (200, 403, 404, 409, 422), (path, answer.status_code)
            if answer.status_code != 200:
                told = answer.json()
                assert set(told) == {"detail", "errors"} and told["detail"], (path, told)
                assert not [word for word in INSIDES if word in told["detail"]], (path, told)


def test_odd_addresses_never_break_us(client: Client, cast: Cast, program: Programs) -> None:
    lan = program("lan")
    odd = ("0", "-1", "1.5", "abc", "9" * 30, "%00", "%F0%9F%98%80", "%ED%A0%80", "9" * 5000)
    for method, path in operations(client):
        for word in odd:
            asked = (
                path.partition("{")[0] + word if "{" in path else f"{path}?after={word}&limit={word}&q={word}&on={word}"
            )
            headers = {"Authorization": f"Bearer {lan.secret}", "Idempotency-Key": str(uuid4())}
            answer = lan.client.generic(method, asked, headers=headers)
            assert answer.status_code < 500, (method, asked, answer.content)


def test_each_field_is_told_by_its_own_name(program: Programs, cast: Cast) -> None:
    told = {"slip": {"issued_date": "31/02/2026", "urgency": 9, "subject": "a" * 1001, "la": 1}, "present_to": "x"}
    errors = program("hoa").send("/api/documents", told, 422)["errors"]
    assert errors == {
        "slip.issued_date": "“slip.issued_date” là một ngày dạng 2026-03-05.",
        "slip.urgency": "“slip.urgency” nhiều nhất là 3.",
        "slip.subject": "“slip.subject” dài nhất 1000 ký tự.",
        "slip.la": "Không có trường “slip.la”. Xem các trường ở /api/openapi.json.",
        "present_to": "“present_to” là một số nguyên.",
    }
    assert program("hoa").send("/api/documents", ..., 422)["errors"]
    assert not Incoming.objects.exists()


def test_text_arrives_tidy_and_composed(program: Programs, cast: Cast) -> None:
    told = {"organ_name": " Sở  Tài chính\x00 ", "subject": "Mời họp\ud800"}
    card = program("hoa").send("/api/documents", {"slip": told})
    assert (card["values"]["organ_name"], card["values"]["subject"]) == ("Sở Tài chính", "Mời họp")
