"""A person lets in what was held apart: an unknown sender's words in a known conversation, an automatic mail."""

from __future__ import annotations

from goodword.base.core.transactions import one_fact

from ..arriving import Arrived, Taken, tidied
from ..models import Arrival
from .arriving import join, the_sender


def let_in(arrival: Arrival, arrived: Arrived) -> Taken:
    """Take in what was held, `arrived` being its message read anew; a person has looked at it and decided.

    Effects: as `arrive`, on the case it was held for or a new one. What is not held any more stays as it is.
    """
    arrived = tidied(arrived)
    with one_fact():
        party = the_sender(arrived)
        row = Arrival.objects.select_for_update().get(pk=arrival.pk)
        if not row.held:
            return Taken(row.case_id, row.message_id, is_new=False)
        taken = join(arrived, party, row.case_id)
        Arrival.objects.filter(pk=row.pk).update(held="", case_id=taken.case_id, message_id=taken.message_id)
        return taken
