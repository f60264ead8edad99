"""Who may sign what: the seats that the rule names, in what authority, on what ground (NĐ 30/2020 Điều 13)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from tram.kernel.actors import ROLES
from tram.organisation.models import Delegation, RoleGrant, Unit, UnitVersion
from tram.organisation.queries import seats_by_post, seats_with_role
from tram.outgoing.models import Outgoing
from tram.outgoing.rules import rule_for, signature_lines


def abbreviations(document: Outgoing, on: date) -> tuple[str, str]:
    """How agency and drafting unit are abbreviated that day; "" for the unit where the agency itself drafts."""
    rows = UnitVersion.objects.filter(Q(until=None) | Q(until__gte=on), since__lte=on)
    named = dict(rows.filter(unit__in=(document.agency_id, document.unit_id)).values_list("unit", "abbr"))
    agency = named.get(document.agency_id, "")
    return agency, "" if document.unit_id == document.agency_id else named.get(document.unit_id, "")


COLLECTIVE = "Ủy ban nhân dân"


@dataclass(frozen=True, slots=True)
class Signer:
    """Người ký được: a seat that the rule names, in what authority and on what ground, with the lines over the name."""

    post: int
    unit: int
    title: str
    name: str
    account: int | None
    mark: str
    ground: str
    evidence: tuple[str, ...]
    lines: tuple[str, ...]
    rule: str

    @property
    def label(self) -> str:
        """How lists call them."""
        return f"{self.name}, {self.title}" if self.name else self.title


def signers(document: Outgoing, on: date) -> list[Signer]:
    """Who may sign this kind of this unit and field on a day, in the order of the rule (catalogue/signers.yaml)."""
    rule = rule_for(document.kind, document.field, abbreviations(document, on)[1])
    agency = Unit.objects.get(pk=document.agency_id)
    heads = seats_with_role(["director", "chair"], agency.pk, on)
    head = heads[0].title if heads else ""
    asked = {row["role"]: row["mark"] for row in rule["signers"]}
    grounds = _grounds(agency.pk, list(asked), on)
    seats = seats_by_post({post for post, _role, *_ in grounds}, on)
    found: dict[int, Signer] = {}
    for role, mark in asked.items():
        held = [(seats[post], lent, words, ref) for post, kind, lent, words, ref in grounds if kind == role]
        for seat, lent, words, ref in sorted(held, key=lambda one: one[0].rank):
            sign = "TUQ." if lent else mark
            collective = (
                COLLECTIVE if sign in ("TM.", "KT.") and "chair" in asked and _is_committee(heads, agency) else ""
            )
            lines = signature_lines(sign, seat.title, head, collective)
            found.setdefault(
                seat.post,
                Signer(
                    seat.post, seat.unit, seat.title, seat.name, seat.account, sign, words, (ref,), lines, rule["name"]
                ),
            )
    return list(found.values())


def _is_committee(heads: list[Any], agency: Unit) -> bool:
    """Whether the agency is led by a chair, so that its letters are signed in the name of the collective."""
    return bool(heads) and RoleGrant.objects.filter(post=heads[0].post, role="chair", unit=agency).exists()


def _grounds(agency: int, roles: list[str], on: date) -> list[tuple[int, str, bool, str, str]]:
    """(post, role, whether lent, the ground in words, its ref) of every seat with one of the roles over the agency."""
    over = {"unit": agency, "role__in": roles, "since__lte": on}
    granted = RoleGrant.objects.filter(Q(until=None) | Q(until__gte=on), **over).order_by("pk")
    lent = Delegation.objects.filter(until__gte=on, **over).order_by("pk")
    return [
        *(
            (row.post_id, row.role, False, f"{ROLES[row.role].capitalize()} từ {row.since:%d/%m/%Y}: {row.cause or 'phân công'}",
             f"organisation.rolegrant/{row.pk}")
            for row in granted
        ),
        *(
            (row.taker_id, row.role, True, f"Ủy quyền đến {row.until:%d/%m/%Y}: {row.document}",
             f"organisation.delegation/{row.pk}")
            for row in lent
        ),
    ]  # fmt: skip
