"""Mails read per second: plain, page, with files, and in the confined child. Prints one JSON object.

    python bench/bench_mail.py [seconds per figure, default 1.0]

`cpu_ms` is computing time of one mail; `confined_ms` is the clock's, with a fresh interpreter for each.
"""

from __future__ import annotations

import json
import sys
from email.message import EmailMessage
from time import perf_counter, process_time

from goodword.base.documents.mail import read
from goodword.base.documents.mail.confined import read_confined

WORDS = "编码器又坏了，推流中断三次，请今天派人来看一下。\n" * 20
QUOTE = "\n在 2026-01-06 12:09:37，客服 <desk@example.com> 写道：\n" + "> 您好，请问是哪一台？\n" * 30
PAGE = "<div><p>编码器又坏了。</p><table><tr><td>型号</td><td>A1</td></tr></table></div>" * 40


def letter(*, charset: str = "utf-8", page: str = "", file: bytes = b"") -> bytes:
    """A mail of these words, perhaps as a page too, perhaps with a file."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "王小明 <xm@example.com>", "desk@example.com", "编码器又坏了"
    mail.set_content(WORDS + QUOTE, charset=charset)
    if page:
        mail.add_alternative(page, subtype="html")
    if file:
        mail.add_attachment(file, maintype="application", subtype="pdf", filename="a.pdf")
    return mail.as_bytes()


KINDS = {
    "plain": letter(),
    "gbk": letter(charset="gbk"),
    "page": letter(page=PAGE),
    "one_mb_file": letter(file=bytes(1024 * 1024)),
}


def figures(raw: bytes, seconds: float) -> dict[str, float]:
    """How many a second on one core, and the computing time of one."""
    read(raw)
    done, began = 0, process_time()
    while (spent := process_time() - began) < seconds:
        read(raw)
        done += 1
    return {"bytes": len(raw), "per_second": round(done / spent), "cpu_ms": round(spent / done * 1000, 3)}


def main(seconds: float) -> None:
    """Measure each kind, then the child."""
    said: dict[str, object] = {name: figures(raw, seconds) for name, raw in KINDS.items()}
    began, times = perf_counter(), 5
    for _ in range(times):
        read_confined(KINDS["page"])
    said["confined_ms"] = round((perf_counter() - began) / times * 1000)
    print(json.dumps(said))


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
