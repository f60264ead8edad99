"""The same sheet as an editable Word file (ISO/IEC 29500), of the same measures; written with the standard library alone."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from PIL import ImageFont

from tram.formats.rules.word_parts import parts
from tram.web.paper import FONTS

MM = 1440 / 25.4
"""Twentieths of a point in a millimetre, as Word counts."""
LEFT, RIGHT, TOP, BOTTOM = (round(side * MM) for side in (30, 15, 20, 20))
TEXT, HEAD_LEFT, HEAD_RIGHT, HEAD_TEXT = round(165 * MM), round(69 * MM), round(96 * MM), round(66 * MM)
INDENT, GAP, LINE = 720, 120, 264
"""First line 1.27 cm; 6 points between paragraphs; 1.1 lines (240 is a single one)."""
SIGNING_ROOM = round(30 * MM)
NAMESPACE = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def word_file(data: dict[str, Any]) -> bytes:
    """The bytes of a .docx drawn from `drawing.data_of`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        fixed = parts(data["title"], data["author"], "" if data["is_copy"] else data["contact"])
        for name, text in {**fixed, "word/document.xml": _document(data)}.items():
            # a fixed moment, so that the same sheet gives the same bytes
            archive.writestr(zipfile.ZipInfo(name, (2020, 3, 5, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _document(data: dict[str, Any]) -> str:
    pieces, is_turned = [*_page(data)], False
    for appendix in data["appendices"]:
        pieces.append(f"<w:p><w:pPr>{_section(is_turned)}</w:pPr></w:p>")
        pieces += _appendix(appendix)
        is_turned = appendix["is_landscape"]
    body = "".join(pieces) + _section(is_turned)
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {NAMESPACE}><w:body>{body}</w:body></w:document>'


def _page(data: dict[str, Any]) -> Iterator[str]:
    if data["is_copy"]:
        yield _paragraph("", border="bottom", after=120)
        yield _table([[_agency(data), _line(data["kind_name"], size=14, bold=True)], [_number(data), _dated(data)]])
    else:
        yield _table(
            [
                [_agency(data), _nation()],
                [_number(data) + _under_number(data), _dated(data) if data["has_date"] else _line("")],
            ]
        )
        yield from _titled(data)
        yield from _addressed(data)
        if data["authority"]:
            yield _line(data["authority"], size=14, bold=True, before=120, after=GAP)
        for at, ground in enumerate(data["grounds"]):
            yield _paragraph(_run(ground + (";" if at + 1 < len(data["grounds"]) else "."), italic=True))
        if data["resolves"]:
            yield _line(data["resolves"], size=14, bold=True, before=60, after=GAP)
        yield from (_block(one) for one in data["body"])
    yield _paragraph("", after=0, indent=0)
    yield _foot(data)


def _agency(data: dict[str, Any]) -> str:
    lines = [_line(_evened(words, 12, HEAD_TEXT), size=12) for words in data["superior"]]
    organ = [_evened(words, 12, HEAD_TEXT, bold=True) for words in data["organ"]]
    lines += [_line(words, size=12, bold=True) for words in organ]
    last = _width(organ[-1].splitlines()[-1], 12, bold=True) if organ else 0
    return "".join(lines) + _rule(HEAD_LEFT, last * 0.4)


def _nation() -> str:
    motto = "Độc lập - Tự do - Hạnh phúc"
    head = _line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True) + _line(motto, size=13, bold=True)
    return head + _rule(HEAD_RIGHT, _width(motto, 13, bold=True))


def _number(data: dict[str, Any]) -> str:
    return _line(f"Số: {data['number'] or ' ' * 8}/{data['notation']}", size=13, before=80)


def _under_number(data: dict[str, Any]) -> str:
    matter = _evened(f"V/v {data['matter']}", 12, HEAD_TEXT - 200)
    under = _line(matter, size=12, before=120) if data["matter"] else ""
    for words, colour in ((data["urgency"], "E00000"), (data["circulation"], "000000")):
        if words:
            under += _stamp(words, colour, data["urgency_width"] if words == data["urgency"] else 0)
    return under


def _dated(data: dict[str, Any]) -> str:
    day, month, year = data["day"] or " " * 5, data["month"] or " " * 5, data["year"] or " " * 8
    return _line(f"{data['place']}, ngày {day} tháng {month} năm {year}", size=13, italic=True, before=80)


def _titled(data: dict[str, Any]) -> Iterator[str]:
    if data["kind_name"]:
        yield _line(data["kind_name"], size=14, bold=True, before=280, outline=0)
        subject = _evened(data["subject"], 14, round(TEXT * 0.88), bold=True)
        if subject:
            yield _line(subject, size=14, bold=True, before=60)
        length = _width(subject.splitlines()[-1], 14, bold=True) * 0.4 if subject else 25 * MM
        yield _rule(TEXT, length) + _line("", size=8)


def _addressed(data: dict[str, Any]) -> Iterator[str]:
    names, label = data["addressees"], data["address_label"]
    if len(names) == 1 and label == "Kính gửi":
        yield _line(f"Kính gửi: {names[0]}", size=14, before=240, after=200)
    elif names:
        start = _width(label, 14)
        longest = max(_width(f"- {name};", 14) for name in names)
        shift = max(0, (TEXT - start - longest) // 2)
        yield _paragraph(_run(f"{label}:"), indent=0, left=shift, before=240, after=60, align="left")
        for at, name in enumerate(names):
            last = at + 1 == len(names)
            yield _paragraph(
                _run(f"- {name}{'.' if last else ';'}"), indent=-170, left=shift + start + 170, after=200 if last else 60, align="left"
            )  # fmt: skip


def _block(block: dict[str, Any]) -> str:
    kind, number, title, words = (block[name] for name in ("kind", "number", "title", "text"))
    if kind in ("part", "chapter", "section", "subsection"):
        head = _line(f"{block['word']} {number}", size=14, bold=True, before=180, after=0 if title else GAP, outline=1)
        return head + (_line(title, size=14, bold=True, after=GAP) if title else "")
    if kind == "article":
        led = _run(f"Điều {number}." + (f" {title}" if title else ""), bold=True)
        return _paragraph(led + (_run(f" {words}") if words else ""), outline=2)
    if kind == "heading" or (kind == "clause" and title):
        head = _paragraph(_run(f"{number}. {title}", bold=True), outline=2 if kind == "clause" else 1, keep=True)
        return head + (_paragraph(_run(words)) if words else "")
    if kind == "centred":
        return _line(words, size=14, bold=True, before=60, after=GAP)
    if kind == "table":
        return _data_table(block)
    lead = {"clause": f"{number}. ", "point": f"{number}) ", "bullet": f"{number or '-'} "}.get(kind, "")
    return _paragraph(_run(lead + words))


def _data_table(block: dict[str, Any]) -> str:
    fixed = sum(column["width"] for column in block["columns"] if not column["share"])
    shares = sum(column["share"] for column in block["columns"])
    free = max(0.0, 163 - fixed)
    widths = [
        round((column["share"] / shares * free if column["share"] else column["width"]) * MM)
        for column in block["columns"]
    ]
    rows = []
    for at, row in enumerate(block["rows"]):
        head = block["has_head"] and at == 0
        cells = [
            _paragraph(
                _run(words, size=13, bold=head),
                indent=0,
                before=40,
                after=40,
                line=240,
                align="center" if head else column["align"],
            )
            for words, column in zip(row, block["columns"], strict=True)
        ]
        rows.append(_row(cells, widths, is_head=head))
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return _whole_table(rows, widths, f"<w:tblBorders>{edges}</w:tblBorders>") + _paragraph(
        "", after=60, indent=0, line=240, size=6
    )


def _foot(data: dict[str, Any]) -> str:
    half = TEXT // 2
    if data["secretary"]:
        signed = _table([[_signed(data["secretary"]), _signed(data["signature"])]], [half, half])
        return signed + _copies(data)
    widths = [round(TEXT * 0.46), round(TEXT * 0.54)]
    return _table([[_copies(data), _signed(data["signature"])]], widths)


def _copies(data: dict[str, Any]) -> str:
    if not data["recipients"] and not data["drafter"]:
        return _line("")
    lines = _paragraph(_run("Nơi nhận:", size=12, bold=True, italic=True), indent=0, after=0, line=240, align="left")
    for at, words in enumerate(data["recipients"]):
        end = ";" if at + 1 < len(data["recipients"]) else "."
        lines += _paragraph(_run(f"- {words}{end}", size=11), indent=-130, left=130, after=0, line=240, align="left")
    if data["drafter"]:
        lines += _paragraph(_run(data["drafter"], size=11), indent=0, before=120, after=0, line=240, align="left")
    return lines


def _signed(signature: dict[str, Any]) -> str:
    lines = "".join(_line(words, size=14, bold=True, keep=True) for words in signature["titles"])
    post = _line(signature["post"], size=14, bold=True, before=SIGNING_ROOM, keep=True) if signature["post"] else ""
    return lines + post + _line(signature["name"], size=14, bold=True, before=0 if post else SIGNING_ROOM)


def _appendix(appendix: dict[str, Any]) -> Iterator[str]:
    yield _line(appendix["name"], size=14, bold=True, outline=0)
    if appendix["title"]:
        yield _line(appendix["title"], size=14, bold=True, before=60)
    yield _line(_evened(appendix["reference"], 14, round(TEXT * 0.92)), size=14, italic=True, before=60)
    yield _rule(TEXT, 40 * MM) + _line("", size=8)
    yield from (_block(one) for one in appendix["body"])


def _stamp(words: str, colour: str, width: int) -> str:
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="8" w:space="0" w:color="{colour}"/>'
        for side in ("top", "left", "bottom", "right")
    )
    wide = round((width or 60) * MM)
    cell = _row([_line(words, size=13, bold=True, colour=colour)], [wide], height=round(8 * MM))
    return (
        _line("", size=4)
        + _whole_table([cell], [wide], f"<w:tblBorders>{edges}</w:tblBorders>", centred=True)
        + _line("", size=4)
    )


def _table(rows: list[list[str]], widths: list[int] | None = None) -> str:
    sides = widths or [HEAD_LEFT, HEAD_RIGHT]
    return _whole_table([_row(row, sides) for row in rows], sides, "")


def _whole_table(rows: list[str], widths: list[int], borders: str, *, centred: bool = False) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    centre = '<w:jc w:val="center"/>' if centred else ""
    margins = (
        '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
        if borders
        else ('<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>')
    )
    inward = '<w:tblInd w:w="57" w:type="dxa"/>' if borders and not centred else ""
    look = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>{centre}{borders}{inward}<w:tblLayout w:type="fixed"/>{margins}'
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _row(cells: Iterable[str], widths: list[int], *, is_head: bool = False, height: int = 0) -> str:
    look = (f'<w:trHeight w:val="{height}" w:hRule="exact"/>' if height else "") + ("<w:tblHeader/>" if is_head else "")
    middle = '<w:vAlign w:val="center"/>' if height or is_head else ""
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{middle}</w:tcPr>{cell}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{look}</w:trPr>{made}</w:tr>"


def _line(
    words: str, *, size: float = 14, bold: bool = False, italic: bool = False, before: int = 0, after: int = 0,
    outline: int | None = None, keep: bool = False, colour: str = "", sides: int = 0,
) -> str:  # fmt: skip
    """One centred line without an indent."""
    run = _run(words, size=size, bold=bold, italic=italic, colour=colour) if words else ""
    return _paragraph(
        run,
        indent=0,
        before=before,
        after=after,
        line=240,
        align="center",
        outline=outline,
        keep=keep,
        left=sides,
        right=sides,
        size=size,
    )


def _paragraph(
    runs: str, *, indent: int = INDENT, left: int = 0, right: int = 0, before: int = 0, after: int = GAP, line: int = LINE,
    align: str = "both", outline: int | None = None, keep: bool = False, border: str = "", size: float = 0,
) -> str:  # fmt: skip
    look = "<w:keepNext/>" if keep else ""
    if border:
        look += f'<w:pBdr><w:{border} w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
    look += f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'
    first = f'w:firstLine="{indent}"' if indent >= 0 else f'w:hanging="{-indent}"'
    look += f'<w:ind w:left="{left}" w:right="{right}" {first}/><w:jc w:val="{align}"/>'
    if outline is not None:
        look += f'<w:outlineLvl w:val="{outline}"/>'
    if size and not runs:
        look += f'<w:rPr><w:sz w:val="{round(size * 2)}"/></w:rPr>'
    return f"<w:p><w:pPr>{look}</w:pPr>{runs}</w:p>"


def _rule(width: int, length: float) -> str:
    """A drawn line in the middle of the width: the upper border of a flat, empty paragraph."""
    side = max(0, round((width - length) / 2))
    border = '<w:pBdr><w:top w:val="single" w:sz="5" w:space="1" w:color="000000"/></w:pBdr>'
    look = f'{border}<w:spacing w:before="60" w:after="0" w:line="40" w:lineRule="exact"/><w:ind w:left="{side}" w:right="{side}" w:firstLine="0"/>'
    return f'<w:p><w:pPr>{look}<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'


def _run(words: str, *, size: float = 14, bold: bool = False, italic: bool = False, colour: str = "") -> str:
    look = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    look += f'<w:color w:val="{colour}"/>' if colour else ""
    look += f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in words.split("\n"))
    return f"<w:r><w:rPr>{look}</w:rPr>{lines}</w:r>"


def _section(landscape: bool) -> str:
    wide, high = (16838, 11906) if landscape else (11906, 16838)
    turned = ' w:orient="landscape"' if landscape else ""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:headerReference w:type="first" r:id="rId3"/>'
        '<w:footerReference w:type="first" r:id="rId4"/>'
        f'<w:type w:val="nextPage"/><w:pgSz w:w="{wide}" w:h="{high}"{turned}/>'
        f'<w:pgMar w:top="{TOP}" w:right="{RIGHT}" w:bottom="{BOTTOM}" w:left="{LEFT}" w:header="567" w:footer="567" w:gutter="0"/>'
        '<w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>'
    )


@cache
def _face(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"Tinos-{'Bold' if bold else 'Regular'}.ttf"), 1000)


def _width(words: str, size: float, *, bold: bool = False) -> int:
    """How long a line is when it is drawn, in twentieths of a point."""
    return round(_face(bold).getlength(words) / 1000 * size * 20)


def _evened(words: str, size: float, most: int, *, bold: bool = False) -> str:
    """The words on as few lines as they need, all of about one length, apart by line ends."""
    parts = words.split()
    if not parts or _width(words, size, bold=bold) <= most:
        return words
    for lines in range(2, len(parts) + 1):
        best = _parted(parts, lines, lambda some: _width(" ".join(some), size, bold=bold))
        if max(_width(line, size, bold=bold) for line in best) <= most or lines == len(parts):
            return "\n".join(best)
    return words


def _parted(parts: list[str], lines: int, wide: Callable[[list[str]], int]) -> list[str]:
    """The parts on so many lines that the longest is as short as can be."""
    if lines == 1:
        return [" ".join(parts)]
    least = sum(map(len, parts)) // lines
    choices = []
    for at in range(1, len(parts) - lines + 2):
        if abs(sum(map(len, parts[:at])) - least) < 14:
            rest = _parted(parts[at:], lines - 1, wide)
            choices.append([" ".join(parts[:at]), *rest])
    choices = choices or [[parts[0], *_parted(parts[1:], lines - 1, wide)]]
    return min(choices, key=lambda some: max(wide(line.split()) for line in some))
