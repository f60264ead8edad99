"""The incoming mail: different letters in the true layout, the same on every machine."""

from collections import Counter
from datetime import date
from functools import cache

import pypdfium2
import pytest
import yaml

from tram.demo.days import dateline, later, written
from tram.demo.issuers import issuers
from tram.demo.letters import LetterFact, correspondence
from tram.demo.office import home
from tram.demo.paper import STAMPS, as_pdf, as_scan
from tram.vietnamese.calendar import CATALOGUE
from tram.vietnamese.text import nfc, tidy


@cache
def letters() -> list[LetterFact]:
    return correspondence([later(date(2026, 9, 24), turn * 42 // 400) for turn in range(400)])


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return tidy(" ".join(page.get_textpage().get_text_range() for page in document))


def test_the_same_days_give_the_same_letters():
    days = [letter.issued_on for letter in letters()]
    assert correspondence(days) == letters() != correspondence(days, seed=1)


def test_four_hundred_letters_differ_in_subject_and_in_number():
    assert len({letter.subject for letter in letters()}) == 400
    assert len({(letter.issuer_code, letter.code) for letter in letters()}) == 400


def test_all_kinds_of_senders_write_and_one_letter_in_twenty_is_urgent():
    groups = Counter(issuers()[letter.issuer_code].group for letter in letters())
    assert min(groups.values()) >= 40 and set(groups) == {"outside", "province", "department", "commune"}
    assert 0.03 < sum(letter.urgency != "normal" for letter in letters()) / 400 < 0.08


def test_every_letter_has_a_known_kind_and_a_division_to_lead_it():
    kinds = yaml.safe_load((CATALOGUE / "document_kinds.yaml").read_text(encoding="utf-8"))["administrative"]
    assert {letter.kind for letter in letters()} <= {kind["code"] for kind in kinds}
    assert all(home().division(letter.field).startswith("skhcn.") for letter in letters())


def test_numbers_of_an_issuer_rise_with_the_days():
    last: dict[tuple[str, str], int] = {}
    for letter in letters():
        series = (letter.issuer_code, "" if letter.kind == "official_letter" else letter.kind)
        assert int(letter.number) > last.get(series, 0)
        last[series] = int(letter.number)


def test_an_answer_is_asked_for_a_working_day_that_the_letter_names():
    asked = [letter for letter in letters() if letter.due_on]
    assert 120 < len(asked) < 300
    assert all(letter.due_on > letter.issued_on and letter.due_on.weekday() < 5 for letter in asked)
    assert all(written(letter.due_on) in " ".join(letter.paragraphs) for letter in asked)


def test_no_brace_is_left_and_every_text_is_nfc_and_ends_as_the_decree_says():
    for letter in letters():
        words = " ".join((letter.subject, *letter.grounds, *letter.paragraphs))
        assert "{" not in words and nfc(words) == words == tidy(words)
        assert letter.paragraphs[-1].endswith("./.") and len(letter.subject) <= 500


@pytest.mark.parametrize("kind", ["official_letter", "decision", "report", "proposal", "invitation", "notice", "plan"])
def test_the_page_says_all_that_the_fact_holds(kind):
    letter = next(letter for letter in letters() if letter.kind == kind)
    page = text_of(as_pdf(letter))
    expected = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Nơi nhận:", letter.code,
        dateline(letter.place, letter.issued_on), letter.subject, letter.parent.upper(), letter.signer_name,
        *(line.upper() for line in letter.head), *letter.signer_title, *letter.addressed_to, *letter.recipients,
        letter.kind_name.upper() if letter.named else f"V/v {letter.subject}",
    ]  # fmt: skip
    assert [words for words in expected if words not in page] == []
    assert all(paragraph.replace(" ", "") in page.replace(" ", "") for paragraph in letter.paragraphs)


def test_an_urgent_letter_bears_its_stamp():
    letter = next(letter for letter in letters() if letter.urgency != "normal")
    assert STAMPS[letter.urgency] in text_of(as_pdf(letter))


def test_the_page_is_tagged_a4_and_the_letter_is_short():
    with pypdfium2.PdfDocument(as_pdf(letters()[0])) as document:
        assert pypdfium2.raw.FPDFCatalog_IsTagged(document)
        assert [round(side / 72 * 25.4) for side in document[0].get_size()] == [210, 297]
        assert len(document) == 1


def test_a_scan_has_no_text_but_a_picture_and_is_the_same_each_time():
    letter = letters()[0]
    assert text_of(as_scan(letter)) == ""
    assert 100_000 < len(as_scan(letter)) < 1_000_000
    assert as_scan(letter) == as_scan(letter)
