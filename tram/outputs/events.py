"""What happens to files that are made of lists, in words."""

PHRASES = {
    "outputs.ordered": "đã yêu cầu làm tệp: {title}, {rows} dòng",
    "outputs.made": "đã có tệp: {title}, {size} byte",
    "outputs.stopped": "đã thôi làm tệp: {title}",
    "outputs.failed": "không làm được tệp: {title}. {reason}",
    "outputs.withdrawn": "đã hủy tệp vì danh sách có nội dung bị khóa: {title}",
    "outputs.swept": "đã dọn {files} tệp làm ra đã quá hạn giữ và {parts} phần dở",
}
