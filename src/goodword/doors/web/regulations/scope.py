"""Whose obligations somebody may look at one by one. Totals are everybody's who may see the regulations."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from goodword.base.people.actors import Actor

RIGHT = "compliance.see"


@dataclass(frozen=True, slots=True)
class Scope:
    """Everybody's; or those of some departments, and what one account bears itself."""

    is_everything: bool
    departments: frozenset[str] = frozenset()
    account_id: int | None = None

    def covers(self, department: str, account_id: int) -> bool:
        """Whether it takes in what this department bears by this account (0: nobody by name)."""
        own = self.account_id is not None and account_id == self.account_id
        return self.is_everything or own or department in self.departments

    @property
    def where(self) -> Q:
        """The same as a condition on obligations."""
        if self.is_everything:
            return Q()
        own = Q(bearer_account_id=self.account_id) if self.account_id is not None else Q(pk__in=[])
        return own | Q(bearer_department__in=self.departments)


def scope_of(actor: Actor) -> Scope:
    """Everybody's with `compliance.see` company-wide; his departments' with it else; always what he bears himself."""
    if actor.reaches_everywhere(RIGHT):
        return Scope(is_everything=True)
    homes = frozenset(home for home in actor.departments if actor.has(RIGHT, department=home))
    return Scope(is_everything=False, departments=homes, account_id=actor.account_id)


def visible(actor: Actor) -> Q:
    """The condition of what somebody may look at one by one."""
    return scope_of(actor).where
