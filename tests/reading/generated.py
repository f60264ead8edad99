"""Letters written by chance in the form of NĐ 30/2020, with the fields that must be read out of them."""

import random
from dataclasses import dataclass

PLACES = ("Sơn Bình", "Châu Thành", "Hà Nội", "Lâm Đồng", "Vĩnh Phúc", "Đắk Nông", "Tân An", "Hưng Yên")
UNITS = {
    "Sở Thông tin và Truyền thông": ("STTTT", "Giám đốc"),
    "Sở Kế hoạch và Đầu tư": ("SKHĐT", "Giám đốc"),
    "Sở Nông nghiệp và Môi trường": ("SNNMT", "Giám đốc"),
    "Sở Văn hóa, Thể thao và Du lịch": ("SVHTTDL", "Giám đốc"),
    "Sở Nội vụ": ("SNV", "Giám đốc"),
    "Sở Giáo dục và Đào tạo": ("SGDĐT", "Giám đốc"),
    "Ban Dân tộc": ("BDT", "Trưởng ban"),
    "Thanh tra tỉnh": ("TTr-NV", "Chánh Thanh tra"),
}
KINDS = {
    "quyết định": "QĐ",
    "thông báo": "TB",
    "kế hoạch": "KH",
    "báo cáo": "BC",
    "tờ trình": "TTr",
    "hướng dẫn": "HD",
    "chỉ thị": "CT",
    "giấy mời": "GM",
    "công điện": "CĐ",
    "chương trình": "CTr",
    "công văn": "",
}
MATTERS = (
    "rà soát các điểm phục vụ bưu chính trên địa bàn",
    "phát triển hạ tầng viễn thông năm 2026 và những năm tiếp theo",
    "tăng cường công tác phòng cháy, chữa cháy rừng mùa khô",
    "tổ chức Hội nghị giao ban trực tuyến quý III",
    "triển khai Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư",
    "cho phép đổi tên Hội Sinh vật cảnh tỉnh (nhiệm kỳ 2025 - 2030)",
)
SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Lò", "Giàng")
GIVEN = ("Văn Sơn", "Thị Hoa", "Minh Trí", "Quốc Bình", "Lan Anh", "Đức", "Thị Thu Hà", "Tuấn Kiệt", "A Páo")
FIRST_RECIPIENTS = ("Như trên", "Như Điều 3")
RECIPIENTS = (
    "UBND tỉnh (b/c)",
    "Lãnh đạo Sở",
    "Chủ tịch, các PCT UBND tỉnh",
    "Cổng Thông tin điện tử tỉnh",
    "Báo Sơn Bình (đưa tin)",
)
ADDRESSEES = (
    "Ủy ban nhân dân các huyện, thành phố",
    "Bưu điện tỉnh",
    "Sở Tài chính",
    "Công an tỉnh",
    "Các doanh nghiệp viễn thông",
)


@dataclass(frozen=True)
class Letter:
    """The parts of one letter as an agency would lay them out."""

    parent: str
    issuer: str
    fields: dict[str, object]
    matter: str
    body: str
    title: tuple[str, ...]


def letter(seed: int) -> Letter:
    """The letter with this number; the same number always gives the same letter."""
    chance = random.Random(seed)
    unit, (short, post) = chance.choice(list(UNITS.items()))
    kind, abbreviation = chance.choice(list(KINDS.items()))
    place, province = chance.choice(PLACES), chance.choice(PLACES)
    over = chance.choice(("Ủy ban nhân dân tỉnh", "UBND tỉnh"))
    year, month, day = chance.randint(2004, 2026), chance.randint(1, 12), chance.randint(1, 28)
    number = None if chance.random() < 0.1 else f"{chance.randint(1, 4000):02d}"
    day = 0 if chance.random() < 0.1 else day
    matter = chance.choice(MATTERS)
    title = (post.upper(),) if chance.random() < 0.4 else (f"KT. {post.upper()}", f"PHÓ {post.upper()}")
    recipients = [
        chance.choice(FIRST_RECIPIENTS),
        *chance.sample(RECIPIENTS, 2),
        f"Lưu: VT, {chance.choice(('TH', 'BCVT', 'KT'))}",
    ]
    subject = f"V/v {matter}" if kind == "công văn" else matter[0].upper() + matter[1:]
    addressed = chance.sample(ADDRESSEES, chance.randint(1, 3)) if kind in ("công văn", "tờ trình", "giấy mời") else []
    fields: dict[str, object] = {
        "number": number,
        "symbol": f"{abbreviation}-{short}" if abbreviation else f"{short}-BCVT",
        "kind": kind,
        "issuer": unit,
        "parent": f"{over} {province}",
        "place": place,
        "date": f"{year}-{month:02d}" + (f"-{day:02d}" if day else ""),
        "subject": subject,
        "signer_name": f"{chance.choice(SURNAMES)} {chance.choice(GIVEN)}",
        "signer_title": " ".join(title),
        "recipients": recipients,
        "addressed_to": addressed,
    }
    body = f"Thực hiện chương trình công tác năm {year}, {unit} thông báo để các cơ quan, đơn vị biết và thực hiện./."
    return Letter(f"{over} {province}".upper(), unit.upper(), fields, matter, body, title)


def number_line(one: Letter) -> str:
    return f"Số: {one.fields['number'] or '      '}/{one.fields['symbol']}"


def date_line(one: Letter) -> str:
    parts = str(one.fields["date"]).split("-")
    day, month = (parts[2] if len(parts) > 2 else "     "), int(parts[1])
    return (
        f"{one.fields['place']}, ngày {day} tháng {month:02d} năm {parts[0]}"
        if month < 3
        else (f"{one.fields['place']}, ngày {day} tháng {month} năm {parts[0]}")
    )


def left_of_head(one: Letter) -> list[str]:
    lines = [one.parent, one.issuer, number_line(one)]
    return [*lines, str(one.fields["subject"])] if one.fields["kind"] == "công văn" else lines


def addressed_lines(one: Letter) -> list[str]:
    names = list(one.fields["addressed_to"])  # type: ignore[call-overload]
    if len(names) < 2:
        return [f"Kính gửi: {name}" for name in names]
    return ["Kính gửi:", *(f"- {name};" for name in names[:-1]), f"- {names[-1]}."]


def copies(one: Letter) -> list[str]:
    return ["Nơi nhận:", *(f"- {name};" for name in one.fields["recipients"])]  # type: ignore[attr-defined]


def as_word_text(one: Letter) -> str:
    """As the text of a Word file comes out: the left cell of the head, then the right one."""
    right = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", date_line(one)]
    title = [] if one.fields["kind"] == "công văn" else [str(one.fields["kind"]).upper(), str(one.fields["subject"])]
    signature = [*one.title, "", "", str(one.fields["signer_name"])]
    return "\n".join(
        [*left_of_head(one), "", *right, "", *title, "", *addressed_lines(one), "", one.body, *copies(one), *signature]
    )


def as_side_by_side(one: Letter) -> str:
    """As a plain reader of a printed page gives it: both columns of the head in one line."""
    head = [
        f"{one.parent}  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        f"{one.issuer} Độc lập - Tự do - Hạnh phúc",
        f"{number_line(one)}   {date_line(one)}",
    ]
    title = (
        [str(one.fields["subject"])]
        if one.fields["kind"] == "công văn"
        else ["", str(one.fields["kind"]).upper(), str(one.fields["subject"])]
    )
    signature = [*one.title, "", str(one.fields["signer_name"])]
    return "\n".join([*head, *title, "", *addressed_lines(one), "", one.body, "", *copies(one), "", *signature])
