"""Who a session belongs to: asked on every page."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from goodword.base.core.asking import asked_often
from goodword.base.people.models import Account


class Accounts(ModelBackend):
    """Django's own backend; the account of a session comes with its person and department, in one kept statement."""

    def get_user(self, user_id: Any) -> Account | None:
        """The account, None when it is closed or gone."""
        account = _account.first(int(user_id))
        return account if account is not None and self.user_can_authenticate(account) else None


@asked_often
def _account(key: int) -> QuerySet[Account]:
    return Account.objects.filter(pk=key).select_related("person", "department")
