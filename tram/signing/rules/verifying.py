"""Verifying any PDF: a plain function from a file, an hour and the trusted authorities to a report. Changes nothing."""

from datetime import datetime
from pathlib import Path

from tram.signing.rules.asking import ask
from tram.signing.rules.reports import INVALID, UNSIGNED, UNSURE, VALID, Report, report_of, verdict_of
from tram.signing.rules.trust import Authority, periods

SUMMARIES = {
    UNSIGNED: "Tệp không có chữ ký số nào.",
    VALID: "{count} chữ ký đều hợp lệ; nội dung không đổi ngoài phần được phép.",
    UNSURE: "Có chữ ký chưa đủ căn cứ để công nhận. Xem lý do ở từng chữ ký.",
    INVALID: "Có chữ ký không hợp lệ. Không dùng tệp này như văn bản đã ký.",
}
TEST_NOTE = " Chứng thư thử, không có giá trị pháp lý."
SECONDS = 60


def verify(source: Path, at: datetime, trusted: list[Authority], lists: list[str]) -> Report:
    """The report on a PDF; raises words.Trouble when it cannot be read at all.

    `lists`: revocation lists (DER, hex) known here. Nothing is fetched from anywhere.
    """
    told = ask(
        "judge",
        {
            "source": str(source), "at": at.isoformat(), "trusted": [one.pem for one in trusted],
            "periods": periods(trusted), "lists": lists,
        },
        seconds=SECONDS,
    )  # fmt: skip
    found = report_of({**told, "verdict": UNSIGNED, "summary": ""})
    verdict = verdict_of(found.signatures)
    summary = SUMMARIES[verdict].format(count=len(found.signatures))
    summary += TEST_NOTE if any(one.is_test for one in found.signatures) else ""
    return Report(found.sha256, found.size, found.checked_at, verdict, summary, found.signatures, found.stamps)
