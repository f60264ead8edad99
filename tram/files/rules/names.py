"""Names: of uploaded files, and of the parts inside them. What a name tries to do is found here."""

import re
import unicodedata

from tram.files.rules.refusals import refusal
from tram.vietnamese.text import nfc

LONGEST = 255
BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
INVISIBLE = frozenset("\u00ad\u180e\u200b\u200c\u200d\u2060\ufeff")
UNWELCOME = frozenset('<>"|?*')
DEVICE = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])[ ]*(\..*)?")
DRIVE = re.compile(r"[A-Za-z]:[\\/]")


def trick_of(name: str) -> str | None:
    """The trick that a name plays, as the last word of an id ("parent", "device", "bidi"…), or None."""
    if "\0" in name:
        return "nul"
    if BIDI & set(name):
        return "bidi"
    if any(letter in "\r\n\v\f\x85\u2028\u2029" for letter in name):
        return "newline"
    if ".." in re.split(r"[\\/]", name):
        return "parent"
    if name.startswith(("/", "\\")) or DRIVE.match(name):
        return "absolute"
    if ":" in name:
        return "stream"
    if any(DEVICE.fullmatch(part) for part in re.split(r"[\\/]", name)):
        return "device"
    if any(len(part.encode("utf-8", "surrogatepass")) > LONGEST for part in re.split(r"[\\/]", name)):
        return "long"
    return None


def clean(name: str) -> str:
    """The name to keep: NFC, one space between words, invisible letters dropped. Raises FileRefused for tricks."""
    name = nfc("".join(letter for letter in name if letter not in INVISIBLE)).strip(" ")
    if not name.strip(" ."):
        raise refusal("name_missing" if name != ".." else "name_parent")
    trick = trick_of(name)
    if trick is not None:
        raise refusal(f"name_{trick}", name=name, length=len(name.encode("utf-8", "replace")))
    if "/" in name or "\\" in name:
        raise refusal("name_path")
    if any(unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn") for letter in name):
        raise refusal("name_control")
    unwelcome = sorted(UNWELCOME & set(name))
    if unwelcome:
        raise refusal("name_symbols", found=" ".join(unwelcome))
    if name.endswith("."):
        raise refusal("name_dot_end")
    return re.sub(r"\s+", " ", name)


def extension(name: str) -> str:
    """The extension in lower case without its dot; "" when the name has none."""
    stem, dot, last = name.rpartition(".")
    return last.lower() if dot and stem and re.fullmatch(r"[A-Za-z0-9]{1,8}", last) else ""
