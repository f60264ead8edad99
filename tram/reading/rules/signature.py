"""Who signed: the words of authority and post, and the name under them. Several signatures give no single signer."""

import re
from typing import NamedTuple

from tram.reading.rules.addressees import BULLET, COPIES_LINE
from tram.reading.rules.fields import NOTHING, Words, read_from
from tram.reading.rules.marks import MOTTO, NATION, is_capitals, is_rule, like_one_of, plain, starts_with
from tram.reading.rules.names import has_surname, is_sound, person
from tram.reading.rules.page import Line
from tram.reading.rules.words import HEAD_WORDS, KIND_WORDS, POST_WORDS
from tram.vietnamese.text import tidy

AUTHORITY = re.compile(r"^\W{0,2}(?:(?:T\.?M|K\.?T|T\.?L|T\.?U\.?Q|Q)\s?[.,/]\s?|T/[ML]\.?\s+)\S", re.IGNORECASE)
END_MARK = re.compile(r"\./\s?[.,]|\./\s*$|/\./")
GROUNDS = re.compile(r"^\W*(?:căn cứ|xét|theo|điều \d+|chương|quyết định\s*:|nghị định\s*:|quyết định$)", re.IGNORECASE)
SIGNED = re.compile(r"^\W*(?:đã ký|ký tên|ký, ghi rõ|chữ ký|ký số|ký, đóng dấu|ký và ghi|\(?ký\)?\W*$)", re.IGNORECASE)
ANNEX = ("phu luc", "danh sach", "kem theo", "ban hanh kem theo", "mau so", "bieu so", "bieu mau", "mau ")
TAIL = 40


class Block(NamedTuple):
    """One signature: lines of the title and the line of the name (None when it is missing or unreadable)."""

    titles: list[tuple[int, str]]
    name: tuple[int, str] | None


def signer_of(
    lines: list[Line], start: int, copies_at: int | None, used: set[int], aside: list[tuple[int, str]]
) -> tuple[Words, Words]:
    """(signer_name, signer_title), searched from the end of the body on; both None when several people sign."""
    blocks = _blocks(_tail(lines, _begin(lines, start, copies_at), used, dict(aside)))
    signed = [block for block in blocks if block.name]
    names = {block.name[1] for block in signed if block.name}
    if len(names) > 1:
        return NOTHING, NOTHING
    chosen = signed[0] if signed else next((block for block in blocks if block.titles), None)
    if chosen is None:
        return NOTHING, NOTHING
    title = NOTHING
    if chosen.titles:
        text = tidy(" ".join(words for _, words in chosen.titles))
        title = read_from(lines, chosen.titles[0][0], text, 0.93 if AUTHORITY.match(text) else 0.85, text)
    if chosen.name is None:
        return NOTHING, title
    at, name = chosen.name
    sure = (0.95 if chosen.titles else 0.7) * (1.0 if has_surname(name) else 0.85) * (1.0 if is_sound(name) else 0.6)
    return read_from(lines, at, name, sure), title


def _begin(lines: list[Line], start: int, copies_at: int | None) -> int:
    """The line after the end mark './.' that lies shortly before Nơi nhận; else a little above Nơi nhận."""
    stop = copies_at if copies_at is not None else len(lines)
    for at in range(stop - 1, max(start, stop - TAIL) - 1, -1):
        if END_MARK.search(lines[at].text):
            return at + 1
    grounds = [at for at in range(start, stop) if GROUNDS.match(lines[at].text)]
    start = max(start, grounds[-1] + 1) if grounds else start
    return max(start, len(lines) - TAIL if copies_at is None else copies_at - 7)


def _tail(lines: list[Line], begin: int, used: set[int], aside: dict[int, str]) -> list[tuple[int, str]]:
    """The lines in which signatures may stand, up to an annex or another letter."""
    found: list[tuple[int, str]] = []
    for at in range(begin, min(len(lines), begin + 120)):
        text = aside.get(at, "" if at in used else lines[at].text.strip())
        low = plain(text)
        annex = is_capitals(text) and (low.startswith(ANNEX) or low in KIND_WORDS)
        if (annex and found) or low.startswith(("ban hanh kem theo", "kem theo")) or (at > begin and NATION.find(text)):
            break
        found.append((at, text))
    return found


def _blocks(tail: list[tuple[int, str]]) -> list[Block]:
    blocks: list[Block] = []
    titles: list[tuple[int, str]] = []
    for at, text in tail:
        if not text or is_rule(text) or SIGNED.match(text) or COPIES_LINE.match(text) or MOTTO.find(text):
            continue
        if BULLET.match(text) and not AUTHORITY.match(text):
            continue
        if _is_title(text, bool(titles)):
            titles.append((at, text))
        elif (name := person(text)) and (titles or has_surname(name)):
            blocks.append(Block(titles, (at, name)))
            titles = []
        elif titles and not is_capitals(text) and len(text.split()) > 8:
            blocks.append(Block(titles, None))
            titles = []
    return [*blocks, Block(titles, None)] if titles else blocks


def _is_title(text: str, goes_on: bool) -> bool:
    if len(text.split()) > 14 or text.endswith(";"):
        return False
    if AUTHORITY.match(text):
        return True
    capitals = is_capitals(text)
    post = bool(starts_with(text, POST_WORDS)) or (capitals and like_one_of(text, POST_WORDS))
    if post and (capitals or (goes_on and len(text.split()) <= 5) or (text[0].isupper() and len(text.split()) <= 7)):
        return not text.endswith(":") and (capitals or not text.endswith((".", ",")))
    if capitals and goes_on:
        return not person(text) and len(text) > 3
    return capitals and bool(starts_with(text, HEAD_WORDS)) and len(text.split()) <= 10
