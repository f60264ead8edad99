"""Kinds, books and positions are complete, unambiguous and fit each other."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml

CATALOGUE = Path(__file__).parents[2] / "catalogue"
ROLES = {
    "clerk", "specialist", "unit_head", "office_chief", "director", "deputy_director", "chair", "vice_chair", "assistant",
    "desk_officer", "inspector", "editor", "publisher", "statistician", "archivist", "admin_org", "admin_province", "auditor",
}  # fmt: skip


def read(name: str) -> Any:
    return yaml.safe_load((CATALOGUE / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def kinds() -> Any:
    return read("document_kinds.yaml")


def test_there_are_twenty_nine_kinds_three_copies_and_the_legal_kinds_apart(kinds):
    assert [len(kinds[group]) for group in ("administrative", "copies", "legal")] == [29, 3, 11]


def test_no_two_kinds_share_a_code_and_no_two_named_kinds_of_a_group_an_abbreviation(kinds):
    codes = [kind["code"] for group in kinds.values() for kind in group]
    assert len(set(codes)) == len(codes)
    for group in kinds.values():
        short = [kind["abbreviation"] for kind in group if kind["abbreviation"]]
        assert len(set(short)) == len(short)


def test_only_the_letter_and_the_courtesy_letter_have_no_name(kinds):
    administrative = kinds["administrative"]
    assert {kind["name"] for kind in administrative if not kind["has_name"]} == {"Công văn", "Thư công"}
    assert all(bool(kind["abbreviation"]) == kind["has_name"] for kind in administrative)


def test_deadlines_are_working_days_or_nothing(kinds):
    assert all(kind["deadline"] is None or 1 <= kind["deadline"] <= 15 for group in kinds.values() for kind in group)


def test_each_numbering_scheme_gives_every_kind_one_outgoing_book(kinds):
    books = read("books.yaml")
    everything = {kind["code"] for group in kinds.values() for kind in group}
    for scheme in books["schemes"]:
        given: list[str] = []
        for book in books["books"]:
            if (
                book["direction"] == "out"
                and not book["secret"]
                and book.get("scheme", scheme["code"]) == scheme["code"]
            ):
                for word in book["kinds"]:
                    given += [kind["code"] for kind in kinds.get(word, [])] or [word]
        assert sorted(given) == sorted(everything)


def test_secret_papers_have_books_of_their_own_in_both_directions():
    assert {book["direction"] for book in read("books.yaml")["books"] if book["secret"]} == {"in", "out"}


def test_positions_carry_known_roles_and_every_role_but_the_publisher_has_a_position():
    positions = read("positions.yaml")["positions"]
    carried = {role for position in positions for role in position["roles"]}
    assert carried <= ROLES
    assert ROLES - carried == {"publisher"}
    assert len({position["code"] for position in positions}) == len(positions)


def test_the_protocol_puts_the_chair_first_and_the_specialist_behind_the_head():
    rank = {position["code"]: position["rank"] for position in read("positions.yaml")["positions"]}
    order = ["province-chair", "director", "deputy-director", "commune-chair", "division-head", "specialist", "clerk"]
    assert [rank[code] for code in order] == sorted(rank[code] for code in order)


@pytest.mark.parametrize("name", ["document_kinds.yaml", "books.yaml", "positions.yaml"])
def test_the_file_is_nfc(name):
    text = (CATALOGUE / name).read_text(encoding="utf-8")
    assert unicodedata.normalize("NFC", text) == text
