"""What the lists of orders and devices have in common: a page of fifty, its pager, and addresses of cases."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from goodword.company.rentals.listing import Leaf

from ..cases.naming import Names
from ..templatetags.goodword_ui import t

ON_A_PAGE = 50


def pager(asked: QueryDict, leaf: Leaf[Any], ends: list[str]) -> dict[str, str]:
    """The ways to the pages beside this one; filters stay. ends: what the first and the last row are called by."""

    def beside(side: str, name: str) -> str:
        kept = {key: value for key, value in asked.items() if value and key not in ("after", "before")}
        return f"?{urlencode(kept | {side: name})}"

    return {
        "previous": beside("before", ends[0]) if ends and leaf.earlier else "",
        "next": beside("after", ends[-1]) if ends and leaf.later else "",
        "summary": t("本页 {n} 条", "{n} on this page", n=len(leaf.rows)),
    }


def any_of(names: Names, catalogue: str) -> list[tuple[str, str]]:
    """A catalogue as the pairs of a filter, which need not be chosen."""
    return [("", t("不限", "Any")), *names.pairs(catalogue)]


def cases_url(**asked: object) -> str:
    """The list of cases narrowed so."""
    return f"{reverse('web:cases')}?{urlencode(asked)}"
