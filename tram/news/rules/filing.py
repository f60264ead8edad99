"""Where an article stands: its categories, its address made from its title; what may be brought into it."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

import yaml

from tram.kernel.verdicts import Invalid
from tram.vietnamese.calendar import CATALOGUE
from tram.vietnamese.text import folded_words

LONGEST_STEM, MOST_ALSO = 120, 4


@dataclass(frozen=True, slots=True)
class Brought:
    """Mức của ảnh, tệp và bản ghi âm đưa vào bài, by the catalogue; sizes of pictures in pixels; `kinds`: kind of file -> kind of block."""

    most: int
    megabytes: int
    longest: int
    pixels: int
    sound_minutes: int
    sound_megabytes: int
    kinds: dict[str, str]


@cache
def brought() -> Brought:
    """What may be brought into an article."""
    with (CATALOGUE / "news_files.yaml").open(encoding="utf-8") as stream:
        told = yaml.safe_load(stream)
    picture, sound = told["picture"], told["recording"]
    kinds = {kind: block for block in ("picture", "file", "recording") for kind in told[block]["kinds"]}
    return Brought(
        told["most_at_once"], told["largest_mb"], picture["longest_side"], picture["most_megapixels"] * 10**6,
        sound["longest_minutes"], sound["largest_mb"], kinds,
    )  # fmt: skip


@cache
def categories() -> dict[str, str]:
    """Every category of the catalogue: code -> name, in its order."""
    with (CATALOGUE / "news_categories.yaml").open(encoding="utf-8") as stream:
        return {row["code"]: row["name"] for row in yaml.safe_load(stream)["categories"]}


def filed(category: str, also: Collection[str] = ()) -> tuple[str, list[str]]:
    """Where an article stands as it is kept: its main category, and the further ones in the order of the catalogue.

    Raises Invalid for a category that there is not, and for too many of them.
    """
    known = categories()
    if category not in known:
        raise Invalid({"category": "Chọn chuyên mục trong danh sách."})
    if not known.keys() >= set(also):
        raise Invalid({"also": "Chọn chuyên mục trong danh sách."})
    further = [code for code in known if code in also and code != category]
    if len(further) > MOST_ALSO:
        raise Invalid(
            {"also": f"Đã chọn {len(further)} chuyên mục ngoài chuyên mục chính. Bỏ bớt, còn không quá {MOST_ALSO}."}
        )
    return category, further


@dataclass(frozen=True, slots=True)
class Language:
    """Ngôn ngữ: its tag (BCP 47), its Vietnamese name, what its speakers call it."""

    code: str
    name: str
    own: str

    @property
    def phrase(self) -> str:
        """Its name inside a sentence: "tiếng Hmông"."""
        return self.name[:1].lower() + self.name[1:]


VIETNAMESE = Language("vi", "Tiếng Việt", "Tiếng Việt")


@cache
def languages() -> dict[str, Language]:
    """Every language of the catalogue into which an article may be translated: tag -> language, in its order."""
    with (CATALOGUE / "languages.yaml").open(encoding="utf-8") as stream:
        return {row["code"]: Language(**row) for row in yaml.safe_load(stream)}


@cache
def tongues() -> dict[str, str]:
    """Every language in which somebody may speak: tag -> Vietnamese name; Vietnamese first."""
    return {one.code: one.name for one in (VIETNAMESE, *languages().values())}


def slug_of(title: str, number: int) -> str:
    """The address of an article: the words of its title without marks, and its number, which no other one has."""
    stem = ""
    for word in folded_words(title):
        if not word.isascii() or len(stem) + len(word) >= LONGEST_STEM:
            continue
        stem = f"{stem}-{word}" if stem else word
    return f"{stem}-{number}" if stem else f"bai-{number}"
