"""What happens to files, in words."""

PHRASES = {
    "files.stored": "đã tải lên một tệp {kind}",
    "files.locked": "đã khóa một tệp vì máy thấy dấu {level}",
    "files.released": "đã trả lời: tệp không có dấu mật",
    "files.destroyed": "đã hủy một tệp có dấu {level}: {size} byte, mã băm {sha256}",
    "files.swept": "đã dọn {blobs} nội dung tệp không ai giữ, {parts} phần tải dở và {drawings} ảnh trang thừa",
}
