"""How sites look: what an agency chose, and what it takes after the agencies above it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tram.kernel.actors import Actor, entitled
from tram.kernel.verdicts import Hidden
from tram.organisation.models import Unit
from tram.skins.models import Skin
from tram.skins.policy import may_dress
from tram.skins.rules import USUAL, Told
from tram.skins.rules import digest as digest
from tram.skins.rules import in_the_dark as in_the_dark
from tram.web.rows import read

FIELDS = ("colour", "slogan", "foot", "logo")
WORN = """
WITH RECURSIVE up AS (
    SELECT id, parent_id, name, 0 AS far FROM organisation_unit WHERE id = %(unit)s
    UNION ALL
    SELECT u.id, u.parent_id, u.name, up.far + 1 FROM organisation_unit u JOIN up ON u.id = up.parent_id WHERE up.far < 20
)
SELECT up.id, up.name, s.colour, s.slogan, s.foot, s.logo
FROM up JOIN skins_skin s ON s.agency_id = up.id AND s.since_at IS NOT NULL AND s.until_at IS NULL
ORDER BY up.far
"""


@dataclass(frozen=True, slots=True)
class Worn:
    """Diện mạo đang hiện: each field by itself, its own or of the nearest agency above that has one. `whose`: field -> agency, name."""

    colour: str
    slogan: str
    foot: str
    logo: UUID | None
    whose: dict[str, tuple[int, str]]

    @property
    def shade(self) -> str:
        """The colour, the usual one where nobody chose."""
        return self.colour or USUAL


Row = tuple[int, str, str, str, str, UUID | None]


def worn(unit: int) -> Worn:
    """What the site of an agency wears. One query."""
    return _folded(read(WORN, unit=unit))


def _folded(rows: Sequence[Row | tuple[object, ...]]) -> Worn:
    """The nearest of each field; `rows` from the agency itself upwards."""
    found: dict[str, object] = {"colour": "", "slogan": "", "foot": "", "logo": None}
    whose: dict[str, tuple[int, str]] = {}
    for agency, name, *values in rows:
        for field, value in zip(FIELDS, values, strict=True):
            if value and field not in whose:
                found[field], whose[field] = value, (agency, name)  # type: ignore[assignment]
    return Worn(**found, whose=whose)  # type: ignore[arg-type]


def worn_with(skin: Skin | None, agency: Unit) -> Worn:
    """What the site would wear in this skin instead of its own, or in none. One query."""
    above = [row for row in read(WORN, unit=agency.pk) if row[0] != agency.pk]
    own: list[Row] = [(agency.pk, agency.name, skin.colour, skin.slogan, skin.foot, skin.logo)] if skin else []
    return _folded([*own, *above])


def own_agency(actor: Actor, on: date) -> Unit:
    """The agency from which somebody acts, where they say how its site looks. Raises Hidden without one, Refused for others."""
    entitled(actor, Unit(pk=actor.agency), may_dress, on)
    found = Unit.objects.filter(pk=actor.agency, is_agency=True, abolished_on=None).first()
    if found is None:
        raise Hidden
    return found


def open_skin(agency: int) -> Skin | None:
    """What the agency itself chose and everybody sees."""
    return Skin.objects.filter(agency=agency, since_at__isnull=False, until_at=None).first()


def tried(agency: int) -> Skin | None:
    """What is being tried, seen by nobody outside."""
    return Skin.objects.filter(agency=agency, since_at=None).first()


def log_of(agency: int, limit: int = 50) -> list[Skin]:
    """What the agency ever let out, the last first."""
    return list(Skin.objects.filter(agency=agency, since_at__isnull=False).order_by("-pk")[:limit])


def is_worn(logo: UUID) -> bool:
    """Whether this picture stands at the head of a site now."""
    return Skin.objects.filter(logo=logo, since_at__isnull=False, until_at=None).exists()


def public_skins(after: int, limit: int) -> list[Skin]:
    """What is worn now, in the order of keys, for whoever looks through the portal."""
    rows = Skin.objects.filter(since_at__isnull=False, until_at=None, pk__gt=after).select_related("agency")
    return list(rows.order_by("pk")[:limit])


def told_of(skin: Skin) -> Told:
    """Its words and its colour."""
    return Told(skin.colour, skin.slogan, skin.foot)


def mark_of(skin: Skin) -> str:
    """The hash of what everybody sees of it."""
    return digest(told_of(skin), skin.logo_sha256)
