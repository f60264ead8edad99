"""When work that failed is tried again, when it is given up, and how its fault is told."""

from datetime import timedelta

from tram.kernel.verdicts import Invalid, Refused, WrongState

TRIES = 5
STALLED_AFTER = timedelta(seconds=40)
"""A worker beats every 10 s; under 30 s a healthy but busy one would look dead."""
ANSWERS_KEPT = timedelta(days=7)
FINISHED_KEPT = timedelta(days=1)
FAILED_KEPT = timedelta(days=30)

KILLED = "Máy chạy việc nền bị dừng giữa chừng ở cả {tries} lần. Xem bộ nhớ và nhật ký của máy, rồi cho chạy lại."
UNKNOWN = "Bản Trạm đang chạy không còn loại việc này. Bỏ việc này đi, hoặc cài lại bản Trạm đã giao việc."


def reason_of(error: BaseException) -> str:
    """Why a job failed, as a sentence for an administrator; never the error's own text, which may quote a document."""
    match error:
        case Refused() | WrongState() | Invalid():
            return str(error)
        case ConnectionError() | TimeoutError():
            return "Máy ở đầu kia không trả lời. Kiểm tra đường truyền và địa chỉ, rồi cho chạy lại."
        case OSError():
            return "Không đọc hoặc không ghi được tệp. Kiểm tra chỗ trống của ổ đĩa, rồi cho chạy lại."
    return f"Chương trình gặp lỗi {type(error).__name__}. Nhật ký của máy ghi chi tiết; sửa xong thì cho chạy lại."
