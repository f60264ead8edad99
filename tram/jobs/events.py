"""What happens to background work, in words."""

PHRASES = {
    "jobs.parked": "việc nền “{title}” hỏng sau {tries} lần thử: {reason}",
    "jobs.retried": "đã cho chạy lại việc nền “{title}”",
    "jobs.dismissed": "đã bỏ việc nền hỏng “{title}”",
    "jobs.rescued": "đã cứu việc nền “{title}” bị dừng giữa chừng",
    "jobs.purged": "đã dọn {answers} trả lời cũ và {finished} việc nền đã xong",
}
