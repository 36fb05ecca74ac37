"""Mails that become cases: kept sealed, read in the confined child, a case with its customer, journal, deadlines and receipt.
Beside it the raw rate: the same mails read in the same confined child, and nothing else done with them; and the cold
rate: so again, but each by a new interpreter, as if none were kept warm.

    python bench/bench_mail_cases.py [--quick]

One thread a mailbox, as the worker has it; what the mail server takes is not in it. At the end every mail is a case.
"""

from __future__ import annotations

import argparse
import threading
import time
from email.message import EmailMessage
from typing import Any

from harness import Row, run, start_django


def letter(box: int, number: int) -> bytes:
    """A customer's mail: words, a page, a small picture."""
    mail = EmailMessage()
    mail["From"] = f"客户测试 <c{box}-{number}@customer.example>"
    mail["To"], mail["Subject"] = f"service{box}@rental.example", f"直播机黑屏 {number}"
    mail["Message-ID"] = f"<{box}.{number}@customer.example>"
    mail.set_content("直播机黑屏了，推流中断三次，今晚要用，请派人来看一下。\n" * 6)
    mail.add_alternative("<p>直播机黑屏了，推流中断三次，今晚要用，请派人来看一下。</p>" * 6, subtype="html")
    mail.add_attachment(
        b"\x89PNG\r\n\x1a\n" + f"{box}.{number}".encode() * 400, "image", "png", filename="a.png"
    )
    return mail.as_bytes()


def measure(options: argparse.Namespace) -> list[Row]:
    """One row for one mailbox, and one for two at a time."""
    start_django()
    from datetime import timedelta

    from tests.cast import make_cast

    from goodword.base.core import clock
    from goodword.company.channels.mail.models import Mailbox
    from goodword.voice.cases.models import Case

    make_cast(clock.now() - timedelta(hours=1))
    count, rows, number = (40 if options.quick else 300), [], 0
    few = 4 if options.quick else 30
    for boxes in (1, 2):
        made = []
        for _ in range(boxes):
            number += 1
            address = f"service{number}@rental.example"
            made.append(Mailbox.objects.create(address=address, changed_at=clock.now(), began_at=clock.now()))
        before = Case.objects.filter(channel="mail").count()
        taken = per_second([lambda box=box: take(box, count) for box in made], count)
        assert Case.objects.filter(channel="mail").count() == before + boxes * count, "a mail became no case"
        raw = per_second([lambda box=box: read(box.pk, count) for box in made], count)
        cold = per_second([lambda box=box: read(box.pk, few, is_cold=True) for box in made], few)
        rows.append(
            {
                "mailboxes": boxes,
                "mails_per_second": round(taken, 1),
                "raw_per_second": round(raw, 1),
                "share_of_raw": round(taken / raw, 2),
                "cold_per_second": round(cold, 1),
                "warm_to_cold": round(raw / cold, 1),
            }
        )
    return rows


def per_second(jobs: list[Any], count: int) -> float:
    """Mails a second of all of them at a time."""
    threads = [threading.Thread(target=job) for job in jobs]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return count * len(jobs) / (time.perf_counter() - began)


def take(box: Any, count: int) -> None:
    """Through the whole door."""
    from django.db import connection

    from goodword.base.core import clock
    from goodword.company.channels.mail.actions.keeping import keep_mail
    from goodword.company.channels.mail.actions.taking_in import take_in

    for number in range(count):
        mail = take_in(keep_mail(box, number + 1, letter(box.pk, number), at=clock.now()), at=clock.now())
        assert mail.note == "", (mail.note, mail.said)
    connection.close()


def read(box: int, count: int, *, is_cold: bool = False) -> None:
    """Read alone. is_cold: nothing that is warm is used again."""
    from goodword.base.documents import warm
    from goodword.base.documents.mail.confined import read_confined

    for number in range(count):
        if is_cold:
            warm.forget()
        read_confined(letter(box, number))


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quick", action="store_true", help="40 mails a mailbox instead of 300")


if __name__ == "__main__":
    run("mail_cases", measure, script=__file__, options=_options)
