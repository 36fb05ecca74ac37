"""The company's mailboxes, and what holds for mails as such. Secrets are set here and shown nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from goodword.base.core.errors import Invalid, NotFound
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.company.channels.mail.composing import is_address
from goodword.company.channels.mail.handing import forget_rest
from goodword.company.channels.mail.models import SECRETS, Mailbox
from goodword.company.channels.mail.settings import MailRules, keep, rules
from goodword.engine.journal.recording import lock_subject, record

from .kinds import COMPANY, MAIL_RULES_SET, MAILBOX_ADDED, MAILBOX_CHANGED

FACTS = (
    "address",
    "shown",
    "department",
    "is_active",
    "imap_host",
    "imap_port",
    "imap_security",
    "smtp_host",
    "smtp_port",
    "smtp_security",
    "user",
    "auth",
    "client_id",
    "token_url",
    "scope",
    "folder",
    "begins",
    "afterwards",
    "moved_to",
    "signature",
)
ANEW = ("imap_host", "folder", "user", "address")
"""Whoever changes one of these reads another folder: its numbers say nothing about this one's."""
HOSTS = ("imap_host", "smtp_host", "token_url")
LEAST_AN_HOUR, MOST_AN_HOUR = 1, 10_000
MOST_DOMAINS = 50


def add_mailbox(facts: Mapping[str, Any], secrets: Mapping[str, str], *, by: Actor, at: datetime) -> Mailbox:
    """Add a mailbox; it is watched at once, where it is active.

    Effects: the mailbox; `company.mailbox_added`. Raises Forbidden without settings.edit, Invalid.
    """
    by.require("settings.edit")
    with one_fact():
        lock_subject(*COMPANY)
        box = Mailbox(changed_at=at, began_at=at)
        _fill(box, facts, secrets)
        box.save()
        record(MAILBOX_ADDED, COMPANY[1], by=by, at=at, facts={"mailbox": box.pk, "active": box.is_active})
    return box


def change_mailbox(
    box_id: int, facts: Mapping[str, Any], secrets: Mapping[str, str], *, by: Actor, at: datetime
) -> Mailbox:
    """Change a mailbox; a secret left empty stays. Its watcher begins anew.

    Effects: the mailbox; `company.mailbox_changed` with which facts differ, never with what they are.
    Raises Forbidden without settings.edit, NotFound, Invalid.
    """
    by.require("settings.edit")
    with one_fact():
        lock_subject(*COMPANY)
        box = known(box_id)
        before = {name: getattr(box, name) for name in FACTS}
        _fill(box, facts, secrets)
        differ = [name for name in FACTS if getattr(box, name) != before[name]]
        _require_secrets_anew(box, differ, secrets)
        differ += [name for name in SECRETS if secrets.get(name)]
        if not differ:
            return box
        if set(differ) & set(ANEW):
            box.validity, box.last_uid, box.began_at = None, 0, at
        box.changed_at, box.failures, box.error = at, 0, ""
        box.save()
        changes = {"mailbox": box.pk, "active": box.is_active, "changed": " ".join(differ)}
        record(MAILBOX_CHANGED, COMPANY[1], by=by, at=at, facts=changes)
    forget_rest()
    return box


def set_rules(chosen: MailRules, *, by: Actor, at: datetime) -> None:
    """The company's own domains, and how many mails of one sender an hour are taken in.

    Effects: the setting; `company.mail_rules_set` when it differs. Raises Forbidden without settings.edit, Invalid.
    """
    by.require("settings.edit")
    if not LEAST_AN_HOUR <= chosen.most_an_hour <= MOST_AN_HOUR or len(chosen.domains) > MOST_DOMAINS:
        raise Invalid("数值超出范围。", "Out of range.", fields={"most_an_hour": "1–10000"})
    with one_fact():
        lock_subject(*COMPANY)
        if rules() != chosen:
            keep(chosen)
            facts = {"domains": len(chosen.domains), "most_an_hour": chosen.most_an_hour}
            record(MAIL_RULES_SET, COMPANY[1], by=by, at=at, facts=facts)


def known(box_id: int) -> Mailbox:
    """The mailbox. Raises NotFound."""
    box = Mailbox.objects.select_related("department").filter(pk=box_id).first()
    if box is None:
        raise NotFound("没有这个邮箱。", "There is no such mailbox.")
    return box


def _require_secrets_anew(box: Mailbox, differ: list[str], secrets: Mapping[str, str]) -> None:
    """A kept secret goes to no other server than the one it was given for, nor in the clear to the same one."""
    moved = any(name in differ and getattr(box, name) for name in HOSTS)
    bared = any(
        getattr(box, name) == "plain" for name in ("imap_security", "smtp_security") if name in differ
    )
    held = [name for name in SECRETS if box.has_secret(name)]
    missing = [name for name in held if not secrets.get(name)]
    if (moved or bared) and missing:
        again = "服务器或加密方式变了，请重新填写 / type it again: server or encryption changed"
        raise Invalid("请重新填写密码。", "Type the secrets again.", fields=dict.fromkeys(missing, again))


def _fill(box: Mailbox, facts: Mapping[str, Any], secrets: Mapping[str, str]) -> None:
    for name in FACTS:
        setattr(box, name, facts[name])
    if any(secrets.get(name) for name in SECRETS):
        box.set_secrets(**{name: secrets.get(name, "") for name in SECRETS})
    if wrong := _wrong(box):
        raise Invalid(
            "邮箱的设置不完整或有误。", "Something about the mailbox is missing or wrong.", fields=wrong
        )


def _wrong(box: Mailbox) -> dict[str, str]:
    needed = "必填 / required"
    wrong = {}
    if not is_address(box.address):
        wrong["address"] = "不是邮箱地址 / not a mail address"
    if Mailbox.objects.filter(address__iexact=box.address).exclude(pk=box.pk).exists():
        wrong["address"] = "已经添加过 / already there"
    if not box.imap_host and not box.smtp_host:
        wrong["imap_host"] = needed
    if box.afterwards == "move" and not box.moved_to:
        wrong["moved_to"] = needed
    if box.auth == "oauth":
        wrong |= {name: needed for name in ("client_id", "token_url") if not getattr(box, name)}
        if not box.has_secret("refresh_token"):
            wrong["refresh_token"] = needed
        if box.token_url and not box.token_url.startswith("https://"):
            wrong |= {"token_url": "https://…"}
    return wrong
