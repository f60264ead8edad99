"""What happens to backups, in words."""

PHRASES = {
    "keeping.backed_up": "đã sao lưu bản {backup}: {rows} dòng, {contents} tệp; {sentence}",
    "keeping.drilled": "đã diễn tập khôi phục bản {backup} trong {seconds} giây: {sentence}",
    "keeping.failed": "sao lưu hoặc diễn tập không xong: {sentence}",
    "keeping.restored": "đã khôi phục từ bản sao lưu {backup}; việc làm sau lúc ấy không còn",
    "keeping.upgraded": "đã nâng cấp lên bản {version} trong {seconds} giây, sau khi sao lưu bản {backup}",
}
