"""Where a letter may go: names found in the directory, groups of agencies, and each single place on the day of issue."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q

from tram.kernel.actors import Actor
from tram.organisation.models import Unit
from tram.organisation.queries import divisions, find_units, lasting
from tram.outgoing.models import Outgoing
from tram.outgoing.rules import Content, Place, groups, spelt_out
from tram.outgoing.states import Way


def places_named(content: Content, agency: int, on: date) -> Content:
    """The content with each place found by its name: a group, a part of one's own agency, else another agency.

    A name is understood without its marks or capitals and with UBND for Ủy ban nhân dân, if it then fits one alone.
    """
    names = [place.name for place in content.places]
    if not names:
        return content
    of_group = {spelt_out(name): group.code for group in groups().values() for name in (group.name, *group.also)}
    exact, folded = _directory(agency, on)

    def found(place: Place) -> Place:
        told = spelt_out(place.name)
        if told in of_group:
            return replace(place, group=of_group[told], unit=None)
        alike = folded.get(told, [])
        return replace(place, group="", unit=exact.get(place.name) or (alike[0] if len(alike) == 1 else None))

    return replace(content, places=tuple(map(found, content.places)))


def _directory(agency: int, on: date) -> tuple[dict[str, int], dict[str, list[int]]]:
    """Units of the day by their names as written (one's own part first), and by their names spelt out."""
    exact: dict[str, int] = {}
    folded: dict[str, list[int]] = {}
    rows = Unit.objects.filter(lasting(on)).filter(Q(is_agency=True) | Q(agency=agency))
    for pk, name, of in rows.order_by("pk").values_list("pk", "name", "agency"):
        if name not in exact or of == agency:
            exact[name] = pk
        folded.setdefault(spelt_out(name), []).append(pk)
    return exact, folded


def places_like(text: str, agency: int, on: date) -> list[dict[str, Any]]:
    """What the directory offers for some letters: groups first, then agencies; `value` is the line that is written."""
    told = spelt_out(text)
    if not told:
        return []
    alike = [group for group in groups().values() if any(told in spelt_out(one) for one in (group.name, *group.also))]
    alike.sort(key=lambda group: told not in spelt_out(group.name))
    offered = [{"value": one.name, "label": one.name, "note": "gửi từng cơ quan"} for one in alike]
    units = [unit for unit in find_units(told, on) if unit.id != agency]
    return [*offered, *({"value": unit.name, "label": unit.name, "note": unit.abbr} for unit in units)]


def parts_like(text: str, actor: Actor, on: date) -> list[dict[str, Any]]:
    """Units of the person's own agency whose name or abbreviation holds the letters."""
    told = spelt_out(text)
    rows = divisions(actor.agency, on) if actor.agency and told else []
    return [
        {"value": row.name, "label": row.name, "note": row.abbr}
        for row in rows
        if told in spelt_out(row.name) or told in spelt_out(row.abbr)
    ][:8]


def each(places: Iterable[Place], agency: int, on: date) -> list[Place]:
    """The places with every group taken apart into the agencies that it holds on a day, none of them twice."""
    places = list(places)
    there = {agency, *(place.unit for place in places if place.unit)}
    alone: list[Place] = []
    for place in places:
        if not place.group:
            alone.append(place)
            continue
        members = Unit.objects.filter(lasting(on), is_agency=True, kind__in=groups()[place.group].kinds)
        for pk, name in members.exclude(pk__in=there).order_by("order", "pk").values_list("pk", "name"):
            there.add(pk)
            alone.append(replace(place, name=name, unit=pk, group=""))
    return alone


def way_of(document: Outgoing, unit: Unit | None, place: Place, *, has_file: bool) -> Way:
    """How a place gets it: as work in the house, by exchange where it is an agency here and there is a file, else as told."""
    if unit is not None and unit.agency_id == document.agency_id:
        return Way.INTERNAL
    if unit is not None and unit.is_agency and has_file:
        return Way.EXCHANGE
    return Way(place.way)


def ways(document: Outgoing, on: date) -> Counter[Way]:
    """How many places would get the letter by which way if it were issued that day."""
    kept = document.versions.get(number=document.version)
    places = each(Content.of(kept.content).places, document.agency_id, on)
    units = Unit.objects.in_bulk([place.unit for place in places if place.unit])
    has_file = document.paper_id is not None
    return Counter(way_of(document, units.get(place.unit or 0), place, has_file=has_file) for place in places)
