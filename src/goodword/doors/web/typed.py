"""What was typed into a form whose session had meanwhile ended: it goes through the log-in, sealed, and is there again.

The log-in page carries it in a hidden field that only this installation can open, so nothing is stored for a stranger
and nothing lies in clear. After the log-in it waits, sealed still, in the new session until that ends.
"""

from __future__ import annotations

import binascii
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from goodword.base.core.sealing import decrypt, encrypt

from .once import NOT_COMPARED

FIELD = "typed"
PURPOSE = "typed"
MOST = 128 * 1024
"""Characters of one form; what is longer is not carried."""
SECRETS = frozenset({"password", "old", "new", "again", "code"})
"""Fields that are typed anew: no password goes through a page."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A form that could not be sent. at: epoch seconds; account: whose session it was, None when nobody knows any more."""

    path: str
    back: str
    words: str
    at: int
    account: int | None

    @property
    def fields(self) -> QueryDict:
        """As the browser sent it."""
        return QueryDict(self.words)


def sealed(request: HttpRequest, *, at: datetime) -> str:
    """The request's form, for `opened`; empty where there is none to carry.

    A browser that was here before has a CSRF cookie; a stranger's program without one is shown the door as before.
    """
    if request.method != "POST" or settings.CSRF_COOKIE_NAME not in request.COOKIES:
        return ""
    typed = request.POST.copy()
    for name in NOT_COMPARED | SECRETS:
        typed.pop(name, None)
    words = typed.urlencode()
    if not words or len(words) > MOST:
        return ""
    account = getattr(request, "session_of", None)
    form = Typed(request.get_full_path(), came_from(request), words, int(at.timestamp()), account)
    return encrypt(json.dumps(asdict(form)), purpose=PURPOSE)


def opened(text: str, *, account: int, at: datetime) -> Typed | None:
    """What `sealed` gave, for the account now logged in; None when it is another's, too old, or no such thing."""
    try:
        form = Typed(**json.loads(decrypt(text, purpose=PURPOSE))) if text else None
    except (InvalidTag, ValueError, KeyError, TypeError, binascii.Error):
        return None
    if form is None or form.account not in (None, account):
        return None
    age = at.timestamp() - form.at
    return form if 0 <= age + 1 <= settings.SESSION_COOKIE_AGE else None


def came_from(request: HttpRequest) -> str:
    """The page on which the form was, when it is one of ours; the desk otherwise."""
    there = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(there)
    return f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
