"""`tram demo`: fill an empty data folder with the demo province, small or with years of mail; who may sign in to it; a letter."""

from argparse import Namespace

from django.core.management import CommandError, call_command

from tram.site.accounts import accounts
from tram.site.environment import awake, data_folder, database
from tram.site.preparation import USUAL_LETTERS, read_mark
from tram.site.supervisor import alone, prepare
from tram.site.trouble import Trouble

SIZES = {"small": USUAL_LETTERS, "large": 1_000_000, "huge": 10_000_000}


def demo(asked: Namespace) -> int:
    """Tell the accounts, or plant as many letters as are asked for."""
    if asked.verb == "accounts":
        return accounts(asked)
    if asked.verb == "issued":
        return _issued(asked)
    data = data_folder(asked.data)
    mark = read_mark(data)
    if mark and mark["demo"] != "begun":
        raise Trouble(f"{data} đã được chuẩn bị. Nạp tỉnh mẫu vào một thư mục trống: tram demo --data THƯMỤC")
    data.mkdir(parents=True, exist_ok=True)
    letters = asked.letters or SIZES[asked.size]
    with alone(data), database(data, tied=True, loading=True) as server:
        prepare(data, server, empty=False, letters=letters)
    print(f"Đã nạp {letters:,} văn bản. Chạy: tram run --data {data}".replace(",", "."))
    return 0


def _issued(asked: Namespace) -> int:
    """Write one issued letter of the demo, signed and sealed, into the named file."""
    if asked.pdf is None:
        raise Trouble("Ghi vào đâu? Ví dụ: tram demo issued --pdf van-ban.pdf")
    with awake(data_folder(asked.data)) as why_not:
        if why_not:
            raise Trouble(why_not)
        try:
            call_command("issued_letter", pdf=asked.pdf)
        except CommandError as wrong:
            raise Trouble(str(wrong)) from wrong
    return 0
