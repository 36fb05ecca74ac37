"""Between what a clause's figures may be set: `ranges` beside `values`, held for packs and for every edition alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goodword.engine.policy.schema import Place

Ranges = Mapping[str, Mapping[str, Any]]


def ranges_from(data: Mapping[str, Any], place: Place) -> Ranges:
    """`{figure: {least, most}}` for numbers, `{figure: {among: […]}}` for codes and lists of codes.

    A figure inside another is named by its path: `duplicates.days`.
    """
    for name, given in data.items():
        where = f"ranges.{name}"
        among = isinstance(given, dict) and "among" in given
        place.keys(given, where, need="among" if among else "least most")
        if among and not (isinstance(given["among"], list) and given["among"]):
            place.refuse(where, zh="among 应是非空的列表", en="among is a list with at least one entry")
    return data


def within_ranges(values: Mapping[str, Any], ranges: Ranges, place: Place) -> None:
    """Raise PackError for a figure that is not there or outside its range; a mapping's figures each count."""
    for name, given in ranges.items():
        figure: Any = values
        for key in name.split("."):
            if not isinstance(figure, Mapping) or key not in figure:
                place.refuse(f"values.{name}", zh=f"缺少“{name}”", en=f"“{name}” is missing")
            figure = figure[key]
        for where, value in _each(f"values.{name}", figure):
            if "among" in given:
                place.one_of(value, where, tuple(given["among"]))
            else:
                _between(value, given, where, place)


def _each(where: str, value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, Mapping):
        return [(f"{where}.{key}", each) for key, each in value.items()]
    if isinstance(value, list):
        return [(where, each) for each in value]
    return [(where, value)]


def _between(value: Any, given: Mapping[str, Any], where: str, place: Place) -> None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not given["least"] <= value <= given["most"]:
        place.refuse(
            where,
            zh=f"“{value}”不在 {given['least']} 到 {given['most']} 之间",
            en=f"“{value}” is not between {given['least']} and {given['most']}",
        )
