"""What happens to files, in words."""

DESTROYED = "files.destroyed"
"""What the audit calls the end of a state secret; its detail tells `sha256` and `level`."""
PHRASES = {
    "files.stored": "đã tải lên một tệp {kind}",
    "files.passed_on": "đã chuyển nội dung một tệp cho cơ quan khác",
    "files.locked": "đã khóa một tệp vì máy thấy dấu {level}",
    "files.released": "đã trả lời: tệp không có dấu mật",
    DESTROYED: "đã hủy một tệp có dấu {level}: {size} byte, mã băm {sha256}",
    "files.swept": "đã dọn {blobs} nội dung tệp không ai giữ, {parts} phần tải dở và {drawings} ảnh trang thừa",
}
