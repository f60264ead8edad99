"""What happens to files, in words."""

PHRASES = {
    "files.stored": "đã tải lên tệp “{name}”",
    "files.swept": "đã dọn {blobs} nội dung tệp không ai giữ, {parts} phần tải dở và {drawings} ảnh trang thừa",
}
