"""Why a file cannot be taken for an old article: one sentence for each situation, with the way out of it."""

from tram.kernel.verdicts import Invalid

LARGEST_FILE, LONGEST_TEXT = 2_000_000, 200_000

SENTENCES = {
    "empty": "Tệp không có nội dung. Mở lại tệp gốc rồi lưu lần nữa.",
    "missing": "Không mở được tệp này. Kiểm tra tên tệp, thư mục và quyền đọc.",
    "large": "Tệp nặng {size}, quá mức 2 MB của một bài viết. Tách riêng từng bài, bỏ ảnh nhúng, rồi nhập lại.",
    "long": "Bài dài {letters} chữ cái, quá mức 200.000. Tệp này có lẽ gộp nhiều bài: tách mỗi bài một tệp.",
    "packed": "Tệp là gói nén có {count} tệp. Giải nén ra một thư mục, xem lại bên trong, rồi nhập cả thư mục đó.",
    "broken_pack": "Tệp là gói nén bị hỏng, không mở được. Lấy lại bản gốc, giải nén rồi nhập cả thư mục.",
    "word": "Tệp là văn bản Word. Mở bằng Word, chọn “Lưu thành”, kiểu “Văn bản thuần (.txt)”, mã UTF-8, rồi nhập tệp ấy.",
    "other": "Tệp phải là TXT hoặc HTML. Tệp này là {what}.",
    "cut_letter": "Tệp bị cắt cụt: hết tệp ở giữa một chữ. Lấy lại bản đầy đủ rồi nhập.",
    "cut_page": "Tệp HTML bị cắt cụt: {what}. Lưu lại trang từ đầu đến hết rồi nhập.",
    "coding": "Không đọc được bảng mã của tệp: đọc kiểu nào cũng không ra chữ Việt. Mở tệp, lưu lại với mã UTF-8 rồi nhập.",
    "active": "Tệp HTML có mã chạy ({what}, dòng {line}). Mã chạy không bao giờ được đưa vào cổng. "
    "Chép riêng phần bài viết sang tệp TXT rồi nhập.",
    "no_article": "Không thấy bài viết: tệp cần có tít ở dòng đầu và ít nhất một đoạn bên dưới.",
}


class ArticleRefused(Invalid):
    """A file that is no article to be had; `id` for programs, the sentence for people. Nothing of it is kept."""

    def __init__(self, id: str, **words: object) -> None:
        super().__init__({"file": SENTENCES[id].format(**words)})
        self.id = id


def thousands(number: int) -> str:
    """10000 is "10.000"."""
    return f"{number:,}".replace(",", ".")
