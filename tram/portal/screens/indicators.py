"""What the pages of indicators show: figures as they were approved, with what they mean, whose they are, what was corrected."""

from typing import Any

from django.urls import reverse

from tram.indicators.queries.figures import COMPARATORS, Gone, Point, Shown, with_unit
from tram.kernel.clock import local, local_day
from tram.portal.queries import Face, province
from tram.portal.rules.open_data import LICENCE, OF_FIGURES, Table
from tram.portal.rules.telling import data_block
from tram.portal.screens.articles import shell, whole
from tram.portal.screens.figured import MEDIA, drawn, feeds, files_of, row_of, unit_of, url_of


def indicator(line: Shown) -> dict[str, Any]:
    """One indicator, whole."""
    home, one, url = province(), line.indicator, url_of(line.slug)
    drawing, words = drawn(line)
    about = [
        ("Định nghĩa", one.definition), ("Cách tính", one.formula), ("Đơn vị tính", one.unit), ("Căn cứ", one.source),
        ("Ai cung cấp", one.supplier), ("Cơ quan giữ số liệu", line.agency_name),
        ("Cập nhật", f"{local(line.changed_at):%H:%M ngày %d/%m/%Y}"), ("Địa chỉ", whole(url)),
    ]  # fmt: skip
    return {
        "title": line.title, "line": line, "last": row_of(line), "spoken": _spoken(line), "chart": drawing,
        "chart_words": words, "points": [_point(point) for point in line.points], "about": [row for row in about if row[1]],
        "unit": unit_of(line) or "thứ hạng trên tổng số", "files": files_of(line.slug), "licence": LICENCE,
        "data": _structured(line, home, whole(url)), **shell(home, home, url), **feeds(line.slug, line.title),
    }  # fmt: skip


def _spoken(line: Shown) -> str:
    """The last figure as a sentence of its own, for the description of the page."""
    word = COMPARATORS[line.last.amount.comparator]
    told_as = with_unit(line.last.amount, line.indicator).removeprefix(line.last.amount.comparator).strip()
    return (
        f"{line.title}: {f'{word} ' if word else ''}{told_as}, {line.last.period.words}. Nguồn: {line.last.publisher}."
    )


def _point(point: Point) -> dict[str, Any]:
    return {
        "period": point.period.name, "text": point.amount.text, "publisher": point.publisher, "document": point.document,
        "link": point.link, "leads": point.leads, "note": point.note, "publication": point.publication,
        "corrections": [
            {"at": local(one.until_at), "text": one.amount.text, "reason": one.reason} for one in point.corrections
        ],
    }  # fmt: skip


def _structured(line: Shown, home: Face, url: str) -> str:
    """Dataset of schema.org, as JSON for a data block."""
    one, days = line.indicator, [point.period for point in line.points]
    first, last = min(period.begins_on for period in days), max(period.ends_on for period in days)
    return data_block({
        "@context": "https://schema.org", "@type": "Dataset", "name": line.title, "alternateName": one.name_en,
        "description": one.definition, "url": url, "inLanguage": "vi", "isAccessibleForFree": True, "license": LICENCE,
        "creator": {"@type": "GovernmentOrganization", "name": line.agency_name},
        "publisher": {"@type": "GovernmentOrganization", "name": home.name, "url": whole(home.url)},
        "dateModified": local(line.changed_at).isoformat(), "temporalCoverage": f"{first}/{last}",
        "variableMeasured": {"@type": "PropertyValue", "name": one.name, "unitText": one.unit},
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": media, "contentUrl": whole(reverse("portal:indicator_file", args=[line.slug, form]))}
            for form, media in MEDIA.items()
        ],
    })  # fmt: skip


def gone(found: Gone, address: str) -> dict[str, Any]:
    """What is told of an indicator of which nothing is public any more: since when. Not why, not what."""
    home = province()
    told_of = {"gone_at": local(found.until_at), "is_figure": True, "site_url": reverse("portal:open_data")}
    return told_of | shell(home, home, address)


def table_of(line: Shown) -> Table:
    """An indicator as open data."""
    one = line.indicator
    told_of = {
        "code": one.code, "name_en": one.name_en, "unit": one.unit, "kind": one.kind, "agency": line.agency_name,
        "about": line.about_name, "supplier": one.supplier, "source": one.source, "updated_at": local(line.changed_at),
    }  # fmt: skip
    meanings = {"Định nghĩa": one.definition} | ({"Cách tính": one.formula} if one.formula else {})
    same = {"code": one.code, "about": line.about_name or "Toàn tỉnh", "unit": one.unit}
    rows = [_cells(point) | same for point in line.points]
    return Table(line.title, whole(url_of(line.slug)), told_of, meanings, rows, OF_FIGURES, {"value": one.unit})


def _cells(point: Point) -> dict[str, Any]:
    value = point.amount.value
    return {
        "period": point.period.name, "begins_on": point.period.begins_on, "ends_on": point.period.ends_on,
        "comparator": point.amount.comparator.removeprefix("="), "value": int(value) if value == value.to_integral() else value,
        "of": point.amount.of, "publisher": point.publisher, "document": point.document, "link": point.link, "note": point.note,
        "approved_on": local_day(point.since_at),
        "corrections": "; ".join(
            f"ngày {local(one.until_at):%d/%m/%Y}, trước đây {one.amount.text}: {one.reason}" for one in point.corrections
        ),
    }  # fmt: skip


def notes_of(table: Table) -> list[tuple[str, str]]:
    """What stands beside the table in a sheet."""
    names = {
        "unit": "Đơn vị tính", "source": "Căn cứ", "supplier": "Ai cung cấp", "agency": "Cơ quan giữ số liệu", "about": "Phạm vi",
    }  # fmt: skip
    lines = [
        ("Chỉ tiêu", table.title),
        *table.meanings.items(),
        *((word, str(table.told[key])) for key, word in names.items()),
    ]
    at = f"{table.told['updated_at']:%H:%M %d/%m/%Y}"
    return [line for line in [*lines, ("Cập nhật", at), ("Địa chỉ", table.url), ("Giấy phép", LICENCE)] if line[1]]
