"""Five hundred broken forms: never a fall, never a word of the inside; and what was typed comes back."""

import uuid
from html import unescape
from random import Random
from typing import Any

import pytest

from tests.hostile.malformed import STRANGE, form
from tests.rights.engine import ask, undone
from tests.rights.judging import placed
from tests.rights.scene import Scene
from tests.rights.table import Row, rows

INSIDE = ("Traceback", "psycopg", "django.", "Exception", "DataError")
TYPED = "chữ đã gõ “ở đây” <b>&amp;"
ASKED = (
    "q", "sau", "truoc", "tiep", "muc", "the", "lan", "van-ban", "phan", "value", "name", "don-vi", "nguoi", "loai", "tu",
    "den", "nam", "rong", "next", "xong", "ngay", "viec", "after",
)  # fmt: skip
"""Names that addresses carry."""
FORMS: list[tuple[str, str, dict[str, Any], set[str]]] = [
    # person, path, what is typed (one thing in it is wrong), the fields whose words must come back
    ("hoa", "/van-ban-den/ban-van-thu/vao-so", {"issued_date": "31/02/2026"}, {"organ_name", "subject", "file_code"}),
    ("hoa", "/van-ban-den/{waiting}/vao-so", {"issued_date": "31/02/2026"}, {"organ_name", "subject", "signer_position"}),
    ("hoa", "/van-ban-den/{letter}/chua-so", {"issued_date": "31/02/2026"}, {"organ_name", "subject", "reason"}),
    ("son", "/van-ban-den/{presented}/chi-dao", {"lead": "unit.0"}, {"note"}),
    ("lan", "/viec/{task}/tien-do", {"percent": "nhiều"}, {"text"}),
    ("lan", "/viec/{task}/gia-han", {"wanted_on": "31/02/2026"}, {"reason"}),
    ("dung", "/viec/{task}/doi-han", {"due_on": "31/02/2026"}, {"reason"}),
    ("dung", "/viec/{inbox}/phan", {"to": "ai đó"}, {"word"}),
    ("son", "/viec/giao", {"to": "p0"}, {"title", "product", "note"}),
    ("quan", "/quan-tri/tai-khoan/mo", {"login": "có dấu"}, {"name"}),
    ("quan", "/quan-tri/tai-khoan/{account}", {"email": "không phải thư"}, {"name"}),
    ("quan", "/to-chuc/{unit}/doi-ten", {"since": "31/02/2026"}, {"name", "abbr", "decision"}),
    ("quan", "/to-chuc/{unit}/vi-tri-moi", {"rank": "cao"}, {"title"}),
    ("quan", "/to-chuc/vi-tri/{post}/giao-quyen", {"since": "31/02/2026"}, {"cause"}),
    ("lan", "/to-chuc/vang-mat", {"since": "31/02/2026"}, {"reason"}),
    ("son", "/to-chuc/uy-quyen", {"since": "31/02/2026"}, {"document"}),
    ("hoa", "/so/incoming/2026/huy", {"number": "số bảy"}, {"reason"}),
    ("lan", "/toi/the", {"days": "mãi mãi"}, {"name"}),
]  # fmt: skip


def insiders(row: Row) -> list[str]:
    """Who may do what the row asks."""
    return [person for person, word in row.expected.items() if word == "yes" and person != "anonymous"]


def test_five_hundred_broken_posts_make_nothing_fall(scene: Scene) -> None:
    random, wrong = Random(2026), []
    doors = [row for row in rows() if row.method == "POST" and row.about in ("self", "ours") and insiders(row)]
    for number in range(500):
        row = doors[number % len(doors)]
        client = scene.client(random.choice(insiders(row)))
        cookies, (content, kind) = client.cookies.copy(), form(random, placed(scene, row))
        with undone():
            headers = {"Idempotency-Key": str(uuid.uuid4())}
            answer = client.generic("POST", scene.place(row.path, row.about), content, kind, headers=headers)
            text = answer.content.decode("utf-8", "replace")
        client.cookies = cookies
        if answer.status_code >= 500 or any(word in text for word in INSIDE):
            wrong.append(f"{number} {row.name}: {answer.status_code}, {kind}, {content[:300]!r}")
    assert not wrong, f"{len(wrong)}\n" + "\n".join(wrong)


def test_strange_addresses_make_nothing_fall(scene: Scene) -> None:
    random, wrong = Random(2026), []
    for row in rows():
        if row.method != "GET" or row.about not in ("self", "ours") or not insiders(row):
            continue
        for _ in range(3):
            query = {
                name: random.choice(STRANGE)[:2_000].encode("utf-8", "ignore").decode()
                for name in random.sample(ASKED, 8)
            }
            client = scene.client(random.choice(insiders(row)))
            with undone():
                answer = client.get(scene.place(row.path, row.about).partition("?")[0], query)
            if answer.status_code >= 500:
                wrong.append(f"{row.name}: {answer.status_code} {query!r}"[:900])
    assert not wrong, f"{len(wrong)}\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    ("person", "path", "broken", "kept"), FORMS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_was_typed_comes_back(
    scene: Scene, person: str, path: str, broken: dict[str, Any], kept: set[str]
) -> None:
    typed = {name: f"{TYPED} {name}" for name in kept}
    answer = ask(scene, person, "POST", scene.place(path, "ours"), {**typed, **broken}, referer="http://testserver/")
    page = answer.body.decode()
    assert answer.status == 422
    assert not [words for words in typed.values() if words not in unescape(page)], page
    assert TYPED not in page, "typed words became HTML"
