"""Find legacy runs inside Unicode text and read them rightly, with proof of every change.

The text is walked word by word; each word stands either in clean Unicode or in one legacy coding. The cheapest walk
wins (Viterbi), where entering and leaving a run costs something, so clean text stays and a run must earn its change.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tram.vietnamese import readings, viqr
from tram.vietnamese.codecs import decode_bytes, decode_text
from tram.vietnamese.readings import RUN_CODINGS, SOFT, SURE, TOKEN, UNREAD
from tram.vietnamese.syllables import is_syllable
from tram.vietnamese.text import nfc

SWITCH = 2.0
CLEAN = "unicode"
STATES = (CLEAN, *RUN_CODINGS)
LOST_SPACE = re.compile(r"\b([A-Za-z]*)Ã ([a-z]+)\b")

NAMES = {
    "tcvn3": "TCVN3 (ABC)",
    "vni": "VNI",
    "viscii": "VISCII",
    "viqr": "VIQR",
    "cp1258": "Windows-1258",
    "mojibake": "UTF-8 bị đọc nhầm",
    "nfd": "Unicode tổ hợp",
}


@dataclass(frozen=True)
class Change:
    """One change: the place in the original (start, end), what stood there, what it reads, why, in which coding."""

    start: int
    end: int
    before: str
    after: str
    encoding: str
    reason: str


@dataclass(frozen=True)
class Repair:
    """A repaired text, the changes made in it and the changes only proposed, both in order of place."""

    text: str
    changes: tuple[Change, ...]
    proposals: tuple[Change, ...]


def repair(text: str) -> Repair:
    """Read the legacy runs of a text rightly; clean words are never touched, lossy ones only proposed."""
    tokens = list(TOKEN.finditer(text))
    walk = _walk([nfc(found[0]) for found in tokens])
    read = [_read_token(found[0], state) for found, state in zip(tokens, walk, strict=True)]
    made = [
        _change(found.start(), found[0], after, coding)
        for found, (coding, after) in zip(tokens, read, strict=True)
        if after != found[0]
    ]
    if not made:
        made = [_change(start, before, after, "viqr") for start, before, after in viqr.words(text)]
    left = [found for found, (_, after) in zip(tokens, read, strict=True) if after == found[0]]
    proposals = [*_doubtful(left), *_lost_spaces(text, made)]
    return Repair(_applied(text, made), tuple(made), tuple(sorted(proposals, key=lambda change: change.start)))


def undo(done: Repair) -> str:
    """The original text, letter for letter."""
    original, end, shift = "", 0, 0
    for change in done.changes:
        start = change.start + shift
        original += done.text[end:start] + change.before
        end = start + len(change.after)
        shift += len(change.after) - len(change.before)
    return original + done.text[end:]


def guess_encoding(data: bytes | str) -> str:
    """The coding of a whole file: 'utf-8' or 'utf-16' (bytes), 'unicode' (clean text), or a name of `codecs.READERS`."""
    if isinstance(data, bytes):
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "utf-16"
        try:
            found = guess_encoding(data.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return _cheapest(data.decode("latin-1"), RUN_CODINGS)
        return "utf-8" if found == CLEAN else found
    if data != nfc(data):
        return "nfd"
    if data.isascii():
        return "viqr" if viqr.words(data) else CLEAN
    return _cheapest(data, STATES)


def read(data: bytes) -> str:
    """The text of a file in whatever coding: guessed, decoded, in NFC."""
    found = guess_encoding(data)
    if found in ("utf-8", "utf-16"):
        return nfc(data.decode(found.replace("utf-8", "utf-8-sig")))
    try:
        return decode_text(data.decode("utf-8-sig"), found)
    except UnicodeDecodeError:
        return decode_bytes(data, found)


def _cheapest(text: str, states: tuple[str, ...]) -> str:
    tokens = TOKEN.findall(text)
    return min(states, key=lambda state: sum(_cost(token, state) for token in tokens))


def _cost(token: str, state: str) -> float:
    return readings.clean_cost(token) if state == CLEAN else readings.legacy_cost(token, state)


def _walk(tokens: list[str]) -> list[str]:
    """The state of each word on the cheapest walk; a text with proof of Unicode starts and ends clean."""
    mixed = any(readings.is_proof_of_unicode(token) for token in tokens)
    edge = {state: SWITCH if mixed and state != CLEAN else 0.0 for state in STATES}
    costs, back = dict(edge), []
    for token in tokens:
        nearest = min(STATES, key=lambda state: costs[state])
        came = {state: state if costs[state] <= costs[nearest] + SWITCH else nearest for state in STATES}
        costs = {
            state: costs[came[state]] + (SWITCH if came[state] != state else 0) + _cost(token, state)
            for state in STATES
        }
        back.append(came)
    walk: list[str] = []
    state = min(STATES, key=lambda last: costs[last] + edge[last])
    for came in reversed(back):
        walk.append(state)
        state = came[state]
    return _without_weak_runs(tokens, walk[::-1])


def _without_weak_runs(tokens: list[str], walk: list[str]) -> list[str]:
    """Take back each run whose well-read words are, all together, not worth an entry and an exit."""
    kept = list(walk)
    borders = [0, *(at for at in range(1, len(walk)) if walk[at] != walk[at - 1]), len(walk)]
    for start, end in pairwise(borders):
        costs = [readings.clean_cost(token) for token in tokens[start:end] if _cost(token, walk[start]) < UNREAD]
        if start < end and walk[start] != CLEAN and sum(cost for cost in costs if cost >= SOFT) < 2 * SWITCH:
            kept[start:end] = [CLEAN] * (end - start)
    return kept


def _read_token(token: str, state: str) -> tuple[str, str]:
    """(coding, reading) of one word in its state; composed where it stood decomposed."""
    composed = nfc(token)
    if state == CLEAN or composed != token:
        return "nfd", composed
    trusted = readings.legacy_cost(token, state) < UNREAD or readings.clean_cost(token) == SURE
    return state, readings.reading(token, state) if trusted else token


def _doubtful(tokens: list[re.Match[str]]) -> Iterator[Change]:
    """Words that may be legacy debris but carry no proof: shown to a person, never changed."""
    for found in tokens:
        token = found[0]
        if readings.clean_cost(token) < SOFT:
            continue
        sure = [coding for coding in RUN_CODINGS if readings.legacy_cost(token, coding) == 0]
        horned = readings.lost_horn(token)
        if sure:
            after = readings.reading(token, sure[0])
            reason = f"“{token}” có thể là “{after}” viết bằng {NAMES[sure[0]]}; cần người xem xác nhận."
            yield Change(found.start(), found.end(), token, after, sure[0], reason)
        elif horned:
            reason = f"“{token}” không phải âm tiết tiếng Việt; có thể là “{horned}” viết bằng TCVN3 đã mất chữ ư."
            yield Change(found.start(), found.end(), token, horned, "tcvn3", reason)


def _lost_spaces(text: str, made: list[Change]) -> Iterator[Change]:
    """'lÃ m' beside other misread UTF-8: the hard space in the code of à became a plain one."""
    if not any(change.encoding == "mojibake" for change in made):
        return
    for found in LOST_SPACE.finditer(text):
        joined = f"{found[1]}à{found[2]}"
        after = joined if is_syllable(joined) else f"{found[1]}à {found[2]}"
        reason = f"“{found[0]}” có thể là “{after}”: chữ à bị đọc nhầm đã mất một nửa mã."
        yield Change(found.start(), found.end(), found[0], after, "mojibake", reason)


def _change(start: int, before: str, after: str, encoding: str) -> Change:
    reason = f"“{before}” viết bằng {NAMES[encoding]}, đọc đúng là “{after}”."
    return Change(start, start + len(before), before, after, encoding, reason)


def _applied(text: str, changes: list[Change]) -> str:
    parts, end = [], 0
    for change in changes:
        parts += [text[end : change.start], change.after]
        end = change.end
    return "".join([*parts, text[end:]])
