"""Generated letters as files: a PDF in the two-column layout of NĐ 30/2020 (Phụ lục I), a Word file."""

import io
import zipfile
from xml.sax.saxutils import escape

import typst

from tests.reading.generated import Letter, addressed_lines, as_word_text, copies, date_line, number_line

PAGE = """#set page(paper: "a4", margin: (top: 2cm, bottom: 2cm, left: 3cm, right: 1.5cm))
#set text(font: ("Liberation Serif", "Libertinus Serif"), size: 13pt, lang: "vi")
"""


def pdf_of(one: Letter) -> bytes:
    """The letter printed on A4: head in two columns, title, body, recipients left and signature right."""
    letter = one.fields["kind"] == "công văn"
    left = [
        f"#text(size: 12pt)[{one.parent}]",
        f'#text(size: 12pt, weight: "bold")[{one.issuer}]',
        _safe(number_line(one)),
    ]
    left += [f"#text(size: 12pt)[{_safe(str(one.fields['subject']))}]"] if letter else []
    right = [
        '#text(size: 12pt, weight: "bold")[CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM]',
        "*Độc lập - Tự do - Hạnh phúc*",
        f"#v(6pt) _{_safe(date_line(one))}_",
    ]
    title = [] if letter else [f"*{str(one.fields['kind']).upper()}*", f"*{_safe(str(one.fields['subject']))}*"]
    signature = [f"*{line}*" for line in one.title] + ["#v(2cm)", f"*{one.fields['signer_name']}*"]
    source = PAGE + _columns("2fr, 3fr", left, right, centred=True) + "\n#v(6pt)\n"
    source += "#align(center)[" + r" \ ".join(title) + "]\n\n#v(6pt)\n"
    source += "".join(f"#h(2cm) {_safe(line)} \\\n" for line in addressed_lines(one)) + "\n#v(6pt)\n"
    source += f"#h(1cm) {_safe(one.body)}\n\n#v(12pt)\n"
    source += _columns(
        "1fr, 1fr", [f"#text(size: 11pt)[{_safe(line)}]" for line in copies(one)], signature, centred=False
    )
    return bytes(typst.compile(source.encode()))


def _columns(widths: str, left: list[str], right: list[str], *, centred: bool) -> str:
    alignment = "center" if centred else "(left, center)"
    return f"#grid(columns: ({widths}), align: {alignment}, [{_lines(left)}], [{_lines(right)}])"


def _lines(lines: list[str]) -> str:
    return " \\\n".join(lines)


def _safe(text: str) -> str:
    return "".join(f"\\{char}" if char in "*_#[]$@<>`-/~" else char for char in text)


def docx_of(text: str) -> bytes:
    """A Word file with one paragraph a line."""
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in text.split("\n"))
    return docx_with(body)


def docx_with(body: str, before: str = "", **more: str) -> bytes:
    """A Word file with this body in its XML, perhaps with something before the root and with more parts."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f'{before}<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
        )
        for name, content in more.items():
            archive.writestr(name, content)
    return file.getvalue()


def word_file(one: Letter) -> bytes:
    """The letter as a Word file."""
    return docx_of(as_word_text(one))
