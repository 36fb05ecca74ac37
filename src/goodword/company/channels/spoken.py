"""How it stands with somebody who speaks for us outside: what the last tries came to, and the light made of it."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from goodword.base.core.masks import mask_text

from .ways import NotYetError


class Spoken(models.Model):
    """private: it may lie in the company's own network. bad_why is masked."""

    is_on = models.BooleanField(default=True)
    private = models.BooleanField(default=False)
    good_at = models.DateTimeField(null=True, blank=True)
    bad_at = models.DateTimeField(null=True, blank=True)
    bad_why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        abstract = True


def good(one: Spoken, *, at: datetime) -> None:
    """It said something, and was heard."""
    type(one)._default_manager.filter(pk=one.pk).update(good_at=at)


def bad(one: Spoken, problem: Exception, *, at: datetime) -> None:
    """It was not heard, and why. To have to wait is no fault."""
    if not isinstance(problem, NotYetError):
        why = mask_text(str(problem))[:200]
        type(one)._default_manager.filter(pk=one.pk).update(bad_at=at, bad_why=why)


def light(one: Spoken) -> str:
    """`off`, `waiting` (nothing said yet), `bad` (the last try failed) or `good`."""
    if not one.is_on:
        return "off"
    if one.bad_at is not None and (one.good_at is None or one.bad_at >= one.good_at):
        return "bad"
    return "good" if one.good_at is not None else "waiting"
