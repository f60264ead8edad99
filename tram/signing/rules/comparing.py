"""Comparing the signed revision of a PDF with what the file shows now: pages, their contents, notes, fields.

pyHanko tells whether a change was allowed; this tells in which part of the paper it lies, for the person who reads.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

DEEP = 40


def what_changed(reader: PdfFileReader, revision: int) -> list[str]:
    """Words of words.CHANGES for every part that is not as it was in the revision (from 0)."""
    before, after = reader.get_historical_resolver(revision), reader
    old, new = list(_pages(before.root["/Pages"])), list(_pages(after.root["/Pages"]))
    found = []
    if len(old) != len(new):
        found.append("page")
    pairs = list(zip(old, new, strict=False))
    if any(_content(one) != _content(other) for one, other in pairs):
        found.append("content")
    if any(_notes(one) != _notes(other) for one, other in pairs):
        found.append("annotation")
    texts, _made = _fields(before.root)
    texts_now, signatures_now = _fields(after.root)
    signatures: dict[str, str] = {}
    for number in range(revision, reader.total_revisions):
        signatures |= _fields(reader.get_historical_resolver(number).root)[1]
    if any(texts_now.get(name) != value for name, value in texts.items()):
        found.append("form")
    if any(signatures_now.get(name) != value for name, value in signatures.items()):
        found.append("signature")
    return found or ["other"]


def _pages(node: Any, depth: int = 0) -> Iterator[generic.DictionaryObject]:
    if depth > DEEP or not isinstance(node, generic.DictionaryObject):
        return
    if "/Kids" in node:
        for child in _at(node, "/Kids") or ():
            yield from _pages(_plain(child), depth + 1)
    else:
        yield node


def _content(page: generic.DictionaryObject) -> list[str]:
    """Hashes of what is drawn: the page's streams and the look of its fonts and pictures, by name."""
    content = _at(page, "/Contents")
    streams = list(content) if isinstance(content, generic.ArrayObject) else [content]
    drawn = [_hash(_plain(one)) for one in streams]
    resources = _at(page, "/Resources")
    if isinstance(resources, generic.DictionaryObject):
        for kind in ("/XObject", "/Font"):
            things = _at(resources, kind)
            if isinstance(things, generic.DictionaryObject):
                drawn += [f"{name} {_hash(_at(things, name))}" for name in sorted(things)]
    return [*drawn, *(str(_at(page, side)) for side in ("/MediaBox", "/CropBox", "/Rotate"))]


def _hash(thing: Any) -> str:
    if isinstance(thing, generic.StreamObject):
        return hashlib.sha256(thing.encoded_data).hexdigest()
    return hashlib.sha256(repr(thing).encode()).hexdigest()


def _notes(page: generic.DictionaryObject) -> list[str]:
    """Annotations that are no fields of a form: those are judged by their values."""
    notes = [_plain(one) for one in _at(page, "/Annots") or ()]
    return [_hash(one) for one in notes if isinstance(one, dict) and one.get("/Subtype") != "/Widget"]


def _fields(root: generic.DictionaryObject) -> tuple[dict[str, str], dict[str, str]]:
    """Name -> value of the texts that were filled, and of the signatures that were made."""
    texts: dict[str, str] = {}
    signatures: dict[str, str] = {}
    form = _at(root, "/AcroForm")
    for one in (_at(form, "/Fields") if isinstance(form, dict) else None) or ():
        field = _plain(one)
        value = _at(field, "/V") if isinstance(field, dict) else None
        if value:
            kept = signatures if field.get("/FT") == "/Sig" else texts
            kept[str(field.get("/T"))] = str(value.get("/ByteRange")) if isinstance(value, dict) else str(value)
    return texts, signatures


def _at(thing: Any, key: str) -> Any:
    """An entry with its reference followed; None where there is none."""
    return thing[key] if key in thing else None  # noqa: SIM401 (pyHanko: get() leaves references as they are)


def _plain(thing: Any) -> Any:
    return thing.get_object() if isinstance(thing, generic.IndirectObject) else thing
