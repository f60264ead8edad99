"""What is asked of the signing program and what it answers, as plain words that travel as JSON."""

import dataclasses
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Box:
    """Ô trên trang: `page` from 0 (-1 the last), sides in points from the lower left corner of the page."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Field:
    """Ô dành sẵn: a text to be filled later or a signature; `locks`: once signed, nothing may change any more.

    A signature without `box` shows nothing; `corner` (width and height in points) puts it at the top right of page one.
    """

    name: str
    box: Box | None = None
    corner: tuple[float, float] | None = None
    is_signature: bool = False
    locks: bool = False
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Fill:
    """Điền ô: the value of a reserved text and how it looks (`picture`: PDF of one page, as large as the field)."""

    name: str
    value: str
    picture: str


@dataclass(frozen=True, slots=True)
class KeyFile:
    """Khóa trong tệp: PKCS#12, encrypted."""

    path: str
    password: str


@dataclass(frozen=True, slots=True)
class Token:
    """Khóa trong thiết bị: PKCS#11 module, token and key by their labels; its certificate (DER, hex). The PIN stays in
    memory.
    """

    module: str
    token: str
    key: str
    pin: str
    certificate: str
    settings: dict[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outside:
    """Khóa ở dịch vụ ký từ xa: only the certificate (DER, hex) is here; digests go out, signatures come in."""

    certificate: str


@dataclass(frozen=True, slots=True)
class Moments:
    """Dấu thời gian và tình trạng thu hồi: an address of RFC 3161, or the test authority's own.

    `lists`: revocation lists (DER, hex) known already; `fetches`: others may be fetched from the authorities that
    the signer's certificate names.
    """

    address: str = ""
    certificate: str = ""
    key: str = ""
    lists: list[str] = dataclasses.field(default_factory=list)
    fetches: bool = False


@dataclass(frozen=True, slots=True)
class Seal:
    """Lệnh ký: sign `source` into `target` in the field, after filling what is filled.

    `certifies`: the first signature, after which only reserved fields may be filled. `at` is the hour of the act;
    `picture`: PNG or PDF that shows in the field. `trusted`: certificates of authorities (PEM), without which nothing
    is signed. `fields` are reserved in the same breath. `lasts`: B-LTA when true, B-LT else.
    """

    source: str
    target: str
    field: str
    at: datetime
    moments: Moments
    trusted: list[str]
    picture: str = ""
    certifies: bool = False
    fields: list[Field] = dataclasses.field(default_factory=list)
    fills: list[Fill] = dataclasses.field(default_factory=list)
    reason: str = ""
    lasts: bool = True


def plain(order: Any) -> dict[str, Any]:
    """An order as JSON values; a key also tells its kind."""
    told: dict[str, Any] = asdict(order)
    words = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in told.items()}
    return {**words, "kind": type(order).__name__} if isinstance(order, KeyFile | Token | Outside) else words
