"""A whole letter: every field proposed from the lines of its text."""

from dataclasses import replace

from tram.reading.rules import dates
from tram.reading.rules.addressees import addressed_to, is_copies, recipients
from tram.reading.rules.fields import NOTHING, Field, Fields, Words, read_from
from tram.reading.rules.issuers import issuers_of
from tram.reading.rules.letterhead import Head, head_of
from tram.reading.rules.marks import plain
from tram.reading.rules.mending import mended_items, mended_symbol, mended_words
from tram.reading.rules.names import Name, Writing, is_sound, place_name
from tram.reading.rules.page import Line, Text
from tram.reading.rules.signature import signer_of
from tram.reading.rules.title import Title, kind_of_symbol, title_of

ABOUT = ("trich yeu", "noi dung trich yeu", "ve viec")


def fields_of(text: Text) -> Fields:
    """Read the fields of one letter. What the text lacks or has lost is None, never guessed."""
    lines = list(text.lines)
    head = head_of(lines)
    title = title_of(lines, head)
    writing = Writing(lines)
    issuer, parent = issuers_of(lines, head, title, writing)
    number, symbol = _number(lines, head, title)
    place, date = _dated(lines, head, title)
    copies_at = _last_copies(lines)
    receivers, used, aside = recipients(lines, copies_at)
    signer_name, signer_title = signer_of(lines, title.end if title else head.end, copies_at, used, aside)
    kind = _kind(lines, head, title)
    fields = Fields(
        number=number,
        symbol=symbol,
        kind=kind,
        issuer=issuer,
        parent=parent,
        place=place,
        date=date,
        subject=_subject(lines, title),
        signer_name=signer_name,
        signer_title=signer_title,
        recipients=receivers,
        addressed_to=addressed_to(lines, head.address),
        urgency=_stamp(lines, head.urgency),
        secrecy=_stamp(lines, head.secrecy),
        due_on=_due(lines, title.end if title else head.end),
        page_count=Field(text.pages, 1.0 if text.pages else 0.0),
    )
    return _mended(fields) if text.source == "ocr" else fields


def _mended(fields: Fields) -> Fields:
    """What our own machine reader saw, in right marks; a text that somebody else read stays as it is."""
    return replace(
        fields,
        symbol=mended_symbol(fields.symbol, fields.kind),
        issuer=mended_words(fields.issuer),
        parent=mended_words(fields.parent),
        subject=mended_words(fields.subject),
        signer_title=mended_words(fields.signer_title),
        recipients=mended_items(fields.recipients),
        addressed_to=mended_items(fields.addressed_to),
    )


def _number(lines: list[Line], head: Head, title: Title | None) -> tuple[Words, Words]:
    found = head.number
    if found:
        number = read_from(lines, found.at, found.number, 0.97, found.raw) if found.number else NOTHING
        return number, read_from(lines, found.at, found.symbol, 0.75 if found.damaged else 0.95, found.raw)
    if title and title.symbol:
        number = read_from(lines, title.kind_at, title.number, 0.85) if title.number else NOTHING
        return number, read_from(lines, title.kind_at, title.symbol, 0.85)
    return NOTHING, NOTHING


def _dated(lines: list[Line], head: Head, title: Title | None) -> tuple[Words, Words]:
    dated = head.dated
    if dated:
        name = place_name(dated.place) if dated.place else None
        place = read_from(lines, dated.at, name.text, _place_sure(name), dated.raw) if name else NOTHING
        iso = dated.found.iso
        return place, read_from(lines, dated.at, iso, 0.96 if dated.found.whole else 0.8, dated.raw) if iso else NOTHING
    if title and title.date:
        return NOTHING, read_from(lines, title.kind_at, title.date, 0.85)
    return _dated_at_the_end(lines, title.end if title else head.end)


def _place_sure(name: Name) -> float:
    return (0.75 if name.restored else 0.95) * (1 if is_sound(name.text) else 0.6)


def _dated_at_the_end(lines: list[Line], start: int) -> tuple[Words, Words]:
    """Older papers bear place and date over the signature."""
    found = [
        (at, head.dated)
        for at in range(max(start, len(lines) - 40), len(lines))
        if (head := head_of([lines[at]])).dated
    ]
    dated = [(at, one) for at, one in found if one and one.place and one.found.iso]
    if len({one.found.iso for _, one in dated}) != 1:
        return NOTHING, NOTHING
    at, one = dated[-1]
    return read_from(lines, at, place_name(one.place).text, 0.7), read_from(lines, at, one.found.iso or "", 0.7)


def _kind(lines: list[Line], head: Head, title: Title | None) -> Words:
    if title:
        return read_from(lines, title.kind_at, title.kind, title.sure)
    if head.number:
        named = kind_of_symbol(head.number.symbol)
        if named or head.address is not None:
            return read_from(lines, head.number.at, named or "công văn", 0.6, head.number.symbol)
    return NOTHING


def _subject(lines: list[Line], title: Title | None) -> Words:
    if title and title.subject:
        return read_from(lines, title.subject_at, title.subject, 0.9 if title.sure > 0.8 else 0.75, title.subject)
    for at, line in enumerate(lines[:60]):
        label, _, value = line.text.partition(":")
        words = plain(label).lstrip("0123456789 ")
        if value.strip() and words in ABOUT:
            return read_from(lines, at, " ".join(value.split()), 0.8)
    return NOTHING


def _stamp(lines: list[Line], found: tuple[int, str] | None) -> Words:
    return read_from(lines, found[0], found[1], 0.9) if found else NOTHING


def _due(lines: list[Line], start: int) -> Words:
    """The first day in the body by which an answer is wanted; a date may run over the end of a line."""
    for at in range(start, len(lines)):
        both = f"{lines[at].text} {lines[at + 1].text}" if at + 1 < len(lines) else lines[at].text
        for text in (lines[at].text, both):
            found = dates.due(text)
            if found:
                return read_from(lines, at, found[0], 0.8, found[1])
    return NOTHING


def _last_copies(lines: list[Line]) -> int | None:
    return next((at for at, line in enumerate(lines) if is_copies(line.text)), None)
