"""Reserved places: the fields that a PDF must have before its first signature, and filling them later.

The first signature certifies the document and allows only that these be filled; the agency's seal then locks them.
A validator that compares the revisions so finds no change that was not allowed.
Sources: ISO 32000-2, 12.7 (forms), 12.8.2 (DocMDP, FieldMDP).
"""

from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import (
    FieldMDPAction,
    FieldMDPSpec,
    InvisSigSettings,
    MDPPerm,
    SigFieldSpec,
    append_signature_field,
)

from tram.signing.rules.words import Trouble

SHOWN_AND_PRINTED = 4
EDGE = 8 * 72 / 25.4
PLAIN_FONT = "/Helv 0 Tf 0 g"


def reserve(writer: IncrementalPdfFileWriter, fields: list[dict[str, Any]]) -> None:
    """Add text and signature fields to a PDF that has none of these names. The boxes' sides are in points."""
    for told in fields:
        if told["is_signature"]:
            append_signature_field(writer, _signature_field(writer, told))
    for told in fields:
        if not told["is_signature"]:
            _add_text(writer, told)


def _signature_field(writer: IncrementalPdfFileWriter, told: dict[str, Any]) -> SigFieldSpec:
    box = _corner(writer, *told["corner"]) if told.get("corner") else told["box"]
    lock = FieldMDPSpec(FieldMDPAction.ALL) if told["locks"] else None
    sides = tuple(round(box[side]) for side in ("left", "bottom", "right", "top")) if box else None
    return SigFieldSpec(
        told["name"], on_page=box["page"] if box else 0, box=sides,
        field_mdp_spec=lock, doc_mdp_update_value=MDPPerm.NO_CHANGES if lock else None,
        readable_field_name=told["tip"] or None, invis_sig_settings=InvisSigSettings(set_print_flag=True, set_hidden_flag=False),
    )  # fmt: skip


def _corner(writer: IncrementalPdfFileWriter, width: float, height: float) -> dict[str, Any]:
    """The top right of the first page, 8 mm from its sides."""
    page, _resources = writer.find_page_for_modification(0)
    node = page.get_object()
    while "/MediaBox" not in node:
        node = node["/Parent"]
    right, top = float(node["/MediaBox"][2]) - EDGE, float(node["/MediaBox"][3]) - EDGE
    return {"page": 0, "left": right - width, "bottom": top - height, "right": right, "top": top}


def _add_text(writer: IncrementalPdfFileWriter, told: dict[str, Any]) -> None:
    box = told["box"]
    page, _resources = writer.find_page_for_modification(box["page"])
    width, height = box["right"] - box["left"], box["top"] - box["bottom"]
    field = generic.DictionaryObject({
        pdf_name("/FT"): pdf_name("/Tx"), pdf_name("/T"): pdf_string(told["name"]), pdf_name("/V"): pdf_string(""),
        pdf_name("/DA"): pdf_string(PLAIN_FONT), pdf_name("/Type"): pdf_name("/Annot"),
        pdf_name("/Subtype"): pdf_name("/Widget"), pdf_name("/F"): generic.NumberObject(SHOWN_AND_PRINTED),
        pdf_name("/P"): page,
        pdf_name("/Rect"): generic.ArrayObject(
            generic.FloatObject(box[side]) for side in ("left", "bottom", "right", "top")
        ),
        pdf_name("/AP"): _appearance(writer, _nothing(width, height)),
    })  # fmt: skip
    if told["tip"]:
        field[pdf_name("/TU")] = pdf_string(told["tip"])
    reference = writer.add_object(field)
    writer.register_annotation(page, reference)
    fields = _form(writer)["/Fields"]
    fields.append(reference)
    writer.update_container(fields)


def fill(writer: IncrementalPdfFileWriter, fills: list[dict[str, Any]]) -> None:
    """Give reserved texts their value and look. Raises Trouble when a field is missing or filled already."""
    for told in fills:
        field = _empty_text(writer, told["name"])
        left, bottom, right, top = (float(side) for side in field["/Rect"])
        content = ImportedPdfPage(told["picture"])
        content.set_writer(writer)
        drawing = content.render()
        field[pdf_name("/V")] = pdf_string(told["value"])
        width, height = right - left, top - bottom
        scale = (
            f"{width / float(content.box.width):.5f} 0 0 {height / float(content.box.height):.5f} 0 0 cm "
        ).encode()
        form = _nothing(width, height, b"q " + scale + drawing + b" Q")
        form[pdf_name("/Resources")] = content.resources.as_pdf_object()
        field[pdf_name("/AP")] = _appearance(writer, form)
        writer.update_container(field)


def _empty_text(writer: IncrementalPdfFileWriter, name: str) -> generic.DictionaryObject:
    form = _form(writer)
    for reference in form["/Fields"]:
        field = reference.get_object()
        if field.get("/T") == name and field.get("/FT") == "/Tx" and not field.get("/V"):
            return field  # type: ignore[no-any-return]
    raise Trouble("no_such_fill")


def _form(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    if "/AcroForm" not in writer.root:
        form = generic.DictionaryObject({pdf_name("/Fields"): generic.ArrayObject()})
        writer.root[pdf_name("/AcroForm")] = writer.add_object(form)
        writer.update_root()
    return writer.root["/AcroForm"]  # type: ignore[no-any-return]


def _nothing(width: float, height: float, drawing: bytes = b"") -> generic.StreamObject:
    box = generic.ArrayObject(generic.FloatObject(side) for side in (0, 0, width, height))
    kind = {pdf_name("/Type"): pdf_name("/XObject"), pdf_name("/Subtype"): pdf_name("/Form"), pdf_name("/BBox"): box}
    return generic.StreamObject(kind, stream_data=drawing)


def _appearance(writer: IncrementalPdfFileWriter, form: generic.StreamObject) -> generic.DictionaryObject:
    return generic.DictionaryObject({pdf_name("/N"): writer.add_object(form)})
