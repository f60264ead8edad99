"""Kính gửi and Nơi nhận: who is addressed, and who receives a copy."""

import re

from tram.reading.rules.fields import NOBODY, Field, Place, Several
from tram.reading.rules.letterhead import ADDRESS
from tram.reading.rules.marks import MOTTO, NATION, begins_like, is_capitals, is_rule, plain, starts_with
from tram.reading.rules.page import Line
from tram.reading.rules.words import HEAD_WORDS, POST_WORDS
from tram.vietnamese.text import tidy

BULLET = re.compile(r"^\s*(?:[-–—•+*·▪~¬=]+|o(?=\s))\s*")
COPIES_LINE = re.compile(r"^\W{0,4}n[ơoờớởôó]i\s*nh[aâăầấậẫẩàáạ]n\b\s*:?", re.IGNORECASE)
SIGN = re.compile(r"(?:^|[\s;:.,}„])(?P<sign>(?:TM|T/M|KT|TL|T/L|TUQ|Q)\s?[.,]\s?[A-ZĐÀ-Ỹ].*)$")
NOISE = re.compile(r"(?<=[.)])\s+[a-z]{1,4}[!.]?$")
ARCHIVE = re.compile(r"^\W*l[ưu]u\b", re.IGNORECASE)
MOST_ITEMS = 60
POST_ENDS = ("truong", "giam doc", "chu tich", "chanh", "thu tuong", "bi thu", "chu nhiem")


def is_copies(text: str) -> bool:
    """Whether the line is the heading 'Nơi nhận', perhaps with one letter read badly."""
    return bool(COPIES_LINE.match(text)) or (len(text) < 60 and begins_like(text, "Nơi nhận:"))


def split_sign(text: str) -> tuple[str, str]:
    """A line of Nơi nhận and what a neighbouring signature column left in it."""
    found = SIGN.search(text)
    if found and (_is_signing(found["sign"]) or COPIES_LINE.match(text)):
        return text[: found.start("sign")].rstrip(), found["sign"].strip()
    parts = re.split(r"(?<=[;.:])\s{3,}|\s{6,}|\t", text.strip(), maxsplit=1)
    if len(parts) == 2 and parts[1] and is_capitals(parts[1]):
        return parts[0], parts[1].strip()
    cut = re.search(r"[;:.][^;]{0,4}?\W(?P<rest>[A-ZĐÀ-Ỹ]{3,}(?:\s+\S+){1,5})$", text)
    if (
        cut
        and any(word in plain(cut["rest"]) for word in POST_ENDS)
        and is_capitals(re.sub(r"\b[a-z]+\b", "", cut["rest"]))
    ):
        return text[: cut.start() + 1], cut["rest"]
    return text, ""


def _is_signing(sign: str) -> bool:
    """Words of authority are followed by a post or a body, and are not initials such as 'Lưu: VT, KT, NC'."""
    return bool(starts_with(re.sub(r"^[A-Z/]+\s?[.,]\s?", "", sign), POST_WORDS + HEAD_WORDS))


def addressed_to(lines: list[Line], at: int | None) -> Several:
    """The bodies after 'Kính gửi', from the line where it stands."""
    if at is None:
        return NOBODY
    first = _after_label(lines[at].text)
    items: list[str] = []
    raw = [lines[at].text.strip()]
    if first:
        items += _split(BULLET.sub("", first))
    open_item = bool(first) and not lines[at].text.rstrip().endswith((";", ".", ":"))
    for index, line in enumerate(lines[at + 1 : at + 1 + MOST_ITEMS], at + 1):
        text = line.text.strip()
        if not text or is_rule(text):
            if items and not open_item:
                break
            if items and not first:
                break
            if items:
                break
            continue
        bulleted = bool(BULLET.match(text))
        if bulleted or (not items and len(text) < 140):
            items += _split(BULLET.sub("", text))
        elif open_item and (
            text[0].islower() or items[-1].endswith((",", "-")) or text[0].isdigit() or _ends_here(lines, index)
        ):
            items[-1] = f"{items[-1]} {text}"
        elif items and raw[-1].endswith(";") and len(text) < 140:
            items += _split(text)
        else:
            break
        raw.append(text)
        open_item = not text.endswith((";", ".", "./."))
    cleaned = tuple(name for name in (tidy(item).strip(" ;,.:") for item in items) if name)
    return _several(lines, at, cleaned, 0.95 if raw[0][:1].isupper() else 0.85, raw) if cleaned else NOBODY


def _after_label(text: str) -> str:
    cut = ADDRESS.sub("", text, count=1)
    return (cut if cut != text else text.partition(":")[2]).strip(" :.\t")


def _ends_here(lines: list[Line], at: int) -> bool:
    """A short line over a gap is the rest of the name above it."""
    gap = at + 1 >= len(lines) or not lines[at + 1].text.strip()
    return gap and len(lines[at].text.split()) <= 5 and not re.search(r"[(:]", lines[at].text)


def _split(text: str) -> list[str]:
    return [part for part in re.split(r";\s*(?:[-–+]\s*)?", text) if part.strip()]


def recipients(lines: list[Line], at: int | None) -> tuple[Several, set[int], list[tuple[int, str]]]:
    """Recipients under 'Nơi nhận'; the lines they stand in; and what the signature column left in those lines."""
    if at is None:
        return NOBODY, set(), []
    own, beside = split_sign(lines[at].text)
    aside = [(at, beside)] if beside else []
    inline = (COPIES_LINE.sub("", own) if COPIES_LINE.match(own) else own.partition(":")[2]).strip(" :./")
    items = _split(BULLET.sub("", inline)) if len(inline) > 4 and not is_capitals(inline) else []
    used, raw = {at}, [lines[at].text.strip()]
    index = at + 1
    while index < len(lines) and len(items) < MOST_ITEMS:
        own, beside = split_sign(lines[index].text)
        text = own.strip()
        if beside and not text:
            break
        if not text:
            if items and not _more_below(lines, index):
                break
            index += 1
            continue
        if not _take(items, text):
            break
        aside += [(index, beside)] if beside else []
        used.add(index)
        raw.append(text)
        index += 1
        if ARCHIVE.match(BULLET.sub("", text)) and not _more_below(lines, index - 1):
            break
    cleaned = tuple(name for name in (_clean(item) for item in items) if name)
    return (_several(lines, at, cleaned, 0.9, raw) if cleaned else NOBODY), used, aside


def _more_below(lines: list[Line], index: int) -> bool:
    below = next((line.text for line in lines[index + 1 : index + 4] if line.text.strip()), "")
    return bool(BULLET.match(below)) and bool(re.search(r"\w", below)) and not is_capitals(below)


def _take(items: list[str], text: str) -> bool:
    """Add a line to the list; False when it no longer belongs to it."""
    if NATION.find(text) or MOTTO.find(text):
        return False
    if BULLET.match(text):
        items.extend([BULLET.sub("", text)] if re.search(r"[^\W\d_]{2}", text) else [])
        return True
    closed = not items or items[-1].rstrip().endswith((";", "."))
    if is_capitals(text) or (starts_with(text, POST_WORDS) and closed and not text.endswith(";")):
        return False
    if items and not closed and (text[0].islower() or text[0] in "(" or items[-1].endswith((",", "-"))):
        items[-1] = f"{items[-1]} {text}"
        return True
    if ARCHIVE.match(text) or text.endswith(";") or not items or plain(text).startswith(("nhu ", "vt ")):
        items.append(text)
        return True
    return False


def _clean(item: str) -> str:
    text = NOISE.sub("", tidy(item).rstrip(";, ").strip())
    text = re.sub(r";.{0,3}$|;\W*\S{1,2}\W*$", "", text)
    return text.strip(" ;,:_*").removesuffix("./.").strip()


def _several(lines: list[Line], at: int, items: tuple[str, ...], sure: float, raw: list[str]) -> Several:
    line = lines[at]
    return Field(items, round(sure * line.sure, 2), Place(line.page, at, line.box), "\n".join(raw))
