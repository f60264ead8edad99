"""What may be wrong below the body: addressees, signature, Nơi nhận (cells 7 and 9)."""

import re
from collections.abc import Iterator

from tram.formats.rules.drawing import bare
from tram.formats.rules.said import Found
from tram.formats.rules.sheet import COPIES, Sheet, Signature
from tram.formats.rules.words import listed
from tram.vietnamese.text import fold, tidy

MARK = re.compile(r"^(T\.?M|K\.?T|T\.?L|T\.?U\.?Q|Q)(\s*[.,/]?\s*)(.*)$", re.IGNORECASE)
KEPT = re.compile(r"^lưu\b", re.IGNORECASE)
KEPT_RIGHT = re.compile(r"^Lưu: VT(?:, (?P<units>[^.]+?))?$")
COPIES_COUNT = re.compile(r"\s*\(\d+b?\)$")
DEPUTY = ("pho ", "thu truong", "uy vien")
AS_ABOVE = re.compile(r"^như (?:trên|kính gửi)", re.IGNORECASE)
AS_ARTICLE = re.compile(r"^như điều (\d+)", re.IGNORECASE)
ADDRESSED = ("official_letter",)


def addressees(sheet: Sheet) -> Iterator[Found]:
    """Cell 9a."""
    if sheet.kind in ADDRESSED and not sheet.addressees:
        yield Found("address_missing", "addressees", "Công văn phải ghi “Kính gửi” và nơi trực tiếp giải quyết.")


def signature(sheet: Sheet) -> Iterator[Found]:
    """Cells 7a and 7b."""
    signed = sheet.signature
    if not signed.titles:
        yield Found("titles_missing", "titles", "Chưa ghi quyền hạn, chức vụ của người ký.")
    if not signed.name.strip():
        yield Found("name_missing", "name", "Chưa ghi họ và tên người ký.")
    yield from _titles(signed)
    honoured = any(word in tidy(sheet.organ) for word in listed("honoured_organs"))
    yield from _name(tidy(signed.name), may_be_honoured=honoured)
    yield from _authority(sheet)


def _titles(signed: Signature) -> Iterator[Found]:
    lines = [tidy(line) for line in signed.titles]
    for at, line in enumerate(lines):
        if any(char.islower() for char in line):
            yield Found(
                "titles_capitals", "titles", "Quyền hạn, chức vụ của người ký viết bằng chữ in hoa.", line, line.upper(), at
            )  # fmt: skip
        mark = MARK.match(line)
        is_mark = mark is not None and (mark[2].strip() or mark[1].upper() in ("TM", "KT", "TL", "TUQ")) and mark[2]
        if mark and is_mark:
            right = f"{mark[1].replace('.', '').upper()}. {mark[3]}"
            if right.upper() != line.upper():
                yield Found(
                    "titles_mark", "titles", "Chữ viết tắt quyền hạn có dấu chấm và cách chức vụ một dấu cách.", line, right, at
                )  # fmt: skip
            yield from _after_mark(mark[1].replace(".", "").upper(), mark[3], lines, at)
        for word in listed("spelled"):
            if re.search(rf"(?<!\w){word}(?!\w)", line) and not (at == 0 and word == "TT"):
                full = {"UBND": "ỦY BAN NHÂN DÂN", "HĐND": "HỘI ĐỒNG NHÂN DÂN"}.get(word, "")
                yield Found(
                    "titles_short", "titles", f"Quyền hạn, chức vụ ghi đầy đủ, không viết tắt “{word}”.", word, full, at
                )


def _after_mark(mark: str, head: str, lines: list[str], at: int) -> Iterator[Found]:
    below = lines[at + 1] if at + 1 < len(lines) else ""
    if mark == "KT" and not fold(below).startswith(DEPUTY):
        yield Found(
            "titles_deputy", "titles", f"Ký thay (KT.) thì dưới “{lines[at]}” phải ghi chức vụ cấp phó của người ký.",
            lines[at], at=at,
        )  # fmt: skip
    elif mark in ("TM", "TL", "TUQ") and not below:
        yield Found(
            "titles_deputy", "titles", f"Dưới “{lines[at]}” phải ghi chức vụ của người ký.", lines[at], at=at
        )  # fmt: skip
    if mark == "KT" and fold(head).startswith("pho "):
        yield Found(
            "titles_deputy", "titles", "“KT.” đứng trước chức vụ của người đứng đầu, không đứng trước cấp phó.", lines[at], at=at
        )  # fmt: skip


def _name(name: str, *, may_be_honoured: bool) -> Iterator[Found]:
    """Armed forces, schools, hospitals and institutes may write rank and degree as their ministry says."""
    if not name:
        return
    for word in () if may_be_honoured else sorted(listed("honours"), key=len, reverse=True):
        if found := re.match(rf"(?:{word}[.,]?\s*)(?=[A-ZĐÀ-Ỹ])", name):
            if found[0].rstrip()[-1] in ".," or found[0].endswith(" "):
                yield Found(
                    "name_title", "name", "Trước họ tên người ký không ghi học hàm, học vị, danh hiệu.", name, name[found.end() :]
                )  # fmt: skip
            break
    if name.isupper() and len(name) > 4:
        yield Found(
            "name_capitals", "name", "Họ tên người ký viết bằng chữ thường, hoa chữ cái đầu.", name,
            " ".join(word.capitalize() for word in name.split()),
        )  # fmt: skip


def _authority(sheet: Sheet) -> Iterator[Found]:
    """Who decides above the grounds must be who signs below: a collective by TM., a head in person."""
    decides, first = fold(sheet.authority), fold(" ".join(sheet.signature.titles[:1]))
    if not decides or not first or sheet.kind == "telegram":
        return
    collective = decides.startswith(("uy ban nhan dan", "hoi dong nhan dan", "ban chi dao", "hoi dong"))
    if collective and not first.startswith(("tm", "t.m")):
        yield Found(
            "titles_authority", "titles",
            f"Thẩm quyền ban hành ghi tập thể ({tidy(sheet.authority)}) thì người ký phải ký thay mặt (TM.).",
            sheet.signature.titles[0], f"TM. {tidy(sheet.authority).upper()}", 0,
        )  # fmt: skip
    elif not collective and first.startswith("tm"):
        yield Found(
            "titles_authority", "titles",
            f"Thẩm quyền ban hành ghi người đứng đầu ({tidy(sheet.authority)}) thì không ký thay mặt tập thể (TM.).",
            sheet.signature.titles[0], at=0,
        )  # fmt: skip


def copies(sheet: Sheet) -> Iterator[Found]:
    """Cell 9b."""
    lines = [bare(line) for line in sheet.recipients]
    if not lines:
        if sheet.kind != "courtesy_letter":
            yield Found("copies_missing", "recipients", "Chưa ghi “Nơi nhận”.")
        return
    above = [line for line in lines if AS_ABOVE.match(line)]
    if sheet.kind in ADDRESSED and not AS_ABOVE.match(lines[0]):
        yield Found("copies_above", "recipients", "Dòng đầu “Nơi nhận” của công văn ghi “Như trên”.", lines[0], at=0)
    elif above and not above[0].lower().startswith("như trên"):
        yield Found("copies_above", "recipients", "Ghi “Như trên”.", above[0], "Như trên", lines.index(above[0]))
    articles = [int(block.number) for block in sheet.body if block.kind == "article" and block.number.isdigit()]
    for at, line in enumerate(lines):
        if (named := AS_ARTICLE.match(line)) and articles and int(named[1]) not in articles:
            yield Found(
                "copies_article", "recipients", f"Văn bản không có Điều {named[1]}.", line, f"Như Điều {articles[-1]}", at
            )  # fmt: skip
    yield from _kept(lines, sheet)


def _kept(lines: list[str], sheet: Sheet) -> Iterator[Found]:
    at = next((place for place, line in enumerate(lines) if KEPT.match(line)), None)
    if at is None:
        yield Found("copies_kept", "recipients", "Dòng cuối “Nơi nhận” phải ghi “Lưu: VT” và đơn vị soạn thảo.")
        return
    line = lines[at]
    if at + 1 < len(lines):
        yield Found("copies_kept", "recipients", "Dòng “Lưu” phải là dòng cuối của “Nơi nhận”.", line, at=at)
    right = COPIES_COUNT.sub("", line)
    count = line[len(right) :]
    parted = KEPT_RIGHT.match(right)
    drafter = re.search(r"[.,/-]\s?([^\W\d_]+)$", line)
    if drafter and drafter[1].istitle() and len(drafter[1]) > 1:
        kept = line[: drafter.start()].rstrip(" .,-")
        yield Found(
            "copies_drafter", "recipients",
            f"Dòng “Lưu” không ghi tên người soạn thảo (“{drafter[1]}”); ký hiệu người soạn thảo viết hoa ở ô 12.",
            line, kept, at,
        )  # fmt: skip
    elif not parted:
        units = re.sub(r"^lưu\s*[:;,.]?\s*(?:vt)?\s*[,;.]?\s*", "", right, flags=re.IGNORECASE).strip(" .,;")
        fix = "" if "(" in units else f"Lưu: VT, {units}{count}" if units else "Lưu: VT"
        yield Found("copies_kept", "recipients", "Dòng cuối ghi đúng mẫu “Lưu: VT, <đơn vị soạn thảo>”.", line, fix, at)
    elif not parted["units"] and sheet.kind not in (*COPIES, "introduction"):
        yield Found(
            "copies_kept", "recipients", "Sau “VT” phải có chữ viết tắt tên đơn vị soạn thảo.", line, at=at
        )  # fmt: skip


CHECKS = (addressees, signature, copies)
