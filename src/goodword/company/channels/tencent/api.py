"""Calling either side's API: JSON, a lent token in the address, an `errcode` in the answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from ..outside import Answer, BadAddressError, NoAnswerError, NotReachedError, call
from ..tokens import Lent, forget, token

TOKEN_REFUSED = frozenset({40001, 40014, 42001})
"""The token is wrong, unknown or over: it is renewed once, and the call repeated once."""
_JSON = {"content-type": "application/json; charset=utf-8"}


class ApiError(Exception):
    """The other side said no: its code, and what it said about it."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(f"errcode {code}: {said[:120]}")
        self.code = code


@dataclass(frozen=True, slots=True)
class Api:
    """One account at the other side.

    base: https://host. name: its token's in `tokens`. fetch: asks for a new token, given whether the old one was
    refused. private: an administrator allowed addresses of our own network.
    """

    base: str
    name: str
    fetch: Callable[[bool], Lent]
    private: bool = False

    def ask(self, path: str, said: Mapping[str, object] | None = None, **options: Any) -> dict[str, Any]:
        """POST `said` (GET without it) with a token, and the JSON object that comes back.

        Raises ApiError for an errcode other than 0, and what `outside.call` raises.
        """
        found: dict[str, Any] = self.fetched(path, said, **options).json()
        return found

    def fetched(
        self,
        path: str,
        said: Mapping[str, object] | None = None,
        *,
        query: Mapping[str, str] | None = None,
        **options: Any,
    ) -> Answer:
        """The same, with the answer as it is: JSON, or a file's bytes. Raises as `ask`."""
        used = self._token(was_refused=False)
        try:
            return self._call(path, said, query, used, **options)
        except ApiError as problem:
            if problem.code not in TOKEN_REFUSED:
                raise
            forget(self.name, used)
            return self._call(path, said, query, self._token(was_refused=True), **options)

    def _token(self, *, was_refused: bool) -> str:
        try:
            return token(self.name, lambda: self.fetch(was_refused))
        except NoAnswerError as problem:  # nothing of the message itself has left us yet
            raise NotReachedError(str(problem)) from problem

    def _call(
        self,
        path: str,
        said: Mapping[str, object] | None,
        query: Mapping[str, str] | None,
        used: str,
        **options: Any,
    ) -> Answer:
        url = f"{self.base}{path}?{urlencode({'access_token': used, **(query or {})})}"
        return checked(post(url, said, private=self.private, **options))


def post(
    url: str,
    said: Mapping[str, object] | None,
    *,
    body: bytes = b"",
    content_type: str = "",
    **options: Any,
) -> Answer:
    """Send a JSON object (letters as they are, not escaped: the other side shows escapes), or `body`, or GET without either."""
    if body:
        return call(url, body, headers={"content-type": content_type}, **options)
    if said is None:
        return call(url, method="GET", **options)
    return call(url, json.dumps(said, ensure_ascii=False).encode(errors="replace"), headers=_JSON, **options)


def checked(answer: Answer) -> Answer:
    """The answer. Raises ApiError for an errcode other than 0, NotReachedError for what is none (a proxy's page)."""
    if answer.status != 200:
        raise NotReachedError(f"HTTP {answer.status}")
    if answer.body.lstrip()[:1] == b"{":
        found = answer.json()
        code = found.get("errcode", 0)
        if code:
            raise ApiError(code if isinstance(code, int) else -1, str(found.get("errmsg", "")))
    return answer


def lent(answer: Answer) -> Lent:
    """The token in an answer. Raises ApiError where there is none."""
    found = checked(answer).json()
    value, lasts = found.get("access_token"), found.get("expires_in", 7200)
    if not isinstance(value, str) or not value or not isinstance(lasts, int):
        raise ApiError(-1, "no access_token in the answer")
    return Lent(value, timedelta(seconds=lasts))


UNREACHED = (NotReachedError, NoAnswerError, BadAddressError)
"""What a call may come to without an answer."""
