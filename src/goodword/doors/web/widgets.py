"""Drawing a form's controls: what Django's own templates draw, without a template for each option and attribute."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

PLACE = "django/forms/widgets/"


class Quick(DjangoTemplates):
    """Lists to choose from and simple inputs by hand: a page about a case has sixty options. The rest by template."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        draw = DRAWN.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)


def attributes(given: Mapping[str, Any]) -> SafeString:
    """` name="value"` of each; True: the name alone; False: not at all."""
    # nosemgrep: html-from-data - names are our own, values escaped
    return mark_safe(  # nosec B308 B703 # noqa: S308 - each value is escaped
        "".join(
            f" {name}" if value is True else f' {name}="{conditional_escape(str(value))}"'
            for name, value in given.items()
            if value is not False
        )
    )


def select(widget: Mapping[str, Any]) -> SafeString:
    """A list to choose from, with its groups."""
    groups = format_html_join(
        "", "{}", ((_group(name, options),) for name, options, _ in widget["optgroups"])
    )
    return format_html(
        '<select name="{}"{}>{}\n</select>', widget["name"], attributes(widget["attrs"]), groups
    )


def area(widget: Mapping[str, Any]) -> SafeString:
    """A field of several lines. What stands first in it begins on a line of its own, as browsers drop the first break."""
    value = "" if widget["value"] is None else str(widget["value"])
    return format_html(
        '<textarea name="{}"{}>\n{}</textarea>', widget["name"], attributes(widget["attrs"]), value
    )


def _group(name: Any, options: list[Mapping[str, Any]]) -> SafeString:
    # nosemgrep: html-from-data - every value and label is escaped
    drawn = mark_safe(  # nosec B308 B703 # noqa: S308 - every value and label is escaped
        "".join(
            f'\n  <option value="{conditional_escape(str(one["value"]))}"{attributes(one["attrs"]) if one["attrs"] else ""}>'
            f"{conditional_escape(one['label'])}</option>"
            for one in options
        )
    )
    return format_html('\n  <optgroup label="{}">{}\n  </optgroup>', name, drawn) if name else drawn


def simple(widget: Mapping[str, Any]) -> SafeString:
    """An input of one line."""
    value = "" if widget["value"] is None else format_html(' value="{}"', str(widget["value"]))
    return format_html(
        '<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, attributes(widget["attrs"])
    )


DRAWN = {
    f"{PLACE}select.html": select,
    f"{PLACE}textarea.html": area,
    **{
        f"{PLACE}{kind}.html": simple
        for kind in ("text", "input", "number", "email", "hidden", "date", "datetime")
    },
}
