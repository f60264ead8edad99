"""The checker: every rule of the law in force on a day, on a sheet and, where there is one, on the paper's own words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from tram.formats.rules import body_checks, foot_checks, head_checks, said_checks
from tram.formats.rules.drawing import kinds
from tram.formats.rules.said import Found, Said
from tram.formats.rules.sheet import Block, Finding, Sheet
from tram.formats.rules.words import law_on, listed

READABLE = {
    "subject_end", "subject_long", "matter_capital", "notation_letter", "notation_year", "copies_above", "copies_kept",
    "cited_full", "month_padded", "machine_read", "headless", "footless",
}  # fmt: skip
"""What a machine reader cannot have spoilt; of a text that it read nothing else is judged."""
COMPLETE = {
    "nation", "motto", "organ_missing", "notation_missing", "place_missing", "subject_missing", "titles_missing", "name_missing",
    "copies_missing", "address_missing", "authority_missing", "grounds_missing", "end_mark", "subject_end",
}  # fmt: skip
"""What a paper of Điều 7 must have; of another slip, or of a text without its head, it is not asked."""

FOOT = {"titles_missing", "name_missing", "copies_missing", "end_mark"}
"""What is not asked where the foot was not recognised: where the body ends is then not known either."""


def judged(
    sheet: Sheet, said: Said | None = None, on: date | None = None, beside: tuple[Found, ...] = ()
) -> list[Finding]:
    """What breaks the law in force on the day (the sheet's own day, else today), by cell. Nothing for older papers.

    `beside`: what was measured in the file itself.
    """
    law = law_on(on or sheet.day)
    if law is None:
        return []
    rules: dict[str, dict[str, Any]] = listed("rules")
    left_out = _left_out(sheet, said)
    findings = []
    for found in (*_found(sheet, said), *beside):
        rule = rules[found.rule]
        asked = found.rule in READABLE if said and said.is_machine_read else found.rule not in left_out
        if asked and rule.get(law["id"]) and rule.get("active", True):
            findings.append(_finding(found, rule, law, sheet, said))
    order = list(rules)
    return sorted(findings, key=lambda one: (order.index(one.rule), one.at or 0))


def _left_out(sheet: Sheet, said: Said | None) -> set[str]:
    if sheet.kind not in kinds() or (said and not said.is_whole):
        return COMPLETE
    return FOOT if said and not said.has_foot else set()


def _found(sheet: Sheet, said: Said | None) -> Iterator[Found]:
    for check in (*head_checks.CHECKS, *body_checks.CHECKS, *foot_checks.CHECKS):
        yield from check(sheet)
    if said is not None:
        for heard in said_checks.CHECKS:
            yield from heard(sheet, said)


def _finding(found: Found, rule: dict[str, Any], law: dict[str, Any], sheet: Sheet, said: Said | None) -> Finding:
    unsure = said is not None and said.is_machine_read
    cell = str(rule["cell"])
    if cell == "5a" and sheet.kind == "official_letter":
        cell = "5b"
    return Finding(
        rule=found.rule,
        cell=cell,
        field=found.field,
        message=found.message,
        article=f"{rule[law['id']]} {law['name']}",
        said=found.said,
        fix=found.fix,
        at=found.at,
        is_wrong=rule.get("wrong", True) and not unsure,
    )


def is_mendable(finding: Finding) -> bool:
    """Whether it says what to put in place of which words."""
    return bool(finding.said and (finding.fix or finding.rule in REMOVED))


def mended(sheet: Sheet, finding: Finding) -> Sheet:
    """The sheet with the finding's fix put in place of what it said; the same sheet where nothing can be put."""
    if not is_mendable(finding):
        return sheet
    said, fix, at = finding.said, finding.fix, finding.at
    if finding.field in ("titles", "name"):
        signed = sheet.signature
        if finding.field == "name":
            return replace(sheet, signature=replace(signed, name=signed.name.replace(said, fix, 1)))
        titles = tuple(line.replace(said, fix, 1) if place == at else line for place, line in enumerate(signed.titles))
        return replace(sheet, signature=replace(signed, titles=titles))
    value = getattr(sheet, finding.field, None)
    if finding.field == "body" and at is not None:
        return replace(
            sheet, body=tuple(_block(one, said, fix) if place == at else one for place, one in enumerate(sheet.body))
        )
    changed: dict[str, Any] = {}
    if isinstance(value, tuple) and at is not None:
        changed[finding.field] = tuple(
            line.replace(said, fix, 1) if place == at else line for place, line in enumerate(value)
        )
    elif isinstance(value, str):
        changed[finding.field] = value.replace(said, fix, 1)
    return replace(sheet, **changed)


REMOVED = ("ground_law", "notation_year", "matter_label", "font_letter")
"""Rules whose fix is to take the words away."""


def _block(block: Block, said: str, fix: str) -> Block:
    if block.number == said:
        return replace(block, number=fix)
    rows = tuple(tuple(cell.replace(said, fix) for cell in row) for row in block.rows)
    return replace(block, title=block.title.replace(said, fix, 1), text=block.text.replace(said, fix, 1), rows=rows)
