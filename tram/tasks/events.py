"""Words of work that other rooms use too: the kinds of tasks, and what happens to them as sentences."""

from enum import StrEnum


class Kind(StrEnum):
    """Loại việc: what is asked of the holder."""

    HANDLE = "handle"
    DIRECT = "direct"
    COORDINATE = "coordinate"
    COMMENT = "comment"
    REVIEW = "review"
    APPROVE = "approve"
    REPORT = "report"
    INFORM = "inform"


KIND_NAMES = {
    Kind.HANDLE: "Chủ trì xử lý",
    Kind.DIRECT: "Cho ý kiến chỉ đạo",
    Kind.COORDINATE: "Phối hợp",
    Kind.COMMENT: "Góp ý",
    Kind.REVIEW: "Kiểm tra",
    Kind.APPROVE: "Phê duyệt",
    Kind.REPORT: "Báo cáo",
    Kind.INFORM: "Để biết",
}

PHRASES = {
    "tasks.assigned": "đã giao việc ({kind_name}) cho {holder}, hạn {due_on}",
    "tasks.read": "đã xem",
    "tasks.accepted": "đã nhận việc",
    "tasks.claimed": "đã nhận việc từ hộp việc chung của đơn vị",
    "tasks.handed": "đã phân việc cho {holder}: {word}",
    "tasks.unhanded": "đã rút lại việc phân cho {holder}",
    "tasks.transferred": "đã chuyển việc sang {holder}: {word}",
    "tasks.inherited": "đã chuyển việc của {before} (không còn người giữ) cho {holder}",
    "tasks.evidence_destroyed": "tệp minh chứng có dấu mật đã bị hủy",
    "tasks.blanked": "đã xóa lời của việc vì văn bản là văn bản mật",
    "tasks.progress_reported": "đã báo cáo tiến độ {percent} %: {text}",
    "tasks.submitted": "đã làm xong, chờ xác nhận: {result}",
    "tasks.confirmed": "đã xác nhận hoàn thành",
    "tasks.sent_back": "chưa xác nhận, yêu cầu làm lại: {reason}",
    "tasks.finished": "đã hoàn thành: {result}",
    "tasks.fulfilled": "việc đã xong: {result}",
    "tasks.returned": "đã trả lại việc: {reason}",
    "tasks.recalled": "đã thu hồi việc: {reason}",
    "tasks.due_changed": "đã đổi hạn từ {before} thành {after}: {reason}",
    "tasks.extension_asked": "đã xin gia hạn đến {wanted_on}: {reason}",
    "tasks.extension_granted": "đã đồng ý gia hạn đến {wanted_on}: {answer}",
    "tasks.extension_refused": "không đồng ý gia hạn: {answer}",
    "tasks.hidden": "đã ẩn việc đến {until}",
    "tasks.shown": "đã cho việc hiện lại trong danh sách",
    "tasks.closed_unfinished": "đã kết thúc việc khi chưa hoàn thành: {reason}",
}
