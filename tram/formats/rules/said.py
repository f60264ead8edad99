"""What a paper says in its own words, as it was typed: signs and spaces that a Sheet no longer holds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """Chữ trên văn bản: whole lines as they stand; "" where the paper has none.

    `copies`, `addresses`, `grounds`: lines with their own dashes and ends. `last`: the last words of the body.
    `is_machine_read`: the text shows the marks of a machine reader, so that single letters are not the writer's.
    `is_whole`, `has_foot`: whether it has a head, a signature or Nơi nhận. `is_of_the_party`: papers of the Party follow
    rules of its own.
    """

    nation: str = ""
    motto: str = ""
    number: str = ""
    dated: str = ""
    matter: str = ""
    address: str = ""
    addresses: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    last: str = ""
    is_machine_read: bool = False
    is_whole: bool = True
    has_foot: bool = True
    is_of_the_party: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that is not as a rule wants it: the rule's id and the rest of a Finding."""

    rule: str
    field: str
    message: str
    said: str = ""
    fix: str = ""
    at: int | None = None
