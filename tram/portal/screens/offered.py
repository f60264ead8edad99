"""What open data there is: the catalogue of all of it, for people and programs, and feeds of the figures that changed last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from tram.indicators.queries.figures import Shown, changes, extents, latest, with_unit
from tram.kernel.clock import local
from tram.portal.queries import Face, faces
from tram.portal.rules.open_data import LICENCE, OFFERED, Table
from tram.portal.rules.telling import Channel, Item
from tram.portal.screens.articles import whole
from tram.portal.screens.figured import FORMS, MEDIA, url_of
from tram.portal.screens.figures import MOST_MONTHS, month_title, month_url
from tram.visits.queries import meanings, published_when
from tram.web.addresses import address

TITLE = "Danh mục dữ liệu mở"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "schema": "https://schema.org/", "xsd": "http://www.w3.org/2001/XMLSchema#",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DataSet:
    """Bộ dữ liệu mở: one that everybody may load, with what it means, whose it is, when it changed last."""

    code: str
    title: str
    title_en: str
    group: str
    definition: str
    formula: str
    unit: str
    source: str
    supplier: str
    keeper: str
    about: str
    since: date
    until: date
    count: int | None
    changed_at: datetime
    url: str
    files: Sequence[tuple[str, str]]


def _of_series(line: Shown, home: Face, told: Any) -> DataSet:
    one, here = line.indicator, url_of(line.slug)
    files = [(form, whole(address("portal:indicator_file", line.slug, form))) for form in FORMS]
    return DataSet(
        one.code, line.title, one.name_en, one.group, one.definition, one.formula, one.unit, one.source, one.supplier,
        line.agency_name, line.about_name or home.name, told.since, told.until, told.count, local(told.changed_at), whole(here), files,
    )  # fmt: skip


def _of_month(month: date, at: datetime, home: Face) -> DataSet:
    files = [(form, whole(reverse("portal:ranking_file", args=[f"{month:%Y-%m}", form]))) for form in FORMS]
    meant = " ".join(f"{word}: {meaning}" for word, meaning in meanings())
    return DataSet(
        f"portal_visits_{month:%Y_%m}", month_title(month), "Visits to portal sites per 1,000 people", "Truy cập cổng", meant,
        "Lượt truy cập chia dân số, nhân 1.000", "lượt trên 1.000 người", "Cổng thông tin điện tử của tỉnh", home.name, home.name,
        home.name, month, _last_of(month), None, local(at), whole(month_url(month)), files,
    )  # fmt: skip


def data_sets(home: Face) -> list[DataSet]:
    """Every data set, by groups. Three queries."""
    told = extents()
    lines = [_of_series(line, home, told[line.series]) for line in latest()]
    return lines + [_of_month(month, at, home) for month, at in published_when(home.unit, MOST_MONTHS)]


def as_dcat(home: Face) -> dict[str, Any]:
    """The catalogue as DCAT in JSON-LD."""
    found = data_sets(home)
    return {
        "@context": CONTEXT, "@type": "dcat:Catalog", "@id": whole(reverse("portal:open_data")), "dct:title": f"{TITLE}, {home.name}",
        "dct:description": "Số liệu mở của tỉnh: định nghĩa, đơn vị, nguồn, nơi tải.", "dct:language": "vi",
        "dct:publisher": _agent(home.name), "dct:rights": LICENCE, "foaf:homepage": whole(home.url),
        **({"dct:modified": _moment(max(one.changed_at for one in found))} if found else {}),
        "dcat:dataset": [_dataset(one) for one in found],
    }  # fmt: skip


def _dataset(one: DataSet) -> dict[str, Any]:
    told = {
        "@type": "dcat:Dataset", "@id": one.url, "dct:identifier": one.code, "dct:title": one.title,
        "schema:alternateName": one.title_en, "dct:description": one.definition, "schema:measurementTechnique": one.formula,
        "schema:unitText": one.unit, "dct:source": one.source, "schema:creator": one.supplier, "dct:publisher": _agent(one.keeper),
        "dcat:theme": one.group, "dct:spatial": one.about, "dct:language": "vi", "dct:rights": LICENCE,
        "dct:modified": _moment(one.changed_at), "schema:size": one.count, "dcat:landingPage": one.url,
        "dct:temporal": {"@type": "dct:PeriodOfTime", "dcat:startDate": f"{one.since}", "dcat:endDate": f"{one.until}"},
        "dcat:distribution": [
            {"@type": "dcat:Distribution", "dcat:downloadURL": url, "dcat:mediaType": MEDIA[form], "dct:format": form.upper()}
            for form, url in one.files
        ],
    }  # fmt: skip
    return {name: value for name, value in told.items() if value not in ("", None)}


def _agent(name: str) -> dict[str, str]:
    return {"@type": "foaf:Agent", "foaf:name": name}


def _moment(at: datetime) -> dict[str, str]:
    return {"@type": "xsd:dateTime", "@value": at.isoformat()}


def _last_of(month: date) -> date:
    return date.fromordinal(date(month.year + month.month // 12, month.month % 12 + 1, 1).toordinal() - 1)


def as_table(home: Face) -> Table:
    """The same as a table, a line for each data set."""
    rows = [
        {
            **{name: getattr(one, name) for name in OFFERED if hasattr(one, name)}, "licence": LICENCE,
            **dict(one.files),
        }
        for one in data_sets(home)
    ]  # fmt: skip
    return Table(TITLE, whole(reverse("portal:open_data")), {}, {}, rows, OFFERED, {})


def channel(site: Face, here: str) -> Channel:
    """Figures of a site as they were made public or corrected last, for a feed."""
    lines = changes(agency=site.agency)
    known = faces(list({line.agency for line in lines}))
    items = [_item(line, known[line.agency].name if line.agency in known else site.name) for line in lines]
    return Channel(f"Số liệu mở của {site.name}", whole(reverse("portal:open_data")), whole(here), items)


def channel_of(line: Shown, here: str) -> Channel:
    """The same of one indicator."""
    return Channel(line.title, whole(url_of(line.slug)), whole(here), [
        _item(one, line.agency_name) for one in line.by_change
    ])  # fmt: skip


def _item(line: Shown, agency: str) -> Item:
    """One figure of a feed: its own address, so that a correction is another item than what it corrects."""
    point = line.last
    told = f"{line.title}, {point.period.words}: {with_unit(point.amount, line.indicator)}"
    mended = point.corrections[0] if point.corrections and point.corrections[0].until_at == point.since_at else None
    source = ". ".join(word for word in (f"Nguồn: {point.publisher}", point.document, point.note) if word)
    words = f"Trước đây {mended.amount.text}. Lý do sửa: {mended.reason}. {source}." if mended else f"{source}."
    return Item(
        url=f"{whole(url_of(line.slug))}#so-{point.publication}", title=f"Sửa: {told}" if mended else told,
        at=local(point.since_at), category=line.indicator.group, summary=words, agency=agency,
    )  # fmt: skip
