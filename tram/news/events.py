"""What happens to articles, as sentences."""

PHRASES = {
    "news.begun": "đã bắt đầu bài: {title}",
    "news.translated": "đã bắt đầu bản dịch {language}",
    "news.written": "đã lưu bản {number}: {changed}",
    "news.commented": "đã góp ý: {text}",
    "news.comment_settled": "đã xử lý một góp ý",
    "news.presented": "đã trình biên tập bản {number}",
    "news.passed_on": "đã biên tập xong bản {number}, chuyển duyệt đăng",
    "news.sent_back": "đã trả lại bài: {reason}",
    "news.published": "đã đăng bản {number} tại /cong/tin/{slug}",
    "news.scheduled": "đã hẹn đăng bản {number} lúc {publish_at}",
    "news.appeared": "bài đã lên trang theo giờ hẹn, bản {number}",
    "news.expired": "bài đã hết hạn đăng",
    "news.withdrawn": "đã gỡ bài: {reason}",
    "news.revised": "đã mở bài để sửa sau khi đăng: {reason}",
    "news.moved": "đã đổi địa chỉ bài sang /cong/tin/{slug}; địa chỉ cũ /cong/tin/{before} dẫn tới đây",
    "news.secret_removed": "đã bỏ một tệp ra khỏi bài vì là bí mật nhà nước",
    "news.old_taken_in": "đã đưa vào tệp bài cũ {name}: {changes} thay đổi, {proposals} đề nghị",
    "news.old_chosen": "đã chọn lại các thay đổi của tệp bài cũ: nhận {taken} trên {changes}",
    "news.old_confirmed": "đã xác nhận tệp bài cũ {name} thành bản nháp",
    "news.old_set_aside": "không nhập tệp bài cũ: {reason}",
}
