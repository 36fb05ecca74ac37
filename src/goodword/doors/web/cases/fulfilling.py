"""Which of the things one can do fulfils a duty: the kinds of entries its clause is met by, and the abilities that write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from goodword.base.people.actors import Actor
from goodword.engine.policy.queries import all_clauses
from goodword.voice.cases.models import Case

from .abilities import ABILITIES, BY_NAME
from .ability import Ability


@dataclass(frozen=True, slots=True)
class Deed:
    """An ability, and the form's first values by which it fulfils what is owed."""

    ability: Ability
    initial: Mapping[str, Any] = field(default_factory=dict)


@cache
def fulfilling(clause_id: str) -> tuple[Deed, ...]:
    """What meets a duty of this clause, in the order in which the clause names it; nothing for one that is unknown."""
    clause = all_clauses().get(clause_id)
    if clause is None or clause.binding is None:
        return ()
    found: dict[str, Deed] = {}
    for meeting in clause.binding.meets_on:
        for ability in ABILITIES:
            if meeting.on in ability.meets and ability.name not in found:
                found[ability.name] = Deed(ability, _initial(ability, meeting.on, meeting.when))
    return tuple(found.values())


def _initial(ability: Ability, kind: str, when: Any) -> Mapping[str, Any]:
    """The ability's own values for that kind; where it has none, the first the clause asks of the entry."""
    own = dict(ability.meets[kind])
    if when is not None:
        asked = {name: values[0] for name, values in when.any_of[0] if name in ability.form.base_fields}
        own = {**asked, **own}
    return own


def expected(clause_id: str, state: str, actor: Actor) -> Ability | None:
    """What is most likely next for a duty, told from the case's state alone: for a line among many. No query."""
    for deed in fulfilling(clause_id):
        ability = deed.ability
        if actor.has(ability.right) and (not ability.leads or state in ability.leads):
            return ability
    return None


def deeds_for(clause_id: str, case: Case, actor: Actor) -> list[Deed]:
    """What this person can do about a duty now: what fulfils it, each with what is done where that turns out
    impossible, then the case's next step towards it."""
    there = [deed for deed in fulfilling(clause_id) if deed.ability.offered(case, actor)]
    for deed in list(there):
        there += [Deed(BY_NAME[name]) for name in deed.ability.beside]
    there += [Deed(ability) for ability in ABILITIES if case.state in ability.leads]
    unique = {deed.ability.name: deed for deed in reversed(there)}
    return [
        unique[name]
        for name in dict.fromkeys(deed.ability.name for deed in there)
        if unique[name].ability.offered(case, actor)
    ]
