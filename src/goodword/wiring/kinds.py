"""Kinds that are declared a level deeper than Django's apps: named here so that every process knows them."""

from goodword.voice.cases.ledger import kinds as ledger

from .administration import kinds as administration

__all__ = ["administration", "ledger"]
