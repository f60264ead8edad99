"""What broken programs and curious people send: requests of the table with parts gone, doubled, huge or strange."""

import json
from collections.abc import Callable
from random import Random
from typing import Any
from urllib.parse import quote_plus

Pairs = list[tuple[str, str]]
STRANGE = [
    "", " ", "\x00", "a\x00b", "\ud800", "\udfff\ud800", "\u202egnp.exe", "😀" * 300, "-1", "0", "99999999999999999999",
    "1e309", "NaN", "٣", "½", "²", "31/02/2026", "29/2/2027", "00/00/0000", "9999-99-99", "0001-01-01", "h-99999999", "true",
    "[]", "{}", "null", "' OR 1=1 --", "{{ 7*7 }}", "<script>alert(1)</script>", "%s%n%x", "../../etc/passwd",
    "\r\nSet-Cookie: a=b", "x" * 70_000, "ế" * 5_000, "\u0301" * 50, "1970-01-01T00:00:00Z", "1" * 5_000,
]  # fmt: skip
HUGE = "ă" * 500_000


def strange(random: Random) -> str:
    """One strange value."""
    return random.choice(STRANGE)


def _without(random: Random, pairs: Pairs) -> Pairs:
    return [pair for pair in pairs if random.random() < 0.5]


def _doubled(random: Random, pairs: Pairs) -> Pairs:
    return pairs * random.randint(2, 40)


def _strange(random: Random, pairs: Pairs) -> Pairs:
    return [(name, strange(random) if random.random() < 0.6 else value) for name, value in pairs]


def _nested(random: Random, pairs: Pairs) -> Pairs:
    return [(f"{name}[{random.randint(0, 9)}][__class__]", value) for name, value in pairs] + pairs[:1]


def _unknown(random: Random, pairs: Pairs) -> Pairs:
    return [*pairs, *((strange(random)[:50], strange(random)) for _ in range(20))]


def _huge(random: Random, pairs: Pairs) -> Pairs:
    return [(name, HUGE if place == 0 else value) for place, (name, value) in enumerate(pairs)] or [("a", HUGE)]


def _many(random: Random, pairs: Pairs) -> Pairs:
    return [*pairs, *((f"a{number}", "1") for number in range(2_500))]


WAYS: list[Callable[[Random, Pairs], Pairs]] = [
    _without, _doubled, _strange, _strange, _strange, _strange, _nested, _unknown, _huge, _many,
]  # fmt: skip


def form(random: Random, body: dict[str, Any]) -> tuple[bytes, str]:
    """A form sent wrong, byte for byte, with its content type."""
    pairs = [
        (name, str(one)) for name, value in body.items() for one in (value if isinstance(value, list) else [value])
    ]
    pairs = random.choice(WAYS)(random, pairs or [("a", "b")])
    raw = "&".join(f"{quote_plus(n, errors='surrogatepass')}={quote_plus(v, errors='surrogatepass')}" for n, v in pairs)
    content = raw.encode()
    kind = "application/x-www-form-urlencoded"
    match random.randint(0, 19):
        case 0:
            return content[: len(content) // 2] + b"%", kind
        case 1:
            return content, "multipart/form-data; boundary=khong-co"
        case 2:
            return b"\xff\xfe\x00" + content, kind + "; charset=utf-7"
        case 3:
            return json.dumps(dict(pairs)).encode(), "application/json"
    return content, kind
