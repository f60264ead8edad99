"""Real letters, which stay outside the project: what a careful reader found in them must be found."""

import json
from pathlib import Path

import pytest

from tests.reading.corpus import KEYS, LISTS
from tram.reading.queries import read_letter


def test_the_letters_with_known_answers_are_read_right(real: Path) -> None:
    right = wanted = 0
    invented: list[str] = []
    for answers in sorted((real / "truth").glob("L-*.json")):
        truth = json.loads(answers.read_text("utf-8"))
        read = read_letter(real / truth["text"]).as_json()
        for key in KEYS:
            if truth[key] in (None, []):
                invented += [f"{answers.stem} {key}"] if read[key] else []
                continue
            wanted += 1
            right += read[key] == truth[key]
    assert not invented
    assert wanted > 30 and right / wanted >= 0.95


READ_BY_HAND: dict[str, dict[str, object]] = {
    "013": {
        "number": "115",
        "symbol": "2004/QĐ-TTg",
        "kind": "quyết định",
        "issuer": "Thủ tướng Chính phủ",
        "date": "2004-06-25",
    },
    "016": {"kind": "báo cáo"},
    "022": {
        "symbol": "CVL-QLLĐ",
        "kind": "công văn",
        "issuer": "Cục Việc làm",
        "parent": "Bộ Lao động - Thương binh và Xã hội",
        "place": "Hà Nội",
        "date": "2019-01-28",
        "subject": "V/v cấp giấy phép lao động cho lao động nước ngoài làm việc tại Việt Nam",
    },
    "025": {
        "symbol": "BHXH",
        "kind": "công văn",
        "issuer": "Bảo hiểm xã hội Yên Mỹ",
        "parent": "Bảo hiểm xã hội Hưng Yên",
        "place": "Yên Mỹ",
        "date": "2016-10",
        "addressed_to": ["Công Ty TNHH Musashi Auto Parts Việt Nam"],
        "recipients": ["Như kính gửi", "Lưu VT."],
    },
    "027": {
        "number": "470",
        "symbol": "TCT-TTKT",
        "kind": "công văn",
        "issuer": "Tổng cục Thuế",
        "parent": "Bộ Tài chính",
        "place": "Hà Nội",
        "date": "2020-05-05",
        "addressed_to": ["Cục Thuế các tỉnh, thành phố trực thuộc Trung ương"],
    },
}
FREE = {
    "013": {"subject"},
    "016": {"subject"},
    "022": {"recipients"},
    "025": {"subject"},
    "027": {"subject", "signer_name", "signer_title", "recipients"},
}
"""Fields that are there but too damaged, or too long, to write down as one right reading."""


@pytest.mark.parametrize("number", READ_BY_HAND)
def test_letters_read_by_hand_give_the_same_and_nothing_more(real: Path, number: str) -> None:
    found = read_letter(real / "letters" / f"{number}.txt")
    read = found.as_json()
    empty: dict[str, object] = {key: [] if key in LISTS else None for key in KEYS}
    seen = {key: read[key] for key in KEYS if key not in FREE[number]}
    assert seen == {key: (empty | READ_BY_HAND[number])[key] for key in seen}
    assert all(read[key] for key in FREE[number])


def test_news_items_give_no_letter(real: Path) -> None:
    for item in (real / "articles").glob("*.txt"):
        read = read_letter(item).as_json()
        assert not any(read[key] for key in ("number", "symbol", "issuer", "date", "signer_name", "recipients")), (
            item.name
        )
