"""The console entry `tram`. Each command's code is imported only when it is called, so that small ones start fast."""

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from tram.site.trouble import Trouble


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Vietnamese."""

    def __init__(self, prog: str, description: str) -> None:
        super().__init__(prog=prog, description=description, add_help=False, allow_abbrev=False)
        self.add_argument("-h", "--help", action="help", help="in lời giải thích này")

    def format_help(self) -> str:
        words = {"usage: ": "cách dùng: ", "positional arguments:": "đối số:", "options:": "tuỳ chọn:"}
        text = super().format_help()
        for english, vietnamese in words.items():
            text = text.replace(english, vietnamese, 1)
        return text

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"Lệnh chưa đúng: {message}\nXem cách dùng: {self.prog} --help\n")


COMMANDS = {
    "run": ("tram.site.supervisor", "chạy Trạm: cơ sở dữ liệu, tác vụ nền và trang web"),
    "doctor": ("tram.site.doctor", "khám hệ thống: mỗi mục một câu và lệnh chữa"),
    "demo": (
        "tram.site.planting",
        "tỉnh mẫu: nạp vào thư mục trống; `accounts` liệt kê tài khoản; `issued` ghi ra một văn bản đã ký",
    ),
    "read": ("tram.site.letters", "đọc tệp: `tram read letter TỆP…` lấy các trường của công văn"),
    "import-articles": (
        "tram.site.articles",
        "bài báo cũ: đưa TXT, HTML của một thư mục vào cho biên tập xem lại; `--dry-run` chỉ xem trước",
    ),
    "verify": ("tram.site.signatures", "xác minh chữ ký số: `tram verify TỆP…`"),
    "audit": ("tram.site.chains", "nhật ký: kiểm chuỗi băm (verify), in dấu kiểm (roots), niêm (seal), xuất (export)"),
    "backup": (
        "tram.keeping.management.console",
        "sao lưu; `backup list`, `check`, `drill` diễn tập khôi phục, `key` in khóa",
    ),
    "restore": ("tram.keeping.management.console", "khôi phục từ bản sao lưu vào thư mục dữ liệu mới"),
    "upgrade": ("tram.keeping.management.console", "nâng cấp: diễn tập trên bản sao lưu; `--now` làm thật"),
    "bench": ("tram.bench.run", "đo tốc độ: mỗi con số một dòng JSON, cạnh giới hạn của máy"),
    "manage": ("tram.site.manage", "lệnh quản trị của Django"),
}
VERBS = {
    "demo": ["accounts", "issued"],
    "read": ["letter"],
    "audit": ["verify", "roots", "seal", "export"],
    "backup": ["now", "list", "check", "drill", "key"],
}
NEED_DJANGO = ("doctor", "audit", "backup", "upgrade")


def main() -> int:
    """Read the command line, run one command, return its exit code."""
    try:
        return _run(sys.argv[1:])
    except Trouble as trouble:
        print(f"✗ {trouble}", file=sys.stderr)
        return 1
    except PermissionError as refusal:
        print(f"✗ Tài khoản này không được mở {refusal.filename}. Chọn thư mục khác: --data THƯMỤC", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read the lines, `head` say, has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(words: list[str]) -> int:
    command = words[0] if words else "--help"
    if command not in COMMANDS:
        _explain(words)
    asked = _asked(command, words[1:])
    module = COMMANDS[command][0]
    code: int
    called = command.replace("-", "_")
    if command == "restore":
        import_module("tram.site.environment").without_house()
    if command not in NEED_DJANGO:
        code = getattr(import_module(module), called)(asked)
        return code
    environment = import_module("tram.site.environment")
    with environment.awake(environment.data_folder(asked.data)) as why_not:
        code = getattr(import_module(module), command)(asked, why_not)
        return code


def _explain(words: list[str]) -> NoReturn:
    parser = Parser("tram", "Trạm: hệ thống điều hành và quản lý văn bản điện tử, từ tỉnh xuống đến xã.")
    listed = "\n".join(f"  {name:15} {about}" for name, (_, about) in COMMANDS.items())
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = f"các lệnh:\n{listed}\n\nXem từng lệnh: tram LỆNH --help"
    parser.parse_known_args(words or ["--help"])
    parser.error(f"không có lệnh “{words[0]}”")


def _asked(command: str, words: list[str]) -> argparse.Namespace:
    if command == "manage":
        return argparse.Namespace(words=words, data=None)
    parser = Parser(f"tram {command}", COMMANDS[command][1])
    parser.add_argument("--data", metavar="THƯMỤC", help="thư mục dữ liệu; mặc định: $TRAM_DATA, hoặc var trong bản mã")
    if command == "run":
        parser.add_argument("--port", type=int, default=8000, metavar="SỐ", help="cổng trang web (mặc định 8000)")
        parser.add_argument("--bind", default="127.0.0.1", metavar="ĐỊACHỈ", help="địa chỉ nghe (mặc định 127.0.0.1)")
        parser.add_argument(
            "--empty", action="store_true", help="không nạp tỉnh mẫu; in đường dẫn quản trị dùng một lần"
        )
        return parser.parse_args(words)
    if command == "bench":
        return _measured(parser).parse_args(words)
    parser.add_argument("--json", action="store_true", help="in JSON cho chương trình khác đọc")
    if verbs := VERBS.get(command):
        nargs = "?" if command in ("demo", "backup") else None
        first = "now" if command == "backup" else None
        parser.add_argument(
            "verb", choices=verbs, metavar="|".join(verbs), help="việc cần làm", nargs=nargs, default=first
        )
    if command == "demo":
        parser.add_argument(
            "--size", choices=["small", "large", "huge"], default="small",
            help="small: 400 văn bản của sáu mươi ngày (mặc định); large: 1.000.000; huge: 10.000.000",
        )  # fmt: skip
        parser.add_argument("--letters", type=int, metavar="SỐ", help="số văn bản, thay cho --size")
        parser.add_argument("--pdf", type=Path, metavar="TỆP", help="issued: nơi ghi văn bản đã ký")
    if command == "audit":
        parser.add_argument("--against", metavar="TỆP", help="verify: đối chiếu với dấu kiểm đã công bố")
        parser.add_argument("--to", metavar="THƯMỤC", help="export: nơi ghi (mặc định nhat-ky)")
    if command in ("backup", "restore", "upgrade"):
        _kept(parser, command)
    _files(parser, command)
    return parser.parse_args(words)


def _files(parser: Parser, command: str) -> None:
    if command == "verify":
        parser.add_argument("files", nargs="+", metavar="TỆP", help="tệp PDF đã ký")
    if command == "import-articles":
        parser.add_argument(
            "folder", type=Path, metavar="THƯMỤC", help="thư mục các bài cũ (hoặc một tệp), TXT hoặc HTML"
        )
        parser.add_argument("--dry-run", action="store_true", help="chỉ đọc và nói sẽ ra bài thế nào; không ghi gì")
        parser.add_argument(
            "--agency", default="", metavar="CƠ-QUAN", help="đưa vào cho cơ quan này (tên, tên viết tắt)"
        )
        parser.add_argument(
            "--source", default="", metavar="NHÃN", help="nguồn của các bài, ví dụ Mic.gov.vn; định kiểu ghi ngày"
        )
        parser.add_argument("--category", default="archive", metavar="MỤC", help="chuyên mục chính: mã hoặc tên")
        parser.add_argument(
            "--also",
            action="append",
            default=[],
            metavar="MỤC",
            help="chuyên mục khác cũng đăng bài; ghi nhiều lần được",
        )
    if command == "read":
        parser.add_argument("files", nargs="+", metavar="TỆP", help="tệp PDF, DOCX, ảnh quét hoặc văn bản")


def _kept(parser: Parser, command: str) -> None:
    if command == "backup":
        parser.add_argument("--into", metavar="THƯMỤC", help="nơi sao lưu; mặc định $TRAM_BACKUPS, hoặc cạnh dữ liệu")
        parser.add_argument(
            "--keep", type=_count, default=os.environ.get("TRAM_BACKUP_KEEP", "14"), metavar="SỐ",
            help="giữ bản cuối của từng ấy ngày có sao lưu (mặc định 14)",
        )  # fmt: skip
    elif command == "restore":
        parser.add_argument("--from", dest="source", metavar="THƯMỤC", help="nơi có các bản sao lưu")
        parser.add_argument("--to", metavar="LÚC", help='như lúc ấy, ví dụ "2026-03-12 14:00"')
        parser.add_argument("--key", metavar="TỆP", help="tệp khóa khôi phục; mặc định tệp cạnh dữ liệu, hoặc hỏi")
        parser.add_argument("--replace", action="store_true", help="chuyển dữ liệu đang có sang bên, không xoá")
    else:
        parser.add_argument("--now", action="store_true", help="nâng cấp thật, khi Trạm đã dừng")


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 3650:
        raise argparse.ArgumentTypeError("cần một số từ 1 đến 3650")
    return int(text)


def _measured(parser: Parser) -> Parser:
    parser.add_argument("--quick", action="store_true", help="các con số chính ở 100.000 văn bản, trong 10 phút")
    parser.add_argument("--size", type=int, metavar="SỐ", help="số văn bản của dữ liệu tự tạo (mặc định 100000)")
    parser.add_argument("--only", default="", metavar="TÊN,…", help="chỉ đo những con số có tên bắt đầu như thế")
    parser.add_argument("--compare", metavar="TỆP", help="so với lần đo trước: in ra con số nào chậm đi, thoát bằng 1")
    parser.add_argument("--port", type=int, default=8090, metavar="SỐ", help="cổng trang web khi đo (mặc định 8090)")
    parser.add_argument("--keep", action="store_true", help="giữ lại dữ liệu tự tạo")
    return parser


if __name__ == "__main__":
    sys.exit(main())
