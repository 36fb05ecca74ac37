"""Domain errors: a sentence for the person, in both languages, and the clauses it comes from.

Doors turn them into answers: `Refused` 409, `Forbidden` 403, `NotFound` 404, `Stale` 409, `Invalid` 422.
"""

from __future__ import annotations


class DomainError(Exception):
    """Something the person can understand and do something about.

    zh, en: one sentence each. clauses: ids of the clauses it rests on. cure_zh, cure_en: what would help.
    """

    code = "refused"

    def __init__(
        self,
        zh: str,
        en: str,
        *,
        clauses: tuple[str, ...] = (),
        cure_zh: str = "",
        cure_en: str = "",
        fields: dict[str, str] | None = None,
    ) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en
        self.clauses = clauses
        self.cure_zh = cure_zh
        self.cure_en = cure_en
        self.fields = fields or {}

    def sentence(self, language: str) -> str:
        """The sentence in `language` ("zh…" or another), with its cure."""
        said, cure = (self.zh, self.cure_zh) if language.startswith("zh") else (self.en, self.cure_en)
        return f"{said} {cure}".strip()


class Refused(DomainError):
    """A clause forbids it, or the thing is not in a state that allows it."""


class Stale(DomainError):
    """Somebody else changed it first; look again."""

    code = "stale"


class Forbidden(DomainError):
    """The person does not hold the right."""

    code = "forbidden"


class NotFound(DomainError):
    """It does not exist, or not for this person: both answer alike."""

    code = "not_found"

    def __init__(self, zh: str = "没有找到。", en: str = "Not found.") -> None:
        super().__init__(zh, en)


class Invalid(DomainError):
    """A value is missing or makes no sense; `fields` says which: {field: sentence}."""

    code = "invalid"
