"""What happens to questions, as sentences. None of them holds a word of whoever asked: a record stays for ever."""

PHRASES = {
    "voices.asked": "câu hỏi số {number} được gửi tới {to}, hạn trả lời {due_on}",
    "voices.commented": "ý kiến số {number} về một bài được gửi tới {to}, hạn duyệt {due_on}",
    "voices.opined": "góp ý số {number} về một dự thảo được gửi tới {to}, hạn duyệt {due_on}",
    "voices.answered": "đã soạn lời sẽ đăng, bản {version}",
    "voices.sent_back": "đã trả lại câu trả lời: {reason}",
    "voices.entrusted": "đã giao {unit} soạn câu trả lời",
    "voices.passed_on": "đã chuyển câu hỏi sang {to}, hạn trả lời {due_on}: {reason}",
    "voices.set_aside": "không đăng: {reason}",
    "voices.published": "đã đăng số {number}, bản {version}",
    "voices.withdrawn": "đã gỡ khỏi cổng: {reason}",
    "voices.forgotten": "đã xóa họ tên và thông tin liên hệ của người hỏi: {reason}",
    "voices.draft_proposed": "đã soạn dự thảo lấy ý kiến số {number}",
    "voices.draft_revised": "đã sửa dự thảo, bản {version}",
    "voices.draft_sent_back": "đã trả lại: {reason}",
    "voices.draft_published": "đã đăng dự thảo, bản {version}, nhận ý kiến đến hết ngày {last_on}",
    "voices.draft_summarised": "đã soạn bản tổng hợp, tiếp thu, giải trình",
    "voices.draft_summary_published": "đã đăng bản tổng hợp, tiếp thu, giải trình",
    "voices.draft_withdrawn": "đã gỡ dự thảo khỏi cổng: {reason}",
    "voices.draft_closed": "dự thảo rời cổng: {reason}",
}
