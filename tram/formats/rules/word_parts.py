"""The parts of a Word file that are the same for every paper, and its page numbers."""

from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPES = {"document": "document.main", "styles": "styles", "header1": "header", "header2": "header", "footer1": "footer"}


def parts(title: str, author: str, contact: str) -> dict[str, str]:
    """Name in the archive -> text."""
    kinds = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{MAIN}.{kind}+xml"/>' for name, kind in TYPES.items()
    )
    linked = (("styles", "styles"), ("header", "header1"), ("header", "header2"), ("footer", "footer1"))
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{OFFICE}/{kind}" Target="{name}.xml"/>'
        for at, (kind, name) in enumerate(linked, 1)
    )
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    return {
        "[Content_Types].xml": f'{XML}<Types xmlns="{types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        f'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{kinds}'
        f'<Override PartName="/docProps/core.xml" ContentType="{core}"/></Types>',
        "_rels/.rels": f'{XML}<Relationships xmlns="{relations}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{XML}<Relationships xmlns="{relations}">{links}</Relationships>',
        "docProps/core.xml": f'{XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>'
        "<dc:language>vi-VN</dc:language></cp:coreProperties>",
        "word/styles.xml": _styles(),
        "word/header1.xml": _page_number(),
        "word/header2.xml": f"{XML}<w:hdr {W}><w:p/></w:hdr>",
        "word/footer1.xml": _contact(contact),
    }


def _styles() -> str:
    face = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>'
    return (
        f"{XML}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{face}"
        '<w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>'
    )


def _page_number() -> str:
    run = '<w:r><w:rPr><w:sz w:val="26"/></w:rPr>'
    field = f'{run}<w:fldChar w:fldCharType="begin"/></w:r>'
    field += (
        f'{run}<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>{run}<w:fldChar w:fldCharType="end"/></w:r>'
    )
    return f'{XML}<w:hdr {W}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>{field}</w:p></w:hdr>'


def _contact(words: str) -> str:
    if not words:
        return f"{XML}<w:ftr {W}><w:p/></w:ftr>"
    border = '<w:pBdr><w:top w:val="single" w:sz="5" w:space="4" w:color="000000"/></w:pBdr>'
    run = f'<w:r><w:rPr><w:sz w:val="22"/></w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'
    return f'{XML}<w:ftr {W}><w:p><w:pPr>{border}<w:jc w:val="center"/></w:pPr>{run}</w:p></w:ftr>'
