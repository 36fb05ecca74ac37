"""PostgreSQL keeps the plans of what is asked again, unless a pooler stands before it."""

from __future__ import annotations

import pytest
from django.db import connection

from goodword.base.core import environment
from goodword.base.core.postgres import PLANS_KEPT
from goodword.settings import _databases
from goodword.voice.cases.models import Case


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans in no time")
def test_a_statement_asked_again_is_kept_planned() -> None:
    connection.ensure_connection()
    assert connection.connection.prepared_max == PLANS_KEPT
    for number in range(6):
        list(Case.objects.filter(number=number, state="triaged").order_by("-received_at"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT statement FROM pg_prepared_statements WHERE statement LIKE %s", ["%received_at%"]
        )
        assert any("$2" in kept for (kept,) in cursor.fetchall())


@pytest.mark.parametrize(
    ("query", "kept"), [("", True), ("?plans=kept", True), ("?plans=off&sslmode=require", False)]
)
def test_behind_a_pooler_no_plan_is_kept(query: str, kept: bool) -> None:
    options = _databases(environment.database(f"postgresql://u:p@host/name{query}"))["default"]["OPTIONS"]
    assert ("prepare_threshold" in options) == kept == ("server_side_binding" in options)
    assert "plans" not in options
    assert ("sslmode" in options) == ("sslmode" in query)


def test_another_word_for_plans_says_what_there_is() -> None:
    with pytest.raises(ValueError, match="kept or off"):
        environment.database("postgresql://u:p@host/name?plans=no")
