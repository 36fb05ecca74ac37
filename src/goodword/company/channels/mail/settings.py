"""What the company decided about mails as such: its own domains, and how many of one sender an hour are taken in."""

from __future__ import annotations

from dataclasses import dataclass

from goodword.base.core.models import Setting

SETTING = "mail"


@dataclass(frozen=True, slots=True)
class MailRules:
    """domains: the company's own, from which no customer writes. most_an_hour: of one sender; more are set aside."""

    domains: tuple[str, ...] = ()
    most_an_hour: int = 30


def rules() -> MailRules:
    """As the company has it now. One query."""
    kept = Setting.objects.filter(name=SETTING).values_list("value", flat=True).first()
    return MailRules(tuple(kept["domains"]), kept["most_an_hour"]) if isinstance(kept, dict) else MailRules()


def keep(chosen: MailRules) -> None:
    """Write the setting; whoever calls has asked for the right and journals it."""
    value = {"domains": list(chosen.domains), "most_an_hour": chosen.most_an_hour}
    Setting.objects.update_or_create(name=SETTING, defaults={"value": value})
