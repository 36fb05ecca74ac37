"""Template tags every page has at hand (a builtin library: no ``{% load %}`` needed).

Two languages stand side by side where they are used: ``{% t "中文" "English" %}``. Nothing can be left
untranslated that way, and a reviewer reads both at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.http import QueryDict
from django.template.base import Parser, Token
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString

from goodword.base.core import clock, ids, masks
from goodword.base.language.script import chosen, is_english, spoken, traditional, written
from goodword.doors.web import words
from goodword.doors.web.drawing import drawn as drawn_once

__all__ = ["is_english"]  # pages ask for it here, where the words are chosen

register = template.Library()
register.filter("written", written)  # `{{ clause.cite|written }}`: Chinese words of ours that have no English
COUNTDOWN = (
    '<time class="countdown countdown--{tone}{pill}" datetime="{due}" title="{title}"{running}{warn}{attrs}>'
    "{icon}<span data-words>{words}</span>{provisional}</time>"
)
PROVISIONAL = ('<span class="muted">暂定</span>', '<span class="muted">provisional</span>')


@register.simple_tag
def t(zh: str, en: str, **facts: object) -> str:
    """``{% t "还有 {n} 件" "{n} left" n=count %}``: the page's language, facts escaped."""
    text = chosen(zh, en)
    return format_html(text, **facts) if facts else text


_any_words = register.tags["t"]


class Words(template.Node):
    """The tag between two literals, which is nearly always: nothing to resolve."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en

    def render(self, context: template.Context) -> str:
        """The page's language."""
        return chosen(self.zh, self.en)


@register.tag("t")
def two_words(parser: Parser, token: Token) -> template.Node:
    """``t``, by the short way where it is between two literals."""
    said = [parser.compile_filter(bit) for bit in token.split_contents()[1:3]]
    if len(token.split_contents()) == 3 and not any(one.is_var or one.filters for one in said):
        return Words(*(str(one.var) for one in said))
    node: template.Node = _any_words(parser, token)
    return node


@register.simple_tag
def tr(zh: object, en: object) -> object:
    """The same choice between two values of ours: ``{% tr clause.text_zh clause.text_en %}``."""
    return chosen(str(zh), str(en))


@register.simple_tag
def typed(zh: object, en: object) -> object:
    """The same between two names somebody typed: ``{% typed department.name_zh department.name_en %}``; never rewritten.

    Where nobody typed the English one, the Chinese stands.
    """
    return (en or zh) if is_english() else zh


@register.simple_tag
def page_language() -> str:
    """``zh-Hans``, ``zh-Hant`` or ``en``: the ``lang`` of the page."""
    return {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}.get(spoken(), "en")


@register.simple_tag
def script(name: str) -> str:
    """The address of a built script, with its words in the characters of the page."""
    return static(f"goodword/dist/{name}{'.hant' if spoken() == 'zh-hant' else ''}.js")


@register.simple_tag
def other_languages() -> list[tuple[str, str]]:
    """The languages one can change to, by their own names."""
    return [(code, name) for code, name in settings.LANGUAGES if code != spoken()]


@register.simple_tag
def this_language() -> str:
    """The page's language by its own name."""
    return str(dict(settings.LANGUAGES)[spoken()])


def local(at: datetime) -> datetime:
    """The moment in the company's time zone (Django's current one)."""
    return timezone.localtime(at)


@register.simple_tag
def due_words(due_at: datetime, now: datetime | None = None) -> str:
    """「还剩 8 分」 / "8 min left", 「超时 31 分」 / "31 min late"."""
    return written(words.due_words(due_at, now or clock.now(), en=is_english()))


@register.simple_tag
def ago(at: datetime, now: datetime | None = None) -> SafeString:
    """A ``<time>`` saying how long ago, with the exact moment on hover."""
    shown = words.ago_words(at, now or clock.now(), en=is_english())
    return time_element(at, written(shown))


@register.simple_tag
def when(at: datetime | None, now: datetime | None = None) -> SafeString | str:
    """A ``<time>`` saying 「今天 09:30」, with the exact moment on hover; a dash when there is none."""
    if at is None:
        return "—"
    shown = words.short_words(local(at), local(now or clock.now()), en=is_english())
    return time_element(at, written(shown))


def time_element(at: datetime, shown: str) -> SafeString:
    """The moment for machines, for people, and exactly on hover."""
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(), exact_time(at), shown)


@register.filter
def exact_time(at: datetime | None) -> str:
    """``2026-11-22 周日 17:35:02`` in the company's zone; empty when there is none."""
    return written(words.exact_words(local(at), en=is_english())) if at else ""


@register.simple_tag
def countdown(
    due: datetime | None,
    *,
    warn: datetime | None = None,
    met: datetime | None = None,
    paused: object = False,
    now: datetime | None = None,
    pill: object = False,
    provisional: object = False,
    why: str = "",
    attrs: Mapping[str, object] | None = None,
) -> SafeString:
    """``<c-countdown>``, for lists: drawn without a template. Empty attributes count as not given; no due: a dash."""
    if not due:
        # nosemgrep: html-from-data - a constant
        return SafeString('<span class="muted">—</span>')
    language = spoken()
    english = language == "en"
    state = words.countdown(
        due, now or clock.now(), warn_at=warn or None, met_at=met or None, paused=bool(paused), en=english
    )
    here = local(due)
    title = ("Due " if english else "到期 ") + words.exact_words(here, en=english)
    if provisional:
        title += " (provisional: next year’s calendar is not out)" if english else "（暂定：明年日历未公布）"
    is_hant = language == "zh-hant"
    title = traditional(title) if is_hant else title
    if why:
        title += f" · {why}"
    # nosemgrep: html-from-data - moments and words of this house; the title and the attributes are escaped
    return SafeString(  # nosec B703
        COUNTDOWN.format(
            tone=state.tone,
            pill=" countdown--pill" if pill else "",
            due=here.isoformat(),
            title=escape(title),
            running=" data-countdown" if state.running else "",
            warn=f' data-warn="{local(warn).isoformat()}"' if warn and state.running else "",
            attrs=html_attrs(attrs) if attrs else "",
            icon=drawn_once("icon", {"name": state.icon, "size": "sm"}, language=language),
            words=traditional(state.words) if is_hant else state.words,
            provisional=written(PROVISIONAL[english]) if provisional else "",
        )
    )


@register.simple_tag
def iso_now() -> str:
    """The server's clock for the page's countdowns, which may run on a machine that is wrong."""
    return clock.now().isoformat()


@register.filter
def initial(name: object) -> str:
    """The one character a person's mark shows: the family name in Chinese, the first letter else."""
    text = str(name or "").strip()
    return text[:1].upper() or "?"


@register.filter
def masked(text: object) -> str:
    """Free text with telephone numbers, addresses and identity numbers masked (FB-1.3a)."""
    return masks.mask_text(str(text or ""))


@register.filter
def case_words(case: Any) -> str:
    """What a case is about, in its subject's or the customer's words, masked."""
    return masks.mask_text(case.subject or case.text[:200])


@register.simple_tag
def once() -> SafeString:
    """The hidden random key by which a form that is sent twice is done once (`once.py`)."""
    return format_html('<input type="hidden" name="once" value="{}">', ids.public_token())


@register.simple_tag
def drawn(component: str, **attributes: object) -> SafeString:
    """``{% drawn "badge" tone=tone label=label %}``: ``<c-badge … />``, kept for the next of the same (`drawing.py`)."""
    return drawn_once(component, attributes, language=spoken())


@register.simple_tag
def clause_url(clause_id: object) -> str:
    """Where a clause's page is; empty while no such page is wired, and the chip is then no link."""
    try:
        return reverse("web:clause", args=[clause_id])
    except NoReverseMatch:
        return ""


@register.simple_tag
def html_attrs(attrs: Mapping[str, object]) -> SafeString:
    """A component's further attributes, every value escaped (cotton's own ``{{ attrs }}`` trusts them)."""
    # What <c-vars> took for itself; cotton keeps it under no public name.
    declared: set[str] = getattr(attrs, "_exclude_from_str", set())
    shown = ((name, value) for name, value in attrs.items() if name not in declared and value is not False)
    return format_html_join("", "{}", ((_one(name, value),) for name, value in shown if value is not None))


def _one(name: str, value: object) -> SafeString:
    if value is True:
        return format_html(" {}", name)
    quoted = str(conditional_escape(str(value))).replace('"', "&quot;")
    # nosemgrep: html-from-data - both halves have just been escaped, quotes too
    return SafeString(f' {conditional_escape(name)}="{quoted}"')  # nosec B703


@register.simple_tag
def control_kind(field: Any) -> str:
    """How a form field is laid out: ``check`` (box, then label), ``group`` (several boxes), ``plain``."""
    kind = getattr(field.field.widget, "input_type", "")
    if kind not in {"checkbox", "radio"}:
        return "plain"
    return "group" if hasattr(field.field.widget, "choices") else "check"


@register.simple_tag(takes_context=True)
def query_with(context: template.Context, name: str, value: object) -> str:
    """The page's own query string with one value changed, for links that keep filters and place."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else QueryDict(mutable=True)
    query[name] = str(value)
    return query.urlencode()
