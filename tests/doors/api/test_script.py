"""The script in docs/ runs against a real server, and the command prints tokens."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from tests.doors.api.client import token_of

from goodword.base.core import clock
from goodword.doors.api.tokens import recognised
from goodword.voice.cases.models import Case

SCRIPT = Path(__file__).parents[3] / "docs" / "loop_by_api.py"


@pytest.mark.django_db(transaction=True)
def test_the_loop_of_the_documentation_runs(cast, live_server, settings):
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    people = {
        "intake": cast.intake,
        "engineer": cast.engineer,
        "lead": cast.lead,
        "callback": cast.callback,
    }
    tokens = [part for name, who in people.items() for part in (f"--{name}", token_of(who.account))]
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--url", live_server.url, *tokens],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    assert "409 FB-4.3e" in done.stdout
    assert Case.objects.get().state == "closed"


@pytest.mark.django_db
def test_the_command_prints_a_token_once(cast, capsys):
    call_command("api_token", "lin", "--scope", "cases.see")
    token = recognised(capsys.readouterr().out.strip(), at=clock.now())
    assert (token.account.username, token.scopes) == ("lin", ["cases.see"])
    with pytest.raises(CommandError, match="no account"):
        call_command("api_token", "nobody")
    with pytest.raises(CommandError, match="everything"):
        call_command("api_token", "lin", "--scope", "everything")
