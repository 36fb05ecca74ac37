"""Whose obligations somebody may look at one by one. Totals are everybody's who may see the regulations."""

from __future__ import annotations

from django.db.models import Q

from goodword.base.people.actors import Actor

RIGHT = "compliance.see"


def visible(actor: Actor) -> Q:
    """Everybody's with `compliance.see` company-wide; his departments' with it else; always what he bears himself."""
    if actor.reaches_everywhere(RIGHT):
        return Q()
    wanted = Q(bearer_account_id=actor.account_id) if actor.account_id is not None else Q(pk__in=[])
    homes = [department for department in actor.departments if actor.has(RIGHT, department=department)]
    return wanted | Q(bearer_department__in=homes)
