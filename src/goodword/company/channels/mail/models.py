"""The company's mailboxes, each mail that came by one, and what is being handed to a mail server."""

from __future__ import annotations

import json

from django.conf import settings
from django.db import models

from goodword.base.core.sealing import decrypt, encrypt
from goodword.base.people.models import Department

from ..models import InboundMessage

PURPOSE = "mailboxes"
SECRETS = ("password", "client_secret", "refresh_token")
SECURITY = [("tls", "TLS"), ("starttls", "STARTTLS"), ("plain", "不加密（仅限公司内网）")]
AUTH = [("password", "密码或授权码"), ("oauth", "OAuth2（XOAUTH2）")]
AFTERWARDS = [("leave", "不动"), ("seen", "标为已读"), ("move", "移到另一个文件夹")]
BEGINS = [("new", "从现在起的新邮件"), ("all", "文件夹里已有的也收")]
NOTES = [
    ("", "收下"),
    ("copy", "同一封邮件的另一份"),
    ("bounce", "退信"),
    ("delayed", "延迟投递通知"),
    ("own", "自己发出的邮件绕了回来"),
    ("many", "同一发件人来信过多"),
    ("staff", "冒用公司地址"),
    ("auto", "自动邮件"),
    ("stranger", "来自会话以外的人"),
    ("unread", "读不懂"),
    ("too_big", "太大，没有取下来"),
]


class Mailbox(models.Model):
    """One mailbox: how it is reached, whose it is, how far it was read, and how it fares. Secrets lie sealed in `sealed`.

    validity, last_uid: up to where its folder was read (RFC 3501). began_at: what came before is not taken in, unless
    `begins` says all. failures: looks that failed in a row.
    """

    address = models.EmailField(unique=True)
    shown = models.CharField(max_length=80, blank=True, default="")
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_active = models.BooleanField(default=True)
    imap_host = models.CharField(max_length=200, blank=True, default="")
    imap_port = models.PositiveIntegerField(default=993)
    imap_security = models.CharField(max_length=8, choices=SECURITY, default="tls")
    smtp_host = models.CharField(max_length=200, blank=True, default="")
    smtp_port = models.PositiveIntegerField(default=465)
    smtp_security = models.CharField(max_length=8, choices=SECURITY, default="tls")
    user = models.CharField(max_length=200, blank=True, default="")
    auth = models.CharField(max_length=8, choices=AUTH, default="password")
    client_id = models.CharField(max_length=200, blank=True, default="")
    token_url = models.CharField(max_length=400, blank=True, default="")
    scope = models.CharField(max_length=400, blank=True, default="")
    sealed = models.TextField(blank=True, default="")
    folder = models.CharField(max_length=200, default="INBOX")
    begins = models.CharField(max_length=3, choices=BEGINS, default="new")
    afterwards = models.CharField(max_length=5, choices=AFTERWARDS, default="leave")
    moved_to = models.CharField(max_length=200, blank=True, default="")
    signature = models.TextField(blank=True, default="")
    changed_at = models.DateTimeField()
    began_at = models.DateTimeField()
    validity = models.BigIntegerField(null=True, blank=True)
    last_uid = models.BigIntegerField(default=0)
    looked_at = models.DateTimeField(null=True, blank=True)
    mail_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=400, blank=True, default="")

    def __str__(self) -> str:
        return self.address

    @property
    def domain(self) -> str:
        """What its Message-IDs end with."""
        return self.address.rpartition("@")[2].lower()

    @property
    def login(self) -> str:
        """What it logs in with."""
        return self.user or self.address

    def secret(self, name: str) -> str:
        """One of SECRETS, in clear, to be used and never shown."""
        return str(self._opened().get(name, ""))

    def has_secret(self, name: str) -> bool:
        """Whether it is set."""
        return bool(self.secret(name))

    def set_secrets(self, **values: str) -> None:
        """Seal those that are given; an empty one leaves what there is."""
        kept = {**self._opened(), **{name: value for name, value in values.items() if value}}
        self.sealed = encrypt(json.dumps(kept), purpose=PURPOSE)

    def _opened(self) -> dict[str, str]:
        return dict(json.loads(decrypt(self.sealed, purpose=PURPOSE))) if self.sealed else {}


class MailIn(models.Model):
    """One mail that came by a mailbox; its bytes are `inbound`'s.

    name: what the conversation calls it (its Message-ID; with a digest behind it where another mail had that first); none
    for a copy. digest: of what it says, keyed, so that the same mail by two mailboxes is one. sender, subject: masked.
    note: what became of it beside the conversation; said: more of that in words.
    """

    inbound = models.OneToOneField(InboundMessage, on_delete=models.PROTECT, related_name="mail")
    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="mails")
    uid = models.BigIntegerField()
    name = models.CharField(max_length=200, null=True, blank=True, unique=True)
    digest = models.CharField(max_length=32, blank=True, default="")
    message_id = models.CharField(max_length=500, blank=True, default="")
    references = models.JSONField(default=list, blank=True)
    party_key = models.CharField(max_length=32, blank=True, default="")
    sender = models.CharField(max_length=200, blank=True, default="")
    subject = models.CharField(max_length=200, blank=True, default="")
    note = models.CharField(max_length=8, choices=NOTES, blank=True, default="")
    said = models.CharField(max_length=400, blank=True, default="")
    at = models.DateTimeField()
    put_away_at = models.DateTimeField(null=True, blank=True)
    put_away_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["party_key", "at"], name="mails_of_a_sender"),
            models.Index(
                fields=["-at"],
                condition=models.Q(
                    put_away_at=None, note__in=["many", "staff", "auto", "stranger", "too_big"]
                ),
                name="mails_set_aside",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mailbox_id} {self.uid}"


class RawSight(models.Model):
    """One sight of a mail as it came: by whom and why. The journal names this row."""

    mail = models.ForeignKey(MailIn, on_delete=models.CASCADE, related_name="sights")
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.mail_id} {self.by_id}"


class MailThread(models.Model):
    """The token by which a case is known in a subject line: keyed, so that nobody can guess another case's."""

    case_id = models.UUIDField(unique=True)
    token = models.CharField(max_length=16, unique=True)

    def __str__(self) -> str:
        return str(self.case_id)


class MailOut(models.Model):
    """A mail whose last byte is being handed over: as long as it stands, nobody knows whether the server took it.

    key: the outbox message's.
    """

    key = models.CharField(max_length=200, unique=True)
    handed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
