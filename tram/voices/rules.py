"""Rules of questions: the code by which one is found again, what may stand in one, what personal data is pointed out."""

import hmac
import re
from base64 import b32encode
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID

import yaml

from tram.vietnamese.calendar import CATALOGUE
from tram.vietnamese.text import fold, folded_words

LONGEST_REASON = 500
CODE_LETTERS = 16
LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|info|xyz|top|vip|club|online|site|win|bet)\b\S*",
    re.IGNORECASE,
)
PHONE = re.compile(r"(?<![\d.])(?:\+84|0)(?:[ .-]?\d){8,10}(?!\d)")
ID_NUMBER = re.compile(r"(?<!\d)0\d{11}(?!\d)")
E_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PERSONAL = (ID_NUMBER, PHONE, E_MAIL)


@cache
def settled() -> dict[str, Any]:
    """How the province takes questions (catalogue/voices.yaml)."""
    with (CATALOGUE / "voices.yaml").open(encoding="utf-8") as stream:
        told: dict[str, Any] = yaml.safe_load(stream)
    return told


def longest(field: str) -> int:
    """How many letters a field holds."""
    return int(settled()["longest"][field])


def code_of(secret: str, key: UUID) -> str:
    """The code of what was sent with a form's key: sixteen letters and digits, the same for the same key. Nobody finds it
    without the installation's secret, and it is kept nowhere.
    """
    made = hmac.digest(secret.encode(), b"voices" + key.bytes, "sha256")
    return b32encode(made)[:CODE_LETTERS].decode()


def in_fours(code: str) -> str:
    """A code as people read it out: "ABCD-EFGH-2345-67AB"."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def code_typed(text: str) -> str:
    """A code as somebody typed it; "" for what cannot be one. The digits that no code has are read as the letters they look like."""
    found = re.sub(r"[\s.-]", "", text).upper().replace("0", "O").replace("1", "I").replace("8", "B")
    return found if re.fullmatch(rf"[A-Z2-7]{{{CODE_LETTERS}}}", found, re.ASCII) else ""


def mark_of(code: str) -> str:
    """What is kept of a code."""
    return sha256(code.encode()).hexdigest()


def links_in(text: str) -> int:
    """How many addresses of web pages stand in a text."""
    return len(LINK.findall(text))


def personal_in(text: str) -> list[str]:
    """Numbers of identity cards and telephones and addresses of mail that stand in a text, each once."""
    return list(dict.fromkeys(found.strip() for one in PERSONAL for found in one.findall(text)))


def holds(text: str, contact: str) -> bool:
    """Whether a text gives away a way to reach somebody, however it is spaced."""
    if not contact:
        return False
    if "@" in contact:
        return fold(contact) in fold(text)
    digits = re.sub(r"\D", "", contact)[-9:]
    return bool(digits) and digits in re.sub(r"\D", "", text)


def digest_of(*parts: str) -> str:
    """The hash of what was agreed to: a record holds it in place of the words."""
    return sha256("\x1f".join(parts).encode()).hexdigest()


def slug_of(title: str, key: int, otherwise: str = "cau-hoi") -> str:
    """The address of a question or a draft on the portal: its words and its number."""
    words = [word for word in folded_words(title) if word.isascii()]
    return f"{'-'.join(words)[:120].strip('-') or otherwise}-{key}"
