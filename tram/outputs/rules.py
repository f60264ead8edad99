"""From how many rows on a list is made in the background, how long its file is kept, how far it has come, in words."""

from datetime import timedelta

from tram.vietnamese.numbers import format_number

AT_ONCE = 500
"""Rows of a list that is made while one waits for the page: a second or two. Longer ones are made by the worker."""
TRIES = 3
KEPT = timedelta(days=1)
MOST_AT_ONCE = 5
"""Files that one person may have on their way."""
STALLED = timedelta(seconds=60)
"""After so long without a word its worker was stopped; the job comes back by itself."""
SILENT = timedelta(minutes=30)
"""A file of which nothing was heard for so long is not being made any more."""
PAUSE = 0.5
"""Seconds between two words about how far the work has come."""

STALLED_WORDS = "Máy dừng giữa chừng, sẽ làm lại từ đầu trong một hai phút"
TOO_MANY = "Bạn đang có {count} tệp chưa làm xong. Đợi một tệp xong, hoặc bấm Thôi ở tệp không cần nữa, rồi làm lại."
BROKEN = "Máy gặp lỗi khi làm tệp này. Làm lại một lần nữa; vẫn không được thì báo quản trị tỉnh."
LEFT = "Máy dừng giữa chừng nhiều lần khi làm tệp này. Báo quản trị tỉnh xem máy chạy việc nền, rồi làm lại."
UNKNOWN = "Bản Trạm đang chạy không còn loại tệp này. Làm lại từ trang có danh sách ấy."
LOCKED = "Danh sách này vừa có nội dung bị khóa nên tệp đã bị hủy. Làm lại để có tệp mới."
GONE = "Tệp này đã được dọn sau một ngày. Làm lại từ trang có danh sách ấy."


def done_words(done: int, total: int) -> str:
    """How far it has come: "Đã làm 4.000 trên 20.000 dòng"."""
    if done >= total:
        return f"Đã làm cả {format_number(total)} dòng, đang ghép và cất tệp"
    return f"Đã làm {format_number(done)} trên {format_number(total)} dòng"


def left_words(done: int, total: int, spent: float) -> str:
    """How long it will still take, judged by what was done in `spent` seconds; "" while nobody can say."""
    if not 0 < done < total or spent <= 1:
        return ""
    left = spent / done * (total - done)
    return f"còn khoảng {max(5, round(left / 5) * 5)} giây" if left < 90 else f"còn khoảng {round(left / 60)} phút"
