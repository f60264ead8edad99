"""Right sheets, in our own words, that every test of this room starts from."""

from datetime import date

from tram.formats.queries import Appendix, Block, Sheet, Signature

LONG = (
    "Trong kỳ báo cáo, Sở đã chỉ đạo các phòng bám sát kế hoạch, phối hợp chặt chẽ với Ủy ban nhân dân các xã, phường và "
    "các doanh nghiệp viễn thông trên địa bàn để hoàn thành các chỉ tiêu được giao; công tác kiểm tra được thực hiện "
    "thường xuyên, kịp thời tháo gỡ khó khăn, vướng mắc."
)
LETTER = Sheet(
    kind="official_letter",
    superior="UBND tỉnh Lào Cai",
    organ="Sở Khoa học và Công nghệ",
    notation="SKHCN-CĐS",
    place="Lào Cai",
    year=2026,
    subject="báo cáo kết quả triển khai hạ tầng số tại các xã biên giới năm 2026",
    urgency="KHẨN",
    addressees=("Bộ Khoa học và Công nghệ",),
    body=(
        Block(
            text="Thực hiện Công văn số 1245/BKHCN-VT ngày 05 tháng 10 năm 2026 của Bộ Khoa học và Công nghệ về việc rà soát "
            "hạ tầng số, Sở Khoa học và Công nghệ báo cáo như sau:"
        ),
        Block("clause", LONG, "1"),
        Block("clause", "Kế hoạch kéo cáp đến các thôn chưa có sóng:", "2"),
        Block("point", "Năm 2026 hoàn thành 14 thôn;", "a"),
        Block("point", "Năm 2027 hoàn thành 22 thôn còn lại.", "b"),
        Block(text="Sở Khoa học và Công nghệ kính báo cáo Bộ xem xét, chỉ đạo."),
    ),
    signature=Signature(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Nguyễn Thị Hồng Vân"),
    recipients=("Như trên", "UBND tỉnh (để báo cáo)", "Lưu: VT, CĐS"),
    drafter="HĐT.(15)",
    contact="Địa chỉ: Khối 6, đường 30/4, phường Lào Cai; điện thoại: 0214.3820.000",
)
DECISION = Sheet(
    kind="decision",
    organ="Ủy ban nhân dân\ntỉnh Lào Cai",
    number="7",
    notation="QĐ-UBND",
    place="Lào Cai",
    day=date(2026, 2, 5),
    subject="Về việc thành lập Ban Chỉ đạo chuyển đổi số tỉnh Lào Cai giai đoạn 2026 - 2030",
    authority="Ủy ban nhân dân tỉnh Lào Cai",
    grounds=(
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư",
        "Theo đề nghị của Giám đốc Sở Khoa học và Công nghệ tại Tờ trình số 15/TTr-SKHCN ngày 12 tháng 01 năm 2026",
    ),
    body=(
        Block("article", "Thành lập Ban Chỉ đạo chuyển đổi số tỉnh Lào Cai, gồm các ông, bà trong Phụ lục.", "1"),
        Block("article", number="2", title="Nhiệm vụ của Ban Chỉ đạo"),
        Block("clause", "Chỉ đạo, điều phối việc thực hiện chuyển đổi số trên địa bàn tỉnh.", "1"),
        Block("clause", "Định kỳ 6 tháng, hằng năm báo cáo Ủy ban nhân dân tỉnh.", "2"),
        Block("article", "Quyết định này có hiệu lực kể từ ngày ký.", "3"),
        Block("article", "Chánh Văn phòng Ủy ban nhân dân tỉnh chịu trách nhiệm thi hành Quyết định này.", "4"),
    ),
    signature=Signature(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Trần Văn Bình"),
    recipients=("Như Điều 4", "Thường trực Tỉnh ủy", "Lưu: VT, KGVX (03b)"),
    appendices=(
        Appendix(
            "Danh sách thành viên Ban Chỉ đạo",
            (
                Block(
                    "table",
                    rows=(("STT", "Họ và tên", "Chức vụ"), ("1", "Trần Văn Bình", "Phó Chủ tịch Ủy ban nhân dân tỉnh")),
                ),
            ),
        ),
    ),
)
REPORT = Sheet(
    kind="report",
    superior="UBND tỉnh Lào Cai",
    organ="Sở Khoa học và Công nghệ",
    number="128",
    notation="BC-SKHCN",
    place="Lào Cai",
    day=date(2026, 10, 20),
    subject="Kết quả công tác quý III và nhiệm vụ trọng tâm quý IV năm 2026",
    addressees=("Ủy ban nhân dân tỉnh", "Bộ Khoa học và Công nghệ"),
    body=(
        Block("heading", number="I", title="Kết quả thực hiện nhiệm vụ"),
        Block("clause", LONG, "1", "Công tác tham mưu"),
        Block(text="Kết quả cụ thể như sau:"),
        Block(
            "table",
            rows=(
                ("STT", "Chỉ tiêu", "Đơn vị", "Kế hoạch", "Tỷ lệ (%)"),
                *((str(row), f"Số thôn có sóng di động, đợt {row}", "thôn", "1.217", "91,5") for row in range(1, 16)),
            ),
        ),
        Block("heading", number="II", title="Nhiệm vụ trọng tâm quý IV"),
        Block("bullet", LONG),
        Block("bullet", LONG),
        Block(text="Trên đây là báo cáo của Sở Khoa học và Công nghệ."),
    ),
    signature=Signature(("GIÁM ĐỐC",), "Lê Quang Sơn"),
    recipients=("Như trên", "Các phòng thuộc Sở", "Lưu: VT, VP"),
)
COPY = Sheet(
    kind="true_copy",
    organ="Sở Khoa học và Công nghệ",
    number="5",
    notation="SY-SKHCN",
    place="Lào Cai",
    day=date(2026, 1, 9),
    signature=Signature(("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"), "Phạm Thu Hà"),
    recipients=("Các phòng thuộc Sở", "Lưu: VT"),
)
RIGHT = {"letter": LETTER, "decision": DECISION, "report": REPORT, "copy": COPY}
