"""The words by which a letter is recognised: kinds, agencies, places, posts, surnames. Matched without marks."""

from tram.vietnamese.text import fold

KINDS = {
    "nghị quyết": "NQ",
    "quyết định": "QĐ",
    "chỉ thị": "CT",
    "quy chế": "QC",
    "quy định": "QyĐ",
    "thông cáo": "TC",
    "thông báo": "TB",
    "hướng dẫn": "HD",
    "chương trình": "CTr",
    "kế hoạch": "KH",
    "phương án": "PA",
    "đề án": "ĐA",
    "dự án": "DA",
    "báo cáo": "BC",
    "biên bản": "BB",
    "tờ trình": "TTr",
    "hợp đồng": "HĐ",
    "công văn": "CV",
    "công điện": "CĐ",
    "bản ghi nhớ": "BGN",
    "bản thỏa thuận": "BTT",
    "giấy ủy quyền": "GUQ",
    "giấy mời": "GM",
    "giấy giới thiệu": "GGT",
    "giấy nghỉ phép": "GNP",
    "phiếu gửi": "PG",
    "phiếu chuyển": "PC",
    "phiếu báo": "PB",
    "thư công": "",
    "phiếu trình": "PT",
    "phiếu lấy ý kiến": "PLYK",
    "phiếu xử lý văn bản": "",
    "phiếu giải quyết văn bản": "",
    "phiếu yêu cầu": "PYC",
    "thông tri": "",
    "kết luận": "KL",
    "quy trình": "QTr",
    "nội quy": "NQy",
    "điều lệ": "ĐL",
    "thư mời": "TM",
    "giấy xác nhận": "GXN",
    "giấy chứng nhận": "GCN",
    "giấy phép": "GP",
    "giấy triệu tập": "GTT",
    "giấy đề nghị": "GĐN",
    "bản cam kết": "",
    "lịch công tác": "",
    "đơn đề nghị": "",
    "văn bản hợp nhất": "VBHN",
    "hiến pháp": "",
    "bộ luật": "",
    "luật": "",
    "pháp lệnh": "",
    "lệnh": "",
    "sắc lệnh": "SL",
    "nghị định": "NĐ",
    "thông tư liên tịch": "TTLT",
    "thông tư": "TT",
    "nghị quyết liên tịch": "NQLT",
}
"""Kind -> abbreviation: NĐ 30/2020 Điều 7, the kinds of legal texts, and papers of office practice."""

NOTICES = ("hỏa tốc hẹn giờ", "hỏa tốc", "thượng khẩn", "khẩn")
SECRECIES = ("tuyệt mật", "tối mật", "mật")

HEADS = """ủy ban|ubnd|hội đồng|hđnd|bộ|sở|tổng cục|cục|chi cục|vụ|ban|văn phòng|phòng|thanh tra|trung tâm|viện|trường
|bệnh viện|công ty|tổng công ty|tập đoàn|ngân hàng|kho bạc|bảo hiểm xã hội|tòa án|toà án|kiểm toán|công an|đảng bộ|đảng ủy
|đảng đoàn|tỉnh ủy|tỉnh đoàn|thành ủy|thành đoàn|huyện ủy|quận ủy|thị ủy|liên đoàn|liên hiệp|liên minh|hội|hiệp hội|đoàn|quỹ
|chi nhánh|nhà xuất bản|đài|báo|tạp chí|thư viện|bảo tàng|học viện|đại học|chính phủ|quốc hội|thủ tướng|chủ tịch nước
|mặt trận|trạm|đội|tổ|hạt|xí nghiệp|doanh nghiệp|hợp tác xã|bưu điện|viễn thông|quân khu|trại|khối|ủy viên|phân hiệu
|vnpt|viettel|evn|bhxh|mttq|lđlđ|đảng cộng sản|ban quản lý|nhà máy|khu|vườn quốc gia|cảng vụ|điện lực|tổng liên đoàn"""

PHRASES = """Ủy ban nhân dân|Hội đồng nhân dân|Ủy ban Mặt trận Tổ quốc Việt Nam|Mặt trận Tổ quốc Việt Nam|Ủy ban|Quốc hội
|Ủy ban Thường vụ Quốc hội|Đoàn đại biểu Quốc hội|Chính phủ|Thủ tướng Chính phủ|Văn phòng Chính phủ|Thanh tra Chính phủ
|Chủ tịch nước|Chủ tịch|Bộ trưởng|Bộ|Sở|Tổng cục|Tổng cục trưởng|Cục trưởng|Giám đốc|Chi cục|Cục|Vụ|Ban|Văn phòng|Phòng
|Thanh tra|Trung tâm|Viện|Trường|Trường Đại học|Trường Cao đẳng|Đại học|Học viện|Bệnh viện|Bệnh viện Đa khoa|Đa khoa|Công ty
|Công ty cổ phần|Tổng công ty|Tập đoàn|Ngân hàng|Ngân hàng Nhà nước|Nhà nước|Ngân hàng Chính sách xã hội|Kho bạc Nhà nước
|Kiểm toán Nhà nước|Bảo hiểm xã hội|Tòa án nhân dân|Tòa án nhân dân tối cao|Viện kiểm sát nhân dân|Viện kiểm sát nhân dân tối cao|Tòa án nhân dân cấp cao|Quản lý Lao động ngoài nước|Phòng, chống thiên tai
|Phòng chống thiên tai|Tìm kiếm cứu nạn|Khu công nghiệp|Công an|Công an nhân dân|Bộ Chỉ huy Quân sự
|Bộ Chỉ huy Bộ đội Biên phòng|Bộ Quốc phòng|Bộ Công an|Bộ Tư lệnh|Đảng bộ|Đảng ủy|Tỉnh ủy|Thành ủy|Huyện ủy|Quận ủy|Thị ủy
|Đảng Cộng sản Việt Nam|Ban Chấp hành|Ban Thường vụ|Ban Tổ chức|Ban Tuyên giáo|Ban Dân vận|Ban Nội chính|Ban Chỉ đạo
|Ban Quản lý|Ban Quản lý dự án|Ban Quản lý các khu công nghiệp|Ban Dân tộc|Hội đồng|Hội đồng Thi đua - Khen thưởng
|Liên đoàn Lao động|Tổng Liên đoàn Lao động|Hội Liên hiệp Phụ nữ|Hội Nông dân|Hội Cựu chiến binh|Hội Chữ thập đỏ|Hội
|Hiệp hội|Hiệp hội Doanh nghiệp|Doanh nghiệp|Liên minh Hợp tác xã|Hợp tác xã|Đoàn Thanh niên Cộng sản Hồ Chí Minh|Đoàn
|Đoàn Luật sư|Quỹ|Chi nhánh|Đài Phát thanh và Truyền hình|Đài Truyền hình|Đài|Báo|Tạp chí|Thư viện|Bảo tàng|Bưu điện|Trạm
|Bưu điện Trung ương|Trung ương|Liên hiệp các Hội Khoa học và Kỹ thuật|Kỹ thuật|Việt Nam|Cộng hòa|Hồ Chí Minh
|Tài chính|Kế hoạch|Đầu tư|Nội vụ|Tư pháp|Công Thương|Công nghiệp|Thương mại|Nông nghiệp|Phát triển nông thôn|Môi trường
|Nông nghiệp và Môi trường|Giao thông vận tải|Xây dựng|Tài nguyên|Thông tin|Truyền thông|Lao động|Thương binh|Xã hội|Văn hóa
|Thể thao|Du lịch|Khoa học|Công nghệ|Giáo dục|Đào tạo|Y tế|Ngoại vụ|Ngoại giao|Quốc phòng|Dân tộc|Tôn giáo|Dân tộc và Tôn giáo
|Bưu chính|Viễn thông|Bưu chính, Viễn thông|Thuế|Hải quan|Việc làm|Kiểm lâm|Quân đội|Quân khu|Thống kê|Quản lý thị trường|Quản lý đất đai
|Đăng kiểm|Kinh tế|Hạ tầng|Tổ chức|Hành chính|Tổng hợp|Thi đua|Khen thưởng|Chuyển đổi số|Công nghệ thông tin|Thủy lợi
|Chăn nuôi|Thú y|Thủy sản|Lâm nghiệp|Trồng trọt|Bảo vệ thực vật|Đô thị|Dược|An toàn thực phẩm|Dân số|Phòng cháy|Quân sự
|Phục vụ hành chính công|Hành chính công|Xúc tiến Đầu tư|Văn thư|Lưu trữ|Đường bộ|Hàng không|Hàng hải|Đường sắt|Hóa chất
|Bảo hiểm|Giám định|Kiểm soát bệnh tật|Quan hệ lao động|Tiền lương|Tiêu chuẩn|Đo lường|Chất lượng|Sở hữu trí tuệ"""
"""Agency words in the case in which they are written inside a sentence (NĐ 30/2020, Phụ lục II)."""

DIVISIONS = (
    "thành phố",
    "thị xã",
    "thị trấn",
    "đặc khu",
    "tỉnh",
    "huyện",
    "quận",
    "phường",
    "xã",
    "vùng",
    "khu vực",
    "thôn",
)

PROVINCES = """An Giang|Bà Rịa - Vũng Tàu|Bắc Giang|Bắc Kạn|Bạc Liêu|Bắc Ninh|Bến Tre|Bình Định|Bình Dương|Bình Phước
|Bình Thuận|Cà Mau|Cần Thơ|Cao Bằng|Đà Nẵng|Đắk Lắk|Đắk Nông|Điện Biên|Đồng Nai|Đồng Tháp|Gia Lai|Hà Giang|Hà Nam|Hà Nội|Hà Tây
|Hà Tĩnh|Hải Dương|Hải Phòng|Hậu Giang|Hòa Bình|Hồ Chí Minh|Hưng Yên|Khánh Hòa|Kiên Giang|Kon Tum|Lai Châu|Lâm Đồng|Lạng Sơn
|Lào Cai|Long An|Nam Định|Nghệ An|Ninh Bình|Ninh Thuận|Phú Thọ|Phú Yên|Quảng Bình|Quảng Nam|Quảng Ngãi|Quảng Ninh|Quảng Trị
|Sóc Trăng|Sơn La|Tây Ninh|Thái Bình|Thái Nguyên|Thanh Hóa|Thừa Thiên Huế|Huế|Tiền Giang|Trà Vinh|Tuyên Quang|Vĩnh Long
|Vĩnh Phúc|Yên Bái|Phan Thiết|Đà Lạt|Nha Trang|Quy Nhơn|Hạ Long|Hải Châu|Biên Hòa|Thủ Đức|Thủ Dầu Một|Vũng Tàu|Buôn Ma Thuột"""

AGENCIES = """Bộ Tài chính|Bộ Nội vụ|Bộ Tư pháp|Bộ Công Thương|Bộ Xây dựng|Bộ Y tế|Bộ Ngoại giao|Bộ Quốc phòng|Bộ Công an
|Bộ Kế hoạch và Đầu tư|Bộ Khoa học và Công nghệ|Bộ Giáo dục và Đào tạo|Bộ Thông tin và Truyền thông|Bộ Giao thông vận tải
|Bộ Nông nghiệp và Môi trường|Bộ Nông nghiệp và Phát triển nông thôn|Bộ Tài nguyên và Môi trường|Văn phòng Chính phủ
|Bộ Lao động - Thương binh và Xã hội|Bộ Văn hóa, Thể thao và Du lịch|Bộ Bưu chính, Viễn thông|Bộ Dân tộc và Tôn giáo
|Tổng cục Thuế|Tổng cục Hải quan|Tổng cục Thống kê|Tổng cục Bưu điện|Cục Thuế|Cục Hải quan|Cục Việc làm
|Bảo hiểm xã hội Việt Nam|Ngân hàng Nhà nước Việt Nam|Thanh tra Chính phủ|Kho bạc Nhà nước|Kiểm toán Nhà nước
|Ủy ban nhân dân|Hội đồng nhân dân|Ủy ban nhân dân tỉnh|Ủy ban nhân dân thành phố|Ủy ban nhân dân huyện"""

POSTS = """chủ tịch|phó chủ tịch|quyền chủ tịch|giám đốc|phó giám đốc|bộ trưởng|thứ trưởng|tổng giám đốc|phó tổng giám đốc
|chánh văn phòng|phó chánh văn phòng|cục trưởng|phó cục trưởng|tổng cục trưởng|phó tổng cục trưởng|chi cục trưởng
|phó chi cục trưởng|vụ trưởng|phó vụ trưởng|trưởng phòng|phó trưởng phòng|phó phòng|trưởng ban|phó trưởng ban|phó ban
|viện trưởng|phó viện trưởng|chánh án|phó chánh án|hiệu trưởng|phó hiệu trưởng|thủ tướng|phó thủ tướng|bí thư|phó bí thư
|chánh thanh tra|phó chánh thanh tra|tổng thanh tra|phó tổng thanh tra|thống đốc|phó thống đốc|chủ nhiệm|phó chủ nhiệm
|tổng biên tập|tổng kiểm toán|chỉ huy trưởng|phó chỉ huy trưởng|tư lệnh|tổng thư ký|thường trực|trưởng đoàn|phó trưởng đoàn
|đội trưởng|trạm trưởng|thủ trưởng|phó thủ trưởng|kế toán trưởng|chủ trì|chủ tọa|thư ký|ủy viên thường trực|người lập
|chuyên viên|lãnh đạo|kính trình|kính chuyển|đại diện|bên a|bên b|hội trưởng|trưởng trạm|tổng tham mưu trưởng|chính ủy
|quyền giám đốc|phụ trách|xác nhận|người đề nghị|người viết|người báo cáo"""

SURNAMES = """nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh trịnh đoàn lương mai trương cao
lâm tô hà thái tạ tăng từ chu châu kiều la lại lục lưu lò lầu mã mạc mạch mộc nghiêm nhâm nông ông phó phùng phương quách quan
sầm thạch thân thi tiêu tôn tống trang triệu trưng viên vi vương văn xa ma giàng vàng sùng thào hạng tráng hầu cứ quàng lường
cầm bạc điêu ksor rmah rơ siu kpă hồng hứa khổng khúc khương kim kha giáp diệp danh đào đàm đậu điền đồng đới âu ân bạch bành
bế biện cấn cát chế chử chúc chung cù cung doãn sơn lã lô nhan ninh thiều thẩm thang tào trà uông ưng ung xuân an"""


def folded(listing: str) -> tuple[str, ...]:
    """The entries of a listing without marks, the longest first."""
    return tuple(sorted({fold(word.strip()) for word in listing.split("|")}, key=len, reverse=True))


def by_fold(*listings: str) -> dict[tuple[str, ...], str]:
    """Unmarked words -> the entry as it is written."""
    entries = (entry.strip() for listing in listings for entry in listing.split("|"))
    return {tuple(fold(entry).replace(",", "").replace("-", "").split()): entry for entry in entries}


HEAD_WORDS = folded(HEADS)
POST_WORDS = folded(POSTS)
KIND_WORDS = dict(sorted(((fold(kind), kind) for kind in KINDS), key=lambda one: -len(one[0])))
SURNAME_WORDS = frozenset(fold(SURNAMES).split())
WRITTEN = by_fold(PHRASES, PROVINCES)
KNOWN_AGENCIES = by_fold(AGENCIES)
PLACES = by_fold(PROVINCES)
