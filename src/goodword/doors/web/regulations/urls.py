"""The regulations' URLs, under /regulations/."""

from __future__ import annotations

from django.urls import path

from .views import clause, editions, obligation, overview, reader, tree, why

urlpatterns = [
    path("", overview.overview, name="regulations"),
    path("texts/", tree.texts, name="texts"),
    path("obligations/<uuid:obligation_id>/", obligation.obligation, name="obligation"),
    path("obligations/<uuid:obligation_id>/why/", why.why, name="obligation-why"),
    path("obligations/<uuid:obligation_id>/waiver/", obligation.waive, name="waive"),
    path("reader/", reader.reader, name="reader"),
    path("reader/resumption/", reader.resume, name="reader-resume"),
    path("<str:clause_id>/", clause.clause, name="clause"),
    path("<str:clause_id>/editions/", editions.propose, name="edition-propose"),
    path("<str:clause_id>/editions/look/", editions.look, name="edition-look"),
    path("<str:clause_id>/editions/<int:number>/", editions.edition, name="edition"),
    path("<str:clause_id>/editions/<int:number>/decision/", editions.decide, name="edition-decide"),
    path("<str:clause_id>/editions/<int:number>/withdrawal/", editions.withdraw, name="edition-withdraw"),
]
