"""Mails as customers' programs write them."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from goodword.base.core import clock

CUSTOMER = "streamer-zhang@customer.example"


def a_mail(
    text: str = "直播机黑屏了，今晚要用。",
    *,
    to: str,
    sender: str = f"张测试 <{CUSTOMER}>",
    subject: str = "直播机黑屏",
    answers: EmailMessage | None = None,
    references: str = "",
    files: tuple[tuple[str, bytes], ...] = (),
    **headers: str,
) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = headers.pop("message_id", "") or make_msgid(domain="customer.example")
    if answers is not None:
        message["In-Reply-To"] = answers["Message-ID"]
        message["References"] = f"{answers.get('References', '')} {answers['Message-ID']}".strip()
    elif references:
        message["References"] = references
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    for name, content in files:
        message.add_attachment(content, maintype="image", subtype="png", filename=name)
    return message.as_bytes()


def a_reply(to: EmailMessage, text: str, *, sender: str = CUSTOMER, drops_references: bool = False) -> bytes:
    """What a customer's program makes of "reply": their words above, ours quoted below."""
    plain = to.get_body(("plain",))
    assert plain is not None
    quoted = "\n".join(f"> {line}" for line in plain.get_content().splitlines())
    said = f"{text}\n\n在 2026年1月5日，{to['From'].addresses[0].display_name} 写道：\n{quoted}\n"
    subject = to["Subject"] if to["Subject"].lower().startswith("re:") else f"Re: {to['Subject']}"
    return a_mail(
        said,
        to=str(to["From"].addresses[0].addr_spec),
        sender=sender,
        subject=subject,
        answers=None if drops_references else to,
    )
