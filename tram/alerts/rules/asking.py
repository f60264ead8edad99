"""Rules of asking for mail: what an address is, how it is kept, the secrets by which its owner is known."""

import hmac
import re
import unicodedata
from base64 import urlsafe_b64encode
from functools import cache
from hashlib import sha256
from typing import Any

import yaml
from cryptography.fernet import Fernet

from tram.vietnamese.calendar import CATALOGUE

LONGEST, LONGEST_LOCAL = 254, 64
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
LOCAL = re.compile(rf"{ATOM}(?:\.{ATOM})*")
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
TOKEN_BYTES, SEED_BYTES = 24, 16
TOPIC = re.compile(r"([a-z_/]{1,40})@(0|[1-9][0-9]{0,17})", re.ASCII)
EVERYWHERE = 0
"""In place of an agency: whichever of the province."""


@cache
def settled() -> dict[str, Any]:
    """How the province sends mail to readers (catalogue/alerts.yaml)."""
    with (CATALOGUE / "alerts.yaml").open(encoding="utf-8") as stream:
        told: dict[str, Any] = yaml.safe_load(stream)
    return told


def address_of(typed: str) -> str:
    """An address as mail is sent to it; "" for what is none.

    Before the @ only what every mail server takes: letters, digits and signs of ASCII, no quotes, no comments. Behind it a name with a
    dot; one with other letters becomes what the wire knows it by. A line end, a second address, a space are no part of one.
    """
    local, _, host = unicodedata.normalize("NFC", typed[: 2 * LONGEST]).strip().rpartition("@")
    try:
        domain = host.encode("idna").decode().lower()
    except UnicodeError:
        return ""
    fits = len(local) <= LONGEST_LOCAL and LOCAL.fullmatch(local) and DOMAIN.fullmatch(domain)
    address = f"{local}@{domain}"
    return address if fits and len(address) <= LONGEST else ""


def box_of(address: str) -> str:
    """The mailbox behind an address, as far as it can be guessed: "a.b+tin@x.vn" and "ab@x.vn" count as one, so that nobody
    fills it by many names."""
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0].replace('.', '')}@{domain}"


def mark_of(secret: str, what: str, text: str) -> bytes:
    """What stands for an address where it need not be read: nobody makes it without the installation's secret."""
    return hmac.digest(secret.encode(), f"alerts.{what}:{text.lower()}".encode(), "sha256")


def sealed(address: str, secret: str) -> bytes:
    """An address as it is kept."""
    return _fernet(secret).encrypt(address.encode())


def opened(kept: bytes | memoryview, secret: str) -> str:
    """The address that was sealed; raises cryptography.fernet.InvalidToken where the installation's secret is another now."""
    return _fernet(secret).decrypt(bytes(kept)).decode()


@cache
def _fernet(secret: str) -> Fernet:
    return Fernet(urlsafe_b64encode(hmac.digest(secret.encode(), b"alerts.address", "sha256")))


def token_of(secret: str, purpose: str, seed: bytes | memoryview) -> str:
    """The secret part of a link: 192 bits that are kept nowhere; of them `hash_of` is."""
    made = hmac.digest(secret.encode(), f"alerts.{purpose}:".encode() + bytes(seed), "sha256")
    return urlsafe_b64encode(made[:TOKEN_BYTES]).decode()


def hash_of(token: str) -> bytes:
    """What is kept of a link's secret part."""
    return sha256(token.encode("utf-8", "replace")).digest()


def topic_word(code: str, agency: int) -> str:
    """A topic of one agency, or of whichever, as it is kept: "news/press@0"."""
    return f"{code}@{agency}"


def topic_of(word: str) -> tuple[str, int] | None:
    """Its two parts; None for anything else."""
    found = TOPIC.fullmatch(word)
    return (found[1], int(found[2])) if found else None
