"""A few thousand cards about letters, with words that differ only in their marks."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from tram.kernel.actors import Actor, Grant, Hat
from tram.kernel.clock import LOCAL
from tram.search.commands import put_many
from tram.search.sockets import CardInput, Kind, sources

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=LOCAL)
DAY = NOW.date()
TEXT = (
    "báo cáo tài chính kế hoạch hiệu quả trạm thu phát sóng hòa thúy án an ấn bưu điện văn hóa xã kiểm tra "
    "internet đại lý gia hạn giấy phép chỉ đạo hội nghị tổng kết bao chinh tai stttt lành mạnh phối hợp triển khai"
)
WORDS = TEXT.split()
SENDERS = ["Sở Tài chính", "Sở Y tế", "UBND xã Tả Phìn", "Bưu điện tỉnh", "Tài sở Chính"]
READERS = ["clerk.1", "unit.2", "post.3", "agency.1", "agency.9", "public"]


class Nowhere:
    """A source whose things are the cards given to it."""

    def __init__(self) -> None:
        self.things: list[CardInput] = []

    def cards(self, since_pk: int, limit: int) -> list[CardInput]:
        return [card for card in self.things if card.key > since_pk][:limit]


NOWHERE = Nowhere()


@pytest.fixture(autouse=True)
def kinds() -> None:
    if "tests.letter" not in sources:
        sources.plug("tests.letter", Kind("thu", "Thư thử", "inbox", NOWHERE))
        sources.plug("tests.task", Kind("viecthu", "Việc thử", "check", Nowhere()))
    NOWHERE.things = []


def somebody(*, unit: int = 2, agency: int = 1, post: int = 3, role: str = "clerk", over: int = 1) -> Actor:
    since = date(2000, 1, 1)
    hat = Hat(post, "", unit, "", agency, "", (Grant(role, over, since),), since)
    return Actor(account=1, name="Hoa", hats=(hat,), acting=hat)


def letter(key: int, title: str, **fields: object) -> CardInput:
    given: dict[str, object] = {
        "kind": "tests.letter", "key": key, "at": NOW - timedelta(hours=key), "title": title, "url": f"/thu/{key}",
        "readers": ("agency.1",),
    }  # fmt: skip
    return CardInput(**(given | fields))  # type: ignore[arg-type]


def many(count: int, seed: int = 2026) -> Iterator[CardInput]:
    """Letters over ten years, most of them of the last weeks, several at the very same moment."""
    dice = random.Random(seed)
    for key in range(1, count + 1):
        age = timedelta(days=int(3650 * dice.random() ** 3), minutes=dice.randrange(3))
        yield letter(
            key, " ".join(dice.choices(WORDS, k=dice.randint(2, 9))), at=NOW - age,
            line=" ".join(dice.choices(WORDS, k=dice.randint(0, 6))), body=" ".join(dice.choices(WORDS, k=4)),
            number=f"{dice.randint(1, 40)}/{dice.choice(['QĐ-UBND', 'STTTT-BCVT', 'UBND', 'BC-STC'])}",
            sender=dice.choice(SENDERS), readers=tuple(dice.sample(READERS, k=dice.randint(0, 2))),
            kind=dice.choice(["tests.letter", "tests.task"]),
            due_on=dice.choice([None, None, DAY - timedelta(days=dice.randrange(9)), DAY + timedelta(days=3)]),
        )  # fmt: skip


def plant(cards: list[CardInput]) -> None:
    put_many(actor=Actor.system(), at=NOW, cards=cards)
