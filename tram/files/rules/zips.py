"""Zips: is this package what it says, judged from its directory before anything is unpacked?

Unpacking tools differ in what they forgive; a package that two tools could read in two ways is refused.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from tram.files.rules.names import trick_of
from tram.files.rules.refusals import Limits, refusal, size_text

END = b"PK\x05\x06"
END_SIZE = 22
ZIP64 = b"PK\x06\x07"
RATIO = 300
RATIO_FROM = 8 * 1024 * 1024
DIRECTORY_LIMIT = 4 * 1024 * 1024
GAP = 64
STEP = 1024 * 1024
UNTOLD = 0xFFFFFFFF


def open_package(file: BinaryIO, size: int, limits: Limits) -> zipfile.ZipFile:
    """Open a zip after checking its directory, its names and that its parts lie side by side; raises FileRefused."""
    _check_end(file, size, limits)
    try:
        package = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error) as error:
        raise refusal("zip_directory") from error
    entries = package.infolist()
    _check_sizes(entries, limits)
    for entry in entries:
        _check_name(entry)
        _check_flags(entry)
    _check_twins(entries)
    _check_places(file, package)
    return package


def _check_end(file: BinaryIO, size: int, limits: Limits) -> None:
    """The end record: there, last, whole, of one disk, and pointing right at the directory before it."""
    file.seek(max(0, size - 65536 - END_SIZE))
    tail = file.read()
    at = tail.rfind(END)
    if at < 0 or len(tail) - at < END_SIZE:
        raise refusal("zip_cut")
    disk, first, here, count, length, offset, comment = struct.unpack("<HHHHIIH", tail[at + 4 : at + END_SIZE])
    if disk or first or here != count:
        raise refusal("zip_split")
    if comment or len(tail) != at + END_SIZE:
        raise refusal("zip_tail")
    if count > limits.entries or UNTOLD in (length, offset) or tail[max(0, at - 20) : at].startswith(ZIP64):
        raise refusal("zip_many", count=count, limit=limits.entries)
    if length > DIRECTORY_LIMIT or offset + length != size - END_SIZE:
        raise refusal("zip_directory")


def _check_sizes(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    total = sum(entry.file_size for entry in entries)
    for entry in entries:
        ratio = entry.file_size // max(entry.compress_size, 1)
        if entry.file_size > RATIO_FROM and ratio > RATIO:
            raise refusal("zip_ratio", entry=entry.filename, ratio=ratio)
    if total > limits.unpacked:
        raise refusal("zip_total", size=size_text(total), limit=size_text(limits.unpacked))


def _check_name(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    trick = trick_of(name)
    if trick is not None:
        raise refusal(f"zip_{trick}")
    if "\\" in name:
        raise refusal("zip_backslash")
    if any(ord(letter) < 32 for letter in name):
        raise refusal("zip_newline")


def _check_flags(entry: zipfile.ZipInfo) -> None:
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise refusal("zip_symlink", entry=entry.filename)
    if entry.flag_bits & 0x41:
        raise refusal("zip_locked_part", entry=entry.filename)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise refusal("zip_method", entry=entry.filename)


def _check_twins(entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename.casefold()
        if name in seen:
            raise refusal("zip_twice", entry=entry.filename)
        seen.add(name)


def _check_places(file: BinaryIO, package: zipfile.ZipFile) -> None:
    """Local headers agree with the directory; parts neither overlap nor leave room to hide in."""
    end = 0
    for entry in sorted(package.infolist(), key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise refusal("zip_overlap")
        if entry.header_offset - end > GAP:
            raise refusal("zip_gap")
        end = _check_local(file, entry)
    if end > package.start_dir:
        raise refusal("zip_overlap")
    if package.start_dir - end > GAP:
        raise refusal("zip_gap")


def _check_local(file: BinaryIO, entry: zipfile.ZipInfo) -> int:
    """Where the part ends, once its own header has said the same as the directory."""
    file.seek(entry.header_offset)
    header = file.read(30)
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise refusal("zip_directory")
    flags, method, _time, _crc, packed, plain, names, extra = struct.unpack("<2xHHIIIIHH", header[4:])
    name = file.read(names)
    expected = entry.orig_filename.encode("utf-8" if flags & 0x800 else "cp437", "replace")
    sizes_agree = flags & 8 or (packed in (entry.compress_size, UNTOLD) and plain in (entry.file_size, UNTOLD))
    if name != expected or method != entry.compress_type or not sizes_agree:
        raise refusal("zip_two_faces", entry=entry.filename)
    return entry.header_offset + 30 + int(names + extra) + entry.compress_size


def pieces(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of a part in steps of 1 MB, its length and checksum checked; raises FileRefused when damaged."""
    try:
        with package.open(entry) as part:
            while piece := part.read(STEP):
                yield piece
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise refusal("zip_damaged", entry=entry.filename) from error


def kind_of_package(names: set[str], head: bytes, path: Path) -> str:
    """Which package a zip is when it is no Office document: an id of KINDS."""
    if "META-INF/MANIFEST.MF" in names or "AndroidManifest.xml" in names:
        return "java_program"
    if b"application/epub+zip" in head[:200]:
        return "ebook"
    if b"application/vnd.oasis.opendocument" in head[:200]:
        return "opendocument"
    return "zip_archive" if path.suffix.lower() in ("", ".zip") else "zip_renamed"
