"""Office documents (DOCX, XLSX): nothing that runs, nothing fetched from elsewhere, every part whole.

Sources: ECMA-376 parts 1 and 2; the relationship types are those that Word and Excel follow without asking.
"""

import posixpath
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from tram.files.rules.formulas import Fields, hear_formula, see_sheet
from tram.files.rules.kinds import EICAR
from tram.files.rules.pixels import declared_size
from tram.files.rules.refusals import Limits, refusal
from tram.files.rules.xmls import Tally, read_part
from tram.files.rules.zips import kind_of_package, open_package, pieces

CONTENT_TYPES = "[Content_Types].xml"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
BODIES = {WORD: "docx", EXCEL: "xlsx"}
OTHER_BODIES = {
    "application/vnd.ms-word.document.macroEnabled.main+xml": "office_macro_word",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml": "office_macro_word",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": "office_macro_excel",
    "application/vnd.ms-excel.template.macroEnabled.main+xml": "office_macro_excel",
    "application/vnd.ms-excel.addin.macroEnabled.main+xml": "office_macro_excel",
    "application/vnd.ms-excel.sheet.binary.macroEnabled.main": "office_xlsb",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": "office_template_kind",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": "office_template_kind",
}
OUTSIDE = {
    "attachedTemplate": "office_template",
    "oleObject": "office_outside_object",
    "image": "office_outside_picture",
    "externalLinkPath": "office_outside_sheet",
    "xlPathMissing": "office_outside_sheet",
}
INSIDE = {
    "vbaProject": "office_macro_hidden",
    "xlMacrosheet": "office_macro_sheet",
    "xlIntlMacrosheet": "office_macro_sheet",
    "oleObject": "office_ole",
    "control": "office_activex",
    "activeXControlBinary": "office_activex",
    "aFChunk": "office_chunk",
    "connections": "office_connection",
    "queryTable": "office_connection",
}
SCRIPT_LINK = re.compile(
    r"(?i)[\s\x00-\x20]*((javascript|vbscript|data|mhtml|mk|ms-[\w-]+|search-ms|shell):"
    r"|file:.*\.(exe|bat|cmd|ps1|vbs|js|hta|lnk|scr)\b)"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROGRAMS = (b"MZ\x90", b"\x7fELF", b"\xca\xfe\xba\xbe", b"#!/")
NESTED_LIMIT = 32 * 1024 * 1024


def inspect_package(file: BinaryIO, size: int, path: Path, limits: Limits, inner: bool = False) -> str:
    """Check an Office document whole; returns "docx" or "xlsx"; raises FileRefused with the first thing found."""
    package = open_package(file, size, limits)
    names = {entry.filename for entry in package.infolist()}
    if CONTENT_TYPES not in names:
        file.seek(0)
        raise refusal(kind_of_package(names, file.read(200), path))
    tally = Tally(limits.elements)
    types = _types(package, tally)
    kind = _kind(types, names)
    _check_types(types)
    for entry in package.infolist():
        if entry.filename.endswith(".rels"):
            _check_relations(package, entry, tally)
    for entry in package.infolist():
        _check_part(package, entry, limits, inner, tally)
    return kind


def _types(package: zipfile.ZipFile, tally: Tally) -> dict[str, str]:
    """Part name -> its content type, from the package's own list; defaults under ".extension"."""
    types: dict[str, str] = {}

    def see(element: str, values: dict[str, str]) -> None:
        if element in ("Override", "Default"):
            types[values.get("PartName", "." + values.get("Extension", ""))] = values.get("ContentType", "")

    read_part(package, package.getinfo(CONTENT_TYPES), see=see, tally=tally)
    return types


def _kind(types: dict[str, str], names: set[str]) -> str:
    """The kind by the type of the main part, which must be there."""
    for part, type_ in types.items():
        if type_ in OTHER_BODIES:
            raise refusal(OTHER_BODIES[type_])
        if type_ in BODIES and part.lstrip("/") in names:
            return BODIES[type_]
    if any("presentationml" in type_ for type_ in types.values()):
        raise refusal("presentation")
    raise refusal("office_no_body")


def _check_types(types: dict[str, str]) -> None:
    for part, type_ in types.items():
        if "vbaProject" in type_ or "vbaData" in type_:
            raise refusal("office_macro_hidden", entry=part)
        if "macrosheet" in type_:
            raise refusal("office_macro_sheet")
        if "activeX" in type_:
            raise refusal("office_activex")


def _check_relations(package: zipfile.ZipFile, entry: zipfile.ZipInfo, tally: Tally) -> None:
    """What a part points at: inside only to harmless parts, outside only by links that a person must click."""

    def see(element: str, values: dict[str, str]) -> None:
        if element != "Relationship":
            return
        kind, target = posixpath.basename(values.get("Type", "")), values.get("Target", "")
        if SCRIPT_LINK.match(target):
            raise refusal("office_script_link", target=target)
        if values.get("TargetMode") == "External" and kind != "hyperlink":
            raise refusal(OUTSIDE.get(kind, "office_outside_part"), target=target)
        if kind in INSIDE:
            raise refusal(INSIDE[kind], entry=target)
        if kind == "package" and "/charts/" not in entry.filename:
            raise refusal("office_embedded", entry=target)

    read_part(package, entry, see=see, tally=tally)


def _check_part(package: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits, inner: bool, tally: Tally) -> None:
    """Read one part to its end: its first bytes say what it may be, its checksum that it is whole."""
    if entry.is_dir():
        return
    name = entry.filename.lower()
    if name.endswith((".xml", ".rels", ".vml")):
        _check_xml(package, entry, tally)
        return
    head = _read_through(package, entry)
    if "vbaproject" in name:
        raise refusal("office_macro_hidden", entry=entry.filename)
    if "activex" in name:
        raise refusal("office_activex")
    if EICAR in head:
        raise refusal("office_eicar", entry=entry.filename)
    if head.startswith(OLE):
        raise refusal("office_ole", entry=entry.filename)
    if head.startswith(PROGRAMS):
        raise refusal("office_program", entry=entry.filename)
    if head.startswith(b"PK\x03\x04"):
        _check_nested(package, entry, limits, inner)
    pixels = declared_size(head)
    if pixels > limits.pixels:
        raise refusal("office_picture", size=pixels, limit=limits.pixels)


def _read_through(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    head = b""
    for piece in pieces(package, entry):
        head = head or piece[: 256 * 1024]
    return head


def _check_nested(package: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits, inner: bool) -> None:
    """A chart carries its figures as a small workbook, one floor down; anything else packed inside is refused."""
    if inner or not entry.filename.lower().endswith(".xlsx") or entry.file_size > NESTED_LIMIT:
        raise refusal("zip_nested", entry=entry.filename)
    content = b"".join(pieces(package, entry))
    inspect_package(BytesIO(content), len(content), Path(entry.filename), limits, inner=True)


def _check_xml(package: zipfile.ZipFile, entry: zipfile.ZipInfo, tally: Tally) -> None:
    name = entry.filename.lower()
    if name.startswith("word/"):
        fields = Fields()
        read_part(package, entry, see=fields.see, hear=fields.hear, speak=("instrText",), tally=tally)
    elif name.startswith("xl/"):
        formulas = ("f", "definedName", "formula1", "ddeItem")
        read_part(package, entry, see=see_sheet, hear=hear_formula, speak=formulas, tally=tally)
    else:
        read_part(package, entry, tally=tally)
