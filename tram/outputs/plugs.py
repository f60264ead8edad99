"""What outputs plug into lower rooms: how one is told that a file is there."""

from tram.notifications.sockets import Phrase

NOTICES = {
    "outputs.made": Phrase("Tệp đã làm xong", "Đã xong, có thể tải về: {title}", "Tệp bạn yêu cầu đã làm xong."),
    "outputs.failed": Phrase("Tệp không làm được", "Không làm được: {title}", "Tệp bạn yêu cầu không làm được."),
}
