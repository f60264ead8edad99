"""What can be a Vietnamese syllable: onset, rhyme and tone, as the spelling rules allow them."""

import unicodedata
from functools import lru_cache
from typing import NamedTuple

TONE_MARKS = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
"""Combining mark -> tone in dictionary order: ngang 0, huyền 1, hỏi 2, ngã 3, sắc 4, nặng 5."""
MARK_OF = {tone: mark for mark, tone in TONE_MARKS.items()}
SHARP, HEAVY = 4, 5
VOWELS = frozenset("aăâeêioôơuưy")
FRONT = frozenset("eêiy")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ONSETS = _words("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x") | {""}
LABIALS = _words("b m p ph v")
BEFORE_LONE_Y = _words("h k kh l m n nh s t th tr v x") | {""}
NO_ROUNDING = LABIALS | _words("c k gh ngh gi")

PLAIN = _words(
    """a ac ach ai am an ang anh ao ap at au ay  ăc ăm ăn ăng ăp ăt  âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et  ê êch êm ên ênh êp êt êu  i ia ich im in inh ip it iu
    iêc iêm iên iêng iêp iêt iêu  o oc oi om on ong op ot oong ooc  ô ôc ôi ôm ôn ông ôp ôt
    ơ ơi ơm ơn ơp ơt  u ua uc ui um un ung up ut  uôc uôi uôm uôn uông uôt
    ư ưa ưc ưi ưm ưng ưt ưu  ươc ươi ươm ươn ương ươp ươt ươu"""
)
ROUNDED = _words(
    """oa oac oach oai oam oan oang oanh oao oap oat oay  oăc oăm oăn oăng oăt  oe oem oen oeo oet
    uân uâng uât uây  uê uêch uênh uêu  uơ  uy uya uych uyn uynh uyp uyt uyu uyên uyêt"""
)
BARE_Y = _words("yên yêu yêm yêng yêt")
AFTER_QU = _words(
    """a ac ach ai an ang anh ao ap at au ay  ăc ăm ăn ăng ăp ăt  ân âng ât ây âu
    e en eo et  ê ên êch ênh êt  i inh it ich  y ych ynh yt yên yêt yu  ơ ơi ơn ôc"""
)
AFTER_GI = frozenset(rhyme for rhyme in PLAIN if rhyme[0] != "i") | {"êng", "êc"}
LOANS = _words("buyt phuy voan moay")
"""Loan words that break the rule 'no rounded rhyme after a lip sound'."""


class Syllable(NamedTuple):
    """A parsed syllable: lower-case onset and rhyme without tone, and the tone 0..5."""

    onset: str
    rhyme: str
    tone: int


def split_tone(word: str) -> tuple[str, int, int] | None:
    """Take the tone off a word: (letters in NFC, tone 0..5, index of the letter that bore it or -1).

    None when the word bears two tones, or a tone mark over a letter that is no vowel.
    """
    letters: list[str] = []
    tone, at = 0, -1
    for char in unicodedata.normalize("NFC", word):
        parts = unicodedata.normalize("NFD", char)
        found = next((mark for mark in parts if mark in TONE_MARKS), "")
        bare = unicodedata.normalize("NFC", parts.replace(found, "")) if found else char
        if found:
            if tone or bare.lower() not in VOWELS:
                return None
            tone, at = TONE_MARKS[found], len(letters)
        letters.append(bare)
    return "".join(letters), tone, at


def place_tone(letters: str, tone: int) -> str:
    """Put a tone on toneless letters in the one canonical place: hòa, thúy, hoàn, quý, giếng, người."""
    at = tone_place(letters)
    if not tone or at < 0:
        return letters
    return unicodedata.normalize("NFC", letters[: at + 1] + MARK_OF[tone] + letters[at + 1 :])


def tone_place(letters: str) -> int:
    """The index of the vowel that bears the tone, or -1 when there is no vowel."""
    low = letters.lower()
    start = next((i for i, char in enumerate(low) if char in VOWELS), -1)
    if start < 0:
        return -1
    if low.startswith(("qu", "gi")) and len(low) > 2 and low[2] in VOWELS:
        start = 2
    end = start
    while end < len(low) and low[end] in VOWELS:
        end += 1
    marked = [i for i in range(start, end) if low[i] in "ăâêôơư"]
    if marked:
        return marked[-1]
    if end - start == 1 or (end - start == 2 and end == len(low)):
        return start
    return start + 1


@lru_cache(maxsize=65536)
def parse(word: str) -> Syllable | None:
    """Read a word as one syllable; the place of the tone is not judged. None when it cannot be one."""
    split = split_tone(word.lower())
    if split is None:
        return None
    letters, tone, _ = split
    for onset in ONSETS:
        rhyme = letters[len(onset) :]
        if letters.startswith(onset) and rhyme and _spells(onset, rhyme):
            stopped = rhyme.endswith(("c", "ch", "p", "t"))
            return Syllable(onset, rhyme, tone) if not stopped or tone in (SHARP, HEAVY) else None
    return None


def is_syllable(word: str) -> bool:
    """Whether a word is a possible Vietnamese syllable with its tone where old or new spelling puts it."""
    found, split = parse(word), split_tone(word.lower())
    if found is None or split is None:
        return False
    letters, tone, at = split
    first = tone_place(letters)
    new_style = found.rhyme in ("oa", "oe", "uy") and at == first + 1
    return not tone or at == first or new_style or _is_gia(letters, at)


@lru_cache(maxsize=65536)
def canonical(word: str) -> str:
    """The word with its tone in the canonical place; the word as it is when it is no syllable."""
    split = split_tone(word)
    if split is None or parse(word) is None or _is_gia(split[0].lower(), split[2]):
        return word
    return place_tone(split[0], split[1])


def _is_gia(letters: str, at: int) -> bool:
    """gịa (giặt gịa) is read gi-ịa, another word than giạ."""
    return letters == "gia" and at == 1


def _spells(onset: str, rhyme: str) -> bool:
    if onset == "qu":
        return rhyme in AFTER_QU
    if onset == "gi":
        return rhyme in AFTER_GI
    if onset + rhyme in LOANS:
        return True
    if rhyme == "y":
        return onset in BEFORE_LONE_Y
    if rhyme in BARE_Y:
        return onset == ""
    if rhyme in ROUNDED:
        return onset not in NO_ROUNDING
    if rhyme not in PLAIN:
        return False
    if rhyme[0] in FRONT:
        return onset not in ("c", "ng", "g") and not (onset == "" and rhyme.startswith("iê")) or _is_gi(onset, rhyme)
    return onset not in ("k", "gh", "ngh")


def _is_gi(onset: str, rhyme: str) -> bool:
    """gì and gìn: the i of the onset is the vowel as well."""
    return onset == "g" and rhyme in ("i", "in")
