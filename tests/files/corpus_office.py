"""Hostile Office documents: what runs, what is fetched, what is hidden."""

from tests.files.builders import Hostile, body, docx, png, relations, sheet, types, xlsx, zipped
from tests.files.corpus_kinds import EICAR, EXE, OLE
from tram.files.rules.refusals import Limits

MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"
MACRO_EXCEL = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
BINARY_EXCEL = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
DOTX = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
VBA = '<Override PartName="/word/a.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
ACTIVE = '<Override PartName="/word/a.xml" ContentType="application/vnd.ms-office.activeX+xml"/>'
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><l>&c;</l>'
)


def rels(*links: tuple[str, str] | tuple[str, str, str]) -> dict[str, bytes | str]:
    """Relations of the main part of a Word document."""
    return {"word/_rels/document.xml.rels": relations(*links)}


def sheet_rels(*links: tuple[str, str] | tuple[str, str, str]) -> dict[str, bytes | str]:
    """Relations of a workbook."""
    return {"xl/_rels/workbook.xml.rels": relations(*links)}


def field(*pieces: str) -> str:
    """A field whose instruction is split over runs."""
    return body("<w:p>" + "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces) + "</w:p>")


def programs() -> list[Hostile]:
    """What runs."""
    rows: list[tuple[str, str, bytes, str]] = [
        ("docm", "a.docm", docx(main=MACRO_WORD), "office_macro_word"),
        ("docm as docx", "a.docx", docx(main=MACRO_WORD), "office_macro_word"),
        ("xlsm as xlsx", "a.xlsx", xlsx(main=MACRO_EXCEL), "office_macro_excel"),
        ("xlsb", "a.xlsb", xlsx(main=BINARY_EXCEL), "office_xlsb"),
        ("macro by relation", "a.docx", docx(rels(("vbaProject", "a.bin"))), "office_macro_hidden"),
        ("macro by type", "a.docx", docx(types_more=VBA), "office_macro_hidden"),
        ("macro by name", "a.docx", docx({"word/vbaProject.bin": b"x"}), "office_macro_hidden"),
        ("macro sheet", "a.xlsx", xlsx(sheet_rels(("xlMacrosheet", "macrosheets/sheet1.xml"))), "office_macro_sheet"),
        ("ole object", "a.docx", docx(rels(("oleObject", "embeddings/oleObject1.bin"))), "office_ole"),
        ("ole under a picture's name", "a.docx", docx({"word/media/image1.png": OLE}), "office_ole"),
        ("package inside", "a.docx", docx(rels(("package", "embeddings/a.xlsx"))), "office_embedded"),
        ("activex by type", "a.docx", docx(types_more=ACTIVE), "office_activex"),
        ("activex by relation", "a.docx", docx(rels(("control", "activeX/activeX1.xml"))), "office_activex"),
        ("activex by name", "a.docx", docx({"word/activeX/activeX1.bin": b"x"}), "office_activex"),
        ("program inside", "a.docx", docx({"word/media/image1.png": EXE}), "office_program"),
        ("script inside", "a.docx", docx({"word/media/a.sh": b"#!/bin/sh\n"}), "office_program"),
        ("eicar inside", "a.docx", docx({"word/media/a.bin": EICAR}), "office_eicar"),
        ("dde in one run", "a.docx", docx({"word/document.xml": field('DDEAUTO c:\\\\cmd.exe "/k"')}), "office_dde_word"),
        ("dde in pieces", "a.docx", docx({"word/document.xml": field("D", "DE", "AUTO c:\\\\cmd")}), "office_dde_word"),
        ("dde by letters", "a.docx", docx({"word/header1.xml": field("QUOTE 68 68 69 65")}), "office_dde_word"),
        ("dde in a simple field", "a.docx", docx({"word/document.xml": body('<w:fldSimple w:instr=" DDE cmd a b"/>')}), "office_dde_word"),
        ("dde in a formula", "a.xlsx", xlsx({"xl/worksheets/sheet1.xml": sheet("cmd|'/c calc'!A0")}), "office_dde_excel"),
        ("dde link", "a.xlsx", xlsx({"xl/externalLinks/externalLink1.xml": "<externalLink><ddeLink/></externalLink>"}), "office_dde_excel"),
        ("formula calls the net", "a.xlsx", xlsx({"xl/worksheets/sheet1.xml": sheet('_xlfn.WEBSERVICE("http://a.example")')}), "office_web_formula"),
    ]  # fmt: skip
    return [Hostile(*row) for row in rows]


def reaching_out() -> list[Hostile]:
    """What is fetched from elsewhere."""
    far = "http://a.example/a"
    rows: list[tuple[str, str, bytes, str]] = [
        ("template elsewhere", "a.docx", docx({"word/_rels/settings.xml.rels": relations(("attachedTemplate", far + ".dotm", "External"))}), "office_template"),
        ("object elsewhere", "a.docx", docx(rels(("oleObject", "mhtml:" + far, "External"))), "office_script_link"),
        ("object by http", "a.docx", docx(rels(("oleObject", far, "External"))), "office_outside_object"),
        ("picture elsewhere", "a.docx", docx(rels(("image", "\\\\a.example\\share\\a.png", "External"))), "office_outside_picture"),
        ("workbook elsewhere", "a.xlsx", xlsx({"xl/externalLinks/_rels/a.xml.rels": relations(("externalLinkPath", far, "External"))}), "office_outside_sheet"),
        ("frame elsewhere", "a.docx", docx(rels(("frame", far, "External"))), "office_outside_part"),
        ("script link", "a.docx", docx(rels(("hyperlink", "javascript:alert(1)", "External"))), "office_script_link"),
        ("msdt link", "a.docx", docx(rels(("hyperlink", "ms-msdt:/id PCWDiagnostic", "External"))), "office_script_link"),
        ("link to a program", "a.docx", docx(rels(("hyperlink", "file:///c:/windows/a.exe", "External"))), "office_script_link"),
        ("field that includes", "a.docx", docx({"word/document.xml": field(f'INCLUDEPICTURE "{far}"')}), "office_include"),
        ("page inside", "a.docx", docx(rels(("aFChunk", "afchunk.mht"))), "office_chunk"),
        ("connection", "a.xlsx", xlsx(sheet_rels(("connections", "connections.xml"))), "office_connection"),
        ("connection without relation", "a.xlsx", xlsx({"xl/connections.xml": "<connections><dbPr/></connections>"}), "office_connection"),
    ]  # fmt: skip
    return [Hostile(*row) for row in rows]


def malformed() -> list[Hostile]:
    """What is broken, or breaks its reader."""
    wide = body().replace("UTF-8", "UTF-16").replace("?>", "?><!DOCTYPE a>").encode("utf-16")
    deep = "<?xml version='1.0'?>" + "<a>" * 20_000 + "</a>" * 20_000
    seven = '<?xml version="1.0" encoding="UTF-7"?><a/>'
    rows: list[tuple[str, str, bytes, str]] = [
        ("billion laughs", "a.docx", docx({"word/document.xml": LAUGHS}), "office_doctype"),
        ("outside entity", "a.docx", docx({"docProps/core.xml": '<!DOCTYPE a SYSTEM "http://a.example/x"><a/>'}), "office_doctype"),
        ("doctype in relations", "a.docx", docx({"word/_rels/a.rels": "<!DOCTYPE a><a/>"}), "office_doctype"),
        ("doctype in types", "a.docx", docx({"[Content_Types].xml": "<!DOCTYPE a><Types/>"}), "office_doctype"),
        ("doctype in UTF-16", "a.docx", docx({"word/styles.xml": wide}), "office_doctype"),
        ("UTF-7", "a.docx", docx({"word/styles.xml": seven}), "office_encoding"),
        ("EBCDIC", "a.docx", docx({"word/styles.xml": seven.replace("UTF-7", "IBM037")}), "office_encoding"),
        ("unclosed", "a.docx", docx({"word/document.xml": body()[:-5]}), "office_xml"),
        ("empty main part", "a.docx", docx({"word/document.xml": ""}), "office_xml"),
        ("20,000 floors", "a.xlsx", xlsx({"xl/styles.xml": deep}), "office_deep"),
        ("no main part", "a.docx", zipped({"[Content_Types].xml": types("application/xml", "word/a.xml")}), "office_no_body"),
        ("main part missing", "a.docx", zipped({"[Content_Types].xml": types(DOTX.replace("template", "document"), "word/document.xml")}), "office_no_body"),
        ("word template", "a.dotx", docx(main=DOTX), "office_template_kind"),
        ("presentation", "a.pptx", docx(main=PPTX), "presentation"),
        ("flood of pixels inside", "a.docx", docx({"word/media/a.png": png(50_000, 50_000, b"")}), "office_picture"),
    ]  # fmt: skip
    many = xlsx({"xl/worksheets/a.xml": "<a>" + "<c/>" * 99 + "</a>"})
    return [*(Hostile(*row) for row in rows), Hostile("100 cells", "a.xlsx", many, "office_many", Limits(elements=99))]
