"""Which files are taken: their size, their number, what they are by content and by name."""

from __future__ import annotations

from goodword.base.core.errors import Invalid

MEGABYTE = 1024 * 1024
MOST_BYTES = 25 * MEGABYTE
MOST_PER_SUBJECT = 20
HEAD_BYTES = 64 * 1024

ACTIVE_TYPES = frozenset({"text/html", "image/svg+xml", "application/xml"})
UNKNOWN = "application/octet-stream"
ACTIVE_SUFFIXES = frozenset(
    {
        "app",
        "apk",
        "bat",
        "bin",
        "cmd",
        "com",
        "cpl",
        "deb",
        "dll",
        "dmg",
        "exe",
        "gadget",
        "hta",
        "htm",
        "html",
        "jar",
        "js",
        "jse",
        "lnk",
        "mht",
        "mhtml",
        "msi",
        "msp",
        "mjs",
        "pif",
        "ps1",
        "py",
        "reg",
        "rpm",
        "scf",
        "scr",
        "sh",
        "svg",
        "svgz",
        "vb",
        "vbe",
        "vbs",
        "wsf",
        "wsh",
        "xhtml",
        "xml",
        "xsl",
        "docm",
        "dotm",
        "xlsm",
        "xltm",
        "xlam",
        "pptm",
        "potm",
        "ppam",
        "ppsm",
    }
)


class FileRefused(Invalid):
    """A file that is not taken. `reason`: large, many, empty, active or unknown."""

    code = "file_refused"

    def __init__(self, reason: str, zh: str, en: str) -> None:
        super().__init__(zh, en, fields={"file": reason})
        self.reason = reason


def fits(size: int) -> bool:
    """Whether a file of that size is taken."""
    return 0 < size <= MOST_BYTES


def check_size(size: int) -> None:
    """Raise FileRefused for an empty file, or one above 25 MB."""
    if not size:
        raise FileRefused("empty", "文件是空的。", "The file is empty.")
    if size > MOST_BYTES:
        raise FileRefused(
            "large",
            "单个文件不能超过 25 MB,请压缩或拆分。",
            "A file may have 25 MB at most; compress or split it.",
        )


def check_number(there: int) -> None:
    """Raise FileRefused when the subject has 20 files already."""
    if there >= MOST_PER_SUBJECT:
        raise FileRefused(
            "many", f"最多 {MOST_PER_SUBJECT} 个附件。", f"There may be {MOST_PER_SUBJECT} files at most."
        )


def check_type(content_type: str, name: str) -> None:
    """Raise FileRefused for what could act when it is opened, and for what nobody can name."""
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if content_type in ACTIVE_TYPES or suffix in ACTIVE_SUFFIXES:
        raise FileRefused(
            "active",
            "不接受网页、SVG、宏文档或程序文件,请改传图片、PDF、Office 文档或压缩包。",
            "Pages, SVG, documents with macros and programs are not taken; send a picture, PDF, document or archive.",
        )
    if content_type == UNKNOWN:
        raise FileRefused(
            "unknown",
            "无法识别这种文件,请改传图片、音视频、PDF 或 Office 文档。",
            "This kind of file is not known; send a picture, sound, video, PDF or office document.",
        )
