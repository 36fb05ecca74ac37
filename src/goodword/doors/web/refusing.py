"""A domain error in the words and chips `<c-refusal>` draws."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from goodword.base.core.errors import DomainError, Forbidden
from goodword.base.language.script import chosen, written
from goodword.engine.policy.queries import all_clauses
from goodword.voice.cases.rules.phrases import PhraseHit, PhraseWarning

from .rights import in_words


@dataclass(frozen=True, slots=True)
class Chip:
    """A clause as `<c-clause>` shows it."""

    id: str
    citation: str
    title: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What the person reads: the sentence, what would help, the clauses it rests on, remarks on single fields.

    hits: phrases to avoid, with kinder ones; form: the id of the form by which they are sent all the same.
    """

    sentence: str
    cure: str
    clauses: list[Chip]
    fields: dict[str, str]
    hits: tuple[PhraseHit, ...] = ()
    form: str = ""


def answered(error: DomainError, *, form: str = "") -> Answered:
    """The error in the page's language; `form`: the id of the form that "send anyway" sends again."""
    sentence = chosen(error.zh, error.en)
    return Answered(
        sentence=in_words(sentence) if isinstance(error, Forbidden) else sentence,
        cure=chosen(error.cure_zh, error.cure_en),
        clauses=[chip(clause_id) for clause_id in error.clauses],
        fields={name: side(words) for name, words in error.fields.items()},
        hits=error.hits if isinstance(error, PhraseWarning) else (),
        form=form,
    )


def form_id(request: HttpRequest) -> str:
    """The id of the form that was sent: named after its URL."""
    match = request.resolver_match
    return f"do-{match.url_name}" if match else ""


def chip(clause_id: str) -> Chip:
    """A clause's id, citation and title; a bare id where no pack has it."""
    clause = all_clauses().get(clause_id)
    if clause is None:
        return Chip(clause_id, "", "")
    return Chip(clause_id, written(clause.cite), chosen(clause.title.zh, clause.title.en))


def side(words: str) -> str:
    """The page's language of a remark written as 「中文 / English」."""
    zh, slash, en = words.partition(" / ")
    return chosen(zh, en) if slash else written(words)
