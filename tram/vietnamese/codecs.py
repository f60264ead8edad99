"""The legacy codings of Vietnamese: TCVN3 (ABC), VISCII, VNI for Windows, VIQR, cp1258, and UTF-8 misread.

Importing this module registers "tcvn3" and "viscii" with Python: `data.decode("tcvn3")`. Legacy text mostly arrives
not as bytes but as text that somebody read as Latin-1 or cp1252 ("Céng hßa"); `decode_text` reads that form.
Tables: TCVN 5712:1993, RFC 1456, the glyph order of the VNI fonts.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING

from tram.vietnamese.syllables import MARK_OF
from tram.vietnamese.text import nfc

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

TCVN3_HIGH = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
    "\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò"
    "ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
"""Bytes 80..FF. The ABC fonts have only the small letters and Ă Â Ê Ô Ơ Ư Đ; other capitals came from .VnTimeH."""
VISCII_HIGH = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
    "ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
VISCII_LOW = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}

ASCII = "".join(map(chr, range(128)))
TABLES = {
    "tcvn3": ASCII + TCVN3_HIGH,
    "viscii": "".join(VISCII_LOW.get(code, chr(code)) for code in range(128)) + VISCII_HIGH,
}
CODES = {name: {char: code for code, char in enumerate(table)} for name, table in TABLES.items()}
FROM_CP1252 = {bytes([code]).decode("cp1252", "ignore"): code for code in range(0x80, 0xA0)}
PUNCTUATION_OF_TCVN3 = frozenset([*range(0x80, 0xA1), *range(0xB0, 0xB5)])
"""In the ABC fonts these codes showed quotes, dashes, ° ± ² ³ ´, so in text they stay what they are."""

TONES_OF_VIQR = {"`": 1, "?": 2, "~": 3, "'": 4, ".": 5}
HATS_OF_VIQR = {"^": "aâeêoô", "(": "aă", "+": "oơuư"}
VIQR_LETTER = re.compile(r"\\(.)|([Dd][Dd])|([AaEeIiOoUuYy])([\^(+]?)([`?~'.]?)")


def decode_text(text: str, encoding: str, *, capitals: bool = False) -> str:
    """Read legacy text that was taken for Latin-1 or cp1252; what the coding does not know stays as it is.

    capitals: the text was set in a capitals font (.VnTimeH), so every letter is a capital.
    Raises LookupError for an unknown coding, UnicodeError where 'mojibake' is no UTF-8.
    """
    if encoding not in READERS:
        raise LookupError(f"Không có bảng mã {encoding}. Các bảng mã đọc được: {', '.join(READERS)}.")
    read = nfc(READERS[encoding](text))
    return read.upper() if capitals else read


def encode_text(text: str, encoding: str) -> str:
    """The way in which legacy text shows when it is taken for Latin-1, the inverse of `decode_text`.

    TCVN3 has no codes for capitals such as 'Ấ': they fall to the small letter, as in the capitals fonts.
    """
    return WRITERS[encoding](nfc(text))


def decode_bytes(data: bytes, encoding: str) -> str:
    """The text of legacy bytes, in NFC."""
    if encoding in ("tcvn3", "viscii", "cp1258"):
        return nfc(data.decode(encoding, "replace"))
    return decode_text(data.decode("latin-1"), encoding)


def as_bytes(text: str) -> bytes:
    """The bytes behind a text read as Latin-1 or cp1252. Raises UnicodeEncodeError when a character is of neither."""
    return "".join(chr(FROM_CP1252.get(char, ord(char))) for char in text).encode("latin-1")


def _by_table(name: str, kept: frozenset[int]) -> Callable[[str], str]:
    table = {code: char for code, char in enumerate(TABLES[name]) if code not in kept}
    if not kept:
        table |= {ord(char): table[code] for char, code in FROM_CP1252.items() if char}
    return lambda text: text.translate(table)


def _to_table(name: str) -> Callable[[str], str]:
    codes = CODES[name] | {" ": 32, "\u00a0": 0xA0 if name == "tcvn3" else 32}

    def write(text: str) -> str:
        if name == "tcvn3":
            fonts = "ĂÂÊÔƠƯĐ"
            text = "".join(char if char.isascii() or char in fonts else char.lower() for char in text)
        return "".join(chr(codes.get(char, ord(char))) for char in text)

    return write


def _vni_pairs() -> dict[str, str]:
    """Vietnamese letter -> its one or two characters in a VNI font, read as Latin-1."""
    plain, hat, breve = "øûõùï", "àåãáä", "èúüéë"
    rows = {vowel: (vowel, plain) for vowel in "aeouy"} | {"ơ": ("ô", plain), "ư": ("ö", plain)}
    rows |= {"â": ("a", hat), "ê": ("e", hat), "ô": ("o", hat), "ă": ("a", breve)}
    pairs = {"đ": "ñ", "ơ": "ô", "ư": "ö", "â": "aâ", "ê": "eâ", "ô": "oâ", "ă": "aê"}
    for letter, (base, marks) in rows.items():
        for tone, mark in enumerate(marks, start=1):
            pairs[unicodedata.normalize("NFC", letter + MARK_OF[tone])] = base + mark
    pairs |= dict(zip("ìỉĩíịỵ", "ìæóíòî", strict=True))
    return pairs | {letter.upper(): pair.upper() for letter, pair in pairs.items()}


VNI = _vni_pairs()
FROM_VNI = {pair: letter for letter, pair in VNI.items()}
FROM_VNI |= {pair[0] + pair[1].lower(): letter for pair, letter in list(FROM_VNI.items()) if len(pair) == 2}
VNI_LETTER = re.compile("|".join(sorted(map(re.escape, FROM_VNI), key=len, reverse=True)))


def _from_viqr(text: str) -> str:
    def letter(found: re.Match[str]) -> str:
        escaped, stroke, vowel, hat, tone = found.groups()
        if escaped:
            return str(escaped)
        if stroke:
            return "Đ" if stroke[0] == "D" else "đ"
        row = HATS_OF_VIQR.get(hat, "")
        at = row.find(vowel.lower())
        if hat and at < 0:
            return vowel + hat + tone
        marked = row[at + 1] if hat else vowel.lower()
        toned = unicodedata.normalize("NFC", marked + MARK_OF[TONES_OF_VIQR[tone]] if tone else marked)
        return toned.upper() if vowel.isupper() else toned

    return VIQR_LETTER.sub(letter, text)


def _to_viqr(text: str) -> str:
    hats = {row[i + 1]: row[i] + sign for sign, row in HATS_OF_VIQR.items() for i in range(0, len(row), 2)}
    signs = {MARK_OF[tone]: sign for sign, tone in TONES_OF_VIQR.items()}
    written = ""
    for char in text:
        tone = next((mark for mark in unicodedata.normalize("NFD", char) if mark in signs), "")
        bare = unicodedata.normalize("NFC", unicodedata.normalize("NFD", char).replace(tone, "")) if tone else char
        low = {"đ": "dd"}.get(bare.lower()) or hats.get(bare.lower()) or bare.lower()
        combines = char in "`?~'.^(+" and written[-1:].lower() in tuple("aeiouy^(+")
        escaped = "\\" if char == "\\" or combines or (char in "dD" and written[-1:] in ("d", "D")) else ""
        written += escaped + (low.upper() if bare.isupper() else low) + signs.get(tone, "")
    return written


def _from_mojibake(text: str) -> str:
    """UTF-8 read as Latin-1 or cp1252, once or twice over."""
    read = as_bytes(text).decode("utf-8")
    try:
        return as_bytes(read).decode("utf-8") if not read.isascii() else read
    except UnicodeError:
        return read


def _to_cp1258(text: str) -> str:
    return "".join(_cp1258(char) for char in text)


def _cp1258(char: str) -> str:
    try:
        return char.encode("cp1258").decode("latin-1")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in parts if mark in MARK_OF.values()), "")
        bare = unicodedata.normalize("NFC", parts.replace(tone, "")) if tone else char
        return (bare + tone).encode("cp1258", "replace").decode("latin-1")


READERS: dict[str, Callable[[str], str]] = {
    "tcvn3": _by_table("tcvn3", PUNCTUATION_OF_TCVN3),
    "vni": lambda text: VNI_LETTER.sub(lambda found: FROM_VNI[found[0]], text),
    "viscii": _by_table("viscii", frozenset()),
    "cp1258": lambda text: as_bytes(text).decode("cp1258", "replace"),
    "mojibake": _from_mojibake,
    "viqr": _from_viqr,
    "nfd": lambda text: text,
}
WRITERS: dict[str, Callable[[str], str]] = {
    "tcvn3": _to_table("tcvn3"),
    "vni": lambda text: "".join(VNI.get(char, char) for char in text),
    "viscii": _to_table("viscii"),
    "cp1258": _to_cp1258,
    "mojibake": lambda text: text.encode().decode("latin-1"),
    "viqr": _to_viqr,
    "nfd": lambda text: unicodedata.normalize("NFD", text),
}


def _codec(name: str) -> codecs.CodecInfo:
    table, codes = TABLES[name], CODES[name]
    numbers: dict[int, int] = {ord(char): code for char, code in codes.items()}

    def encode(text: str, errors: str = "strict") -> tuple[bytes, int]:
        apart = "".join(_codable(char, codes) for char in unicodedata.normalize("NFC", text))
        return codecs.charmap_encode(apart, errors, numbers)[0], len(text)

    def decode(data: "ReadableBuffer", errors: str = "strict") -> tuple[str, int]:
        text, length = codecs.charmap_decode(data, errors, table)
        return unicodedata.normalize("NFC", text), length

    return codecs.CodecInfo(encode, decode, name=name)


def _codable(char: str, codes: dict[str, int]) -> str:
    """A capital that the table lacks, as its letter and a loose tone mark, which TCVN 5712 allows."""
    if char in codes:
        return char
    parts = unicodedata.normalize("NFD", char)
    tone = next((mark for mark in parts if mark in MARK_OF.values()), "")
    return unicodedata.normalize("NFC", parts.replace(tone, "")) + tone if tone else char


codecs.register(lambda name: _codec(name) if name in TABLES else None)
