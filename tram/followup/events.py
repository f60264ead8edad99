"""Words of following up: what was reminded and urged, as sentences."""

PHRASES = {
    "followup.feed_opened": "đã tạo địa chỉ lịch hạn",
    "followup.feed_closed": "đã thu hồi địa chỉ lịch hạn",
    "followup.reminded": "đã nhắc {holder}: việc đến hạn {due_on}",
    "followup.urged": "đã soạn dự thảo công văn đôn đốc tuần từ {week}: {late} việc quá hạn, {soon} việc sắp đến hạn",
}
