"""Sounds: read frame by frame, page by page or box by box, and written anew, so that nothing is kept but what is heard.

It runs in the program that opens files (`pdfium`), so what it finds wrong goes back as the id of a refusal. A sound is not decoded: what stands inside a frame is taken as it is, blanks between frames are blank.
"""

import re
from dataclasses import dataclass
from math import ceil

from tram.files.rules.refusals import length_text

MARKUP = re.compile(rb"(?i)<script[\s>]|<\?php|<html[\s>]|<svg[\s>]|<!doctype|<iframe[\s>]|<body[\s>]")
END_OF_ZIP, ENDS_WITHIN = b"PK\x05\x06", 65_557


class Unsound(Exception):
    """A sound that is refused: `id` is one of the sentences, `facts` fill it in."""

    def __init__(self, id: str, **facts: object) -> None:
        super().__init__(id)
        self.id, self.facts = id, facts


@dataclass(frozen=True, slots=True)
class Sound:
    """Âm thanh: how long it is, and the file that holds it and nothing else."""

    seconds: float
    content: bytes


def foreign(rest: bytes) -> Unsound:
    """The refusal that fits what stands between or behind the parts of a sound."""
    start = rest.lstrip(b"\0\r\n\t ")
    if END_OF_ZIP in rest or start.startswith((b"PK", b"Rar!", b"7z")):
        return Unsound("sound_zip")
    if start.startswith((b"MZ", b"\x7fELF")):
        return Unsound("sound_program")
    if start.startswith((b"<", b"/*", b"*/", b"#!", b"%PDF-")) or MARKUP.search(rest):
        return Unsound("sound_script")
    return Unsound("sound_foreign")


def checked(sound: Sound, longest: float) -> Sound:
    """The same; Unsound when it is silent for want of frames, too long, or when another reader could take it for something else."""
    if sound.seconds < 0.1:
        raise Unsound("sound_empty")
    if sound.seconds > longest:
        raise Unsound("sound_long", length=length_text(ceil(sound.seconds)), limit=length_text(round(longest)))
    if END_OF_ZIP in sound.content[-ENDS_WITHIN:]:
        raise Unsound("sound_zip")
    if MARKUP.search(sound.content) or b"%PDF-" in sound.content[:1024]:
        raise Unsound("sound_script")
    return sound
