"""A whole mail as a page draws it: read anew in the confined child, masked, its page closed off."""

from __future__ import annotations

from typing import Any

from goodword.base.core.errors import NotFound
from goodword.base.core.masks import mask_email, mask_name, mask_text
from goodword.base.documents.failures import ParseFailed
from goodword.company.channels.mail.actions.taking_in import read_whole
from goodword.company.channels.mail.models import MailIn
from goodword.company.channels.mail.queries import ASIDE, arrival_of, known_mail

from ..access import WebRequest
from ..templatetags.goodword_ui import t

NOTES = {
    "copy": ("同一封邮件的另一份", "A copy of a mail already taken in"),
    "bounce": ("退信", "A letter that did not arrive"),
    "delayed": ("延迟投递通知", "A letter that is late"),
    "own": ("自己发出的邮件绕了回来", "Our own mail, come back"),
    "many": ("同一发件人来信过多", "Too many of one sender"),
    "staff": ("发件人写的是公司自己的地址", "Its sender claims to be the company"),
    "auto": ("自动邮件", "An automatic mail"),
    "stranger": ("来自会话以外的人", "From somebody else than the conversation’s"),
    "unread": ("读不懂", "It cannot be read"),
    "too_big": ("太大，还在邮件服务器上", "Too big: it lies on the mail server"),
}


def note_of(mail: MailIn) -> str:
    """What became of it, in the page's language; empty for what was simply taken in."""
    return str(t(*NOTES[mail.note])) if mail.note else ""


def found(mail_id: int) -> MailIn:
    """The mail. Raises NotFound."""
    mail = known_mail(mail_id)
    if mail is None:
        raise NotFound
    return mail


def whole(request: WebRequest, mail: MailIn) -> dict[str, Any]:
    """What the page of a mail shows; `wrong` where it cannot be read."""
    receives = request.actor.has("cases.receive")
    waits = receives and mail.note in ASIDE and mail.put_away_at is None
    shown: dict[str, Any] = {"mail": mail, "note": note_of(mail), "waits": waits}
    shown |= {"arrival": arrival_of(mail), "may_open": receives and request.actor.has("customers.reveal")}
    try:
        said, files = read_whole(mail)
    except ParseFailed as problem:
        return {**shown, "wrong": t(problem.zh, problem.en)}
    sender = f"{mask_name(said['from_name'])} {mask_email(said['from_email'])}".strip()
    text, page = mask_text(said["body_text"]), mask_text(said["body_html"])
    return {**shown, "said": said, "sender": sender, "text": text, "page": page, "files": files}
