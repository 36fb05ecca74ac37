"""A mailbox: how it is reached, whose it is; and what holds for mails as such."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from goodword.base.language.text import tidy
from goodword.base.people.models import Department
from goodword.company.channels.mail.models import SECRETS, Mailbox
from goodword.company.channels.mail.settings import MailRules
from goodword.wiring.administration.mailboxes import FACTS

from ...bilingual import Both
from ...templatetags.goodword_ui import typed

_BETWEEN = re.compile(r"[\s,，、;；]+")
SECURITY = [
    ("tls", "TLS"),
    ("starttls", "STARTTLS"),
    ("plain", Both("不加密（仅限公司内网）", "None (within the company’s own network)")),
]
AUTH = [
    ("password", Both("密码或授权码", "Password or app password")),
    ("oauth", Both("OAuth2（XOAUTH2）", "OAuth2 (XOAUTH2)")),
]
AFTERWARDS = [
    ("leave", Both("不动", "Left as it is")),
    ("seen", Both("标为已读", "Marked as read")),
    ("move", Both("移到另一个文件夹", "Moved to another folder")),
]
BEGINS = [
    ("new", Both("从现在起的新邮件", "What comes from now on")),
    ("all", Both("文件夹里已有的也收", "What lies there already as well")),
]
STAYS = Both("已保存；留空则不变", "Kept; left empty it stays")


class DepartmentField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only to the type checker
    """One of the departments, by its name in the page's language."""

    def label_from_instance(self, obj: Department) -> str:
        """The name."""
        return str(typed(obj.name_zh, obj.name_en))


def _secret(zh: str, en: str) -> forms.CharField:
    return forms.CharField(
        label=Both(zh, en),
        max_length=4000,
        required=False,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


def _port() -> forms.IntegerField:
    return forms.IntegerField(label=Both("端口", "Port"), min_value=1, max_value=65535)


class MailboxForm(forms.Form):
    """One mailbox. Secrets are never shown again: an empty one stays what it was."""

    address = forms.CharField(label=Both("邮箱地址", "Address"), max_length=200)
    shown = forms.CharField(
        label=Both("发件人名称", "Name shown"),
        max_length=80,
        required=False,
        help_text=Both("客户看到的名字，例如公司名", "What customers see, such as the company’s name"),
    )
    department = DepartmentField(
        label=Both("所属部门", "Department"),
        queryset=Department.objects.filter(merged_into=None),
        required=False,
        help_text=Both(
            "来信的工单，待分派时这个部门就能看到；制度没有指定部门的事，建议派给它",
            "Its people see what comes here before triage; what the regulation gives to nobody is proposed to them",
        ),
    )
    is_active = forms.BooleanField(label=Both("启用", "In use"), required=False, initial=True)
    user = forms.CharField(
        label=Both("登录名", "User"),
        max_length=200,
        required=False,
        help_text=Both("不填则用邮箱地址", "Left empty: the address"),
    )
    auth = forms.ChoiceField(label=Both("登录方式", "Log-in"), choices=AUTH, initial="password")
    password = _secret("密码或授权码", "Password or app password")
    client_id = forms.CharField(label=Both("客户端 ID", "Client id"), max_length=200, required=False)
    client_secret = _secret("客户端密钥", "Client secret")
    refresh_token = _secret("刷新令牌", "Refresh token")
    token_url = forms.CharField(label=Both("令牌地址", "Token endpoint"), max_length=400, required=False)
    scope = forms.CharField(label=Both("授权范围", "Scope"), max_length=400, required=False)
    imap_host = forms.CharField(
        label=Both("收信服务器（IMAP）", "IMAP server"),
        max_length=200,
        required=False,
        help_text=Both("例如 imap.163.com；不填则只发不收", "Left empty: it only sends"),
    )
    imap_port = _port()
    imap_security = forms.ChoiceField(label=Both("加密", "Encryption"), choices=SECURITY, initial="tls")
    folder = forms.CharField(label=Both("文件夹", "Folder"), max_length=200, initial="INBOX")
    begins = forms.ChoiceField(label=Both("从哪里开始收", "Begins with"), choices=BEGINS, initial="new")
    afterwards = forms.ChoiceField(
        label=Both("收下以后，服务器上的邮件", "Afterwards, on the server, a mail is"),
        choices=AFTERWARDS,
        initial="leave",
        help_text=Both("好口碑从不删除服务器上的邮件", "Goodword never deletes a mail on the server"),
    )
    moved_to = forms.CharField(label=Both("移到", "Moved to"), max_length=200, required=False)
    smtp_host = forms.CharField(
        label=Both("发信服务器（SMTP）", "SMTP server"),
        max_length=200,
        required=False,
        help_text=Both("例如 smtp.163.com；不填则只收不发", "Left empty: it only takes in"),
    )
    smtp_port = _port()
    smtp_security = forms.ChoiceField(label=Both("加密", "Encryption"), choices=SECURITY, initial="tls")
    signature = forms.CharField(
        label=Both("签名", "Signature"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @classmethod
    def of(cls, box: Mailbox | None, typed_in: Any = None, *, company: str = "") -> MailboxForm:
        """The form of a mailbox, or of a new one."""
        if box is None:
            initial: dict[str, Any] = {
                "imap_port": 993,
                "smtp_port": 465,
                "shown": company,
                "signature": company,
            }
        else:
            initial = {name: getattr(box, name) for name in FACTS}
        form = cls(typed_in, initial=initial)
        for name in SECRETS:
            if box is not None and box.has_secret(name):
                form.fields[name].help_text = STAYS
        return form

    def facts(self) -> dict[str, Any]:
        """What was typed, but the secrets."""
        said = self.cleaned_data
        return {
            name: tidy(said[name]).strip() if isinstance(said[name], str) else said[name] for name in FACTS
        }

    def secrets(self) -> dict[str, str]:
        """The secrets that were typed."""
        return {name: self.cleaned_data[name] for name in SECRETS}


class MailRulesForm(forms.Form):
    """The company's own domains, and how many mails of one sender an hour are taken in."""

    domains = forms.CharField(
        label=Both("公司自己的邮箱域名", "The company’s own mail domains"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=Both(
            "从这些域名来的信不当作客户来信，先放在一边。不要填 163.com 这类公用域名。",
            "Mails from these are no customer’s and are set aside. No public ones such as 163.com.",
        ),
    )
    most_an_hour = forms.IntegerField(
        label=Both("同一发件人每小时最多收几封", "Mails of one sender an hour, at most"),
        min_value=1,
        max_value=10_000,
    )

    def rules(self) -> MailRules:
        """As typed."""
        typed_in = _BETWEEN.split(self.cleaned_data["domains"].strip().lower())
        domains = tuple(dict.fromkeys(one.lstrip("@")[:200] for one in typed_in if one))
        return MailRules(domains, self.cleaned_data["most_an_hour"])
