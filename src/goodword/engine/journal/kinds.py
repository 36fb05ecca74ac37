"""What may be journalled: every kind of entry is declared by the package that writes it, once, in its `kinds.py`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry.

    name: "case.triaged". subject: the type of the thing it is about. facts: the keys its facts may have.
    context: those facts that stay true of the subject until another entry says otherwise (severity, department):
    the obligations engine judges `when` and `bearer` by them. Facts never hold personal text: the journal cannot
    be erased, so words stay in their own rows and the facts name the row.
    """

    name: str
    subject: str
    zh: str
    en: str
    facts: frozenset[str] = frozenset()
    context: frozenset[str] = frozenset()


_declared: dict[str, Kind] = {}


class UnknownKind(LookupError):
    """An entry of a kind nobody declared."""


def declare(name: str, zh: str, en: str, *, facts: str = "", context: str = "") -> Kind:
    """Declare a kind; `facts` and `context` are words separated by spaces (context keys are facts too)."""
    kept = frozenset(context.split())
    kind = Kind(name, name.partition(".")[0], zh, en, frozenset(facts.split()) | kept, kept)
    if _declared.setdefault(name, kind) != kind:
        raise ValueError(f"the kind {name} is declared twice")
    return kind


def kind_named(name: str) -> Kind:
    """The declared kind called `name`. Raises UnknownKind."""
    try:
        return _declared[name]
    except KeyError:
        raise UnknownKind(name) from None


def declared() -> dict[str, Kind]:
    """Every declared kind by name."""
    return dict(_declared)
