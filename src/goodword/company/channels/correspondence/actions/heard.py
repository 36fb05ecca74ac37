"""What the other side says of a letter after it took it: it arrived, it did not, nobody is there any more."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.transactions import one_fact

from ..arriving import id_of
from ..models import Letter, Party
from .sending import go_on


def delivered(channel: str, outside_id: str, *, at: datetime) -> bool:
    """The other side says that it arrived; False for a letter nobody knows."""
    sent = Letter.objects.filter(channel=channel, outside_id=id_of(outside_id), state__in=["sent", "unknown"])
    return bool(sent.update(state="delivered", settled_at=at))


def bounced(channel: str, outside_id: str, *, why: str, at: datetime, for_good: bool) -> Letter | None:
    """The other side says, after it took it, that it did not arrive. for_good: nothing will at that address.

    Effects: the letter failed and goes by another channel, or its case hears of it. None for one nobody knows.
    """
    with one_fact():
        rows = Letter.objects.select_for_update(of=("self",), no_key=True).select_related("party")
        letter = rows.filter(channel=channel, outside_id=id_of(outside_id)).exclude(outside_id="").first()
        if letter is None or letter.state == "failed":
            return letter
        letter.state, letter.why, letter.settled_at = "failed", why[:400], at
        letter.save(update_fields=["state", "why", "settled_at"])
        letter.parts.all().delete()  # which of them arrived nobody says: the next channel brings all of it
        if for_good:
            gone(letter.party, why=why, at=at)
        go_on(letter, at)
    return letter


def gone(party: Party, *, why: str, at: datetime) -> None:
    """Nothing reaches the party on this channel any more, until they write again."""
    Party.objects.filter(pk=party.pk).update(gone_at=at, gone_why=why[:200])


def back(party: Party) -> None:
    """They can be reached there again, without having written: they subscribed anew."""
    Party.objects.filter(pk=party.pk).update(gone_at=None, gone_why="")
