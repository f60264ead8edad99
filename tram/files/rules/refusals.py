"""How a file is refused: an exception that carries an id for programs and a sentence for people."""

from dataclasses import dataclass

from tram.files.rules.sentences import DISK_FULL, SENTENCES
from tram.kernel.verdicts import Invalid, WrongState


class FileRefused(Invalid):
    """A file breaks a rule. `id` names the situation, `sentence` says it and how to mend it."""

    def __init__(self, id: str, sentence: str) -> None:
        super().__init__({"file": sentence})
        self.id = id
        self.sentence = sentence


class DiskFull(WrongState):
    """There is no room left on the disk; nothing of the file was kept."""

    def __init__(self) -> None:
        super().__init__(DISK_FULL)


@dataclass(frozen=True, slots=True)
class Limits:
    """Mức: what a file may measure at most. Sizes in bytes, pictures in pixels, time in seconds."""

    size: int = 500 * 1024 * 1024
    text_size: int = 20 * 1024 * 1024
    pages: int = 5000
    pixels: int = 120_000_000
    entries: int = 5000
    unpacked: int = 2 * 1024 * 1024 * 1024
    elements: int = 20_000_000
    """Of all XML in a package; empty cells of a sheet do not count."""
    seconds: float = 20
    sound_seconds: int = 0
    """Sounds are taken up to this length; with 0 none is."""
    sound_size: int = 20 * 1024 * 1024
    texts: tuple[str, ...] = ("txt",)
    """Endings of plain text that are taken."""


STANDARD = Limits()


def refusal(id: str, **facts: object) -> FileRefused:
    """The refusal with its sentence filled in; `raise refusal("too_big", size=..., limit=...)`."""
    return FileRefused(id, SENTENCES[id].format(**{name: _shown(value) for name, value in facts.items()}))


def _shown(value: object) -> str:
    """A fact as people read it: numbers the Vietnamese way, foreign text short and printable."""
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    text = "".join(letter if letter.isprintable() else "�" for letter in str(value))
    return text if len(text) <= 60 else text[:28] + "…" + text[-28:]


def size_text(size: int) -> str:
    """A size in bytes as people read it: 2254857830 is "2,1 GB", 524288000 is "500 MB"."""
    for unit, step in (("GB", 1024**3), ("MB", 1024**2), ("KB", 1024)):
        if size >= step:
            return f"{size / step:.1f}".removesuffix(".0").replace(".", ",") + f" {unit}"
    return f"{size} byte"


def length_text(seconds: int) -> str:
    """A length as people say it: 200 is "3 phút 20 giây", 120 is "2 phút"."""
    minutes, rest = divmod(seconds, 60)
    return " ".join(
        part for part in (f"{minutes} phút" * bool(minutes), f"{rest} giây" * bool(rest or not minutes)) if part
    )
