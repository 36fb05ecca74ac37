"""What an administrator does at the terminal: accounts, the journal, figures, release. Run in this process."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner, Result

from goodword.base.core import clock
from goodword.base.core.errors import DomainError, Invalid, NotFound
from goodword.base.core.models import Setting
from goodword.base.people.actors import SYSTEM
from goodword.base.people.models import Account
from goodword.base.people.queries import actor_for
from goodword.doors.ops.main import cli, sentence
from goodword.engine.journal.models import Entry, Head
from goodword.voice.cases.actions.receiving import Word, receive
from goodword.wiring.periods import open_periods

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOODWORD_LANGUAGE", "en")


def run(*arguments: str, given: str = "") -> Result:
    """`goodword …` in this process, on this test's database."""
    return CliRunner().invoke(cli, arguments, input=given)


def refusal(*arguments: str, given: str = "") -> DomainError:
    """The refusal that a command ends with; `main` says it in a sentence."""
    error = run(*arguments, given=given).exception
    assert isinstance(error, DomainError)
    return error


def create(username: str = "admin1", password: str = "correct horse 9") -> Result:
    arguments = ["--name", "张测试", "--role", "administrator", "--password-stdin"]
    return run("account", "create", username, *arguments, given=f"{password}\n")


def test_the_first_administrator_is_made_at_the_terminal_and_journalled() -> None:
    assert create().output == "admin1: administrator\n"
    account = Account.objects.get(username="admin1")
    assert account.check_password("correct horse 9")
    assert actor_for(account, at=clock.now()).has("people.manage")
    kinds = Entry.objects.filter(subject_type="company").order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["company.account_made", "company.role_given"]


def test_a_weak_password_and_a_taken_name_are_refused_by_field() -> None:
    weak = refusal(*["account", "create", "admin1", "--name", "张测试", "--password-stdin"], given="123\n")
    assert isinstance(weak, Invalid)
    assert "password" in sentence(weak)
    assert not Account.objects.exists()
    create()
    assert (
        "username"
        in refusal(
            "account", "create", "admin1", "--name", "李示例", "--password-stdin", given="correct horse 9\n"
        ).fields
    )


def test_roles_are_given_and_taken_and_the_last_administrator_stays() -> None:
    create()
    assert run("account", "role", "admin1", "quality").output == "admin1: quality in management\n"
    assert run("account", "role", "admin1", "quality", "--take").output == "admin1: quality taken\n"
    assert run("account", "role", "admin1", "quality", "--take").output == "admin1 did not hold quality\n"
    assert "administrator" in refusal("account", "role", "admin1", "administrator", "--take").en
    assert isinstance(refusal("account", "role", "nobody", "quality"), NotFound)
    assert isinstance(refusal("account", "role", "admin1", "quality", "--department", "none"), NotFound)
    assert run("account", "role", "admin1", "no_such_role").exit_code == 2


def test_a_password_is_set_and_journalled_without_being_shown() -> None:
    create()
    done = run("account", "password", "admin1", "--password-stdin", given="another horse 7\n")
    assert done.output == "admin1: password set\n"
    assert Account.objects.get(username="admin1").check_password("another horse 7")
    assert Entry.objects.filter(kind="company.password_reset").count() == 1


def test_verify_finds_what_was_done_to_the_journal() -> None:
    open_periods(now=clock.now())
    assert run("journal", "seal").output.startswith("sealed 6 entries, up to number ")
    assert run("journal", "seal").output == "nothing new to seal\n"
    sound = run("journal", "verify")
    assert (sound.exit_code, sound.output) == (0, "6 entries, 1 seals, 0 findings\n")
    Head.objects.filter(subject_type="company").update(number=5)
    broken = run("journal", "verify")
    assert broken.exit_code == 1
    assert "company:company" in broken.output


def test_compliance_counts_what_started_in_the_period() -> None:
    at = clock.now() - timedelta(minutes=30)
    receive(Word(text="拉杆卡住收不回去,明天要用", channel="hotline"), by=SYSTEM, at=at)
    everything = {row["clause_id"]: row for row in json.loads(run("compliance", "--json").output)}
    assert everything["FB-3.2a"]["started"] == 1
    assert json.loads(run("compliance", "--json", "--to", "2020-01-01").output) == []
    assert "No obligation" in run("compliance", "--to", "2020-01-01").output
    assert "FB-3.2a" in run("compliance", "--live").output


def test_a_held_installation_is_released_once() -> None:
    Setting.objects.create(name="held", value=True)
    assert "sent again" in run("release").output
    assert "not held" in run("release").output
    assert Entry.objects.filter(kind="installation.released").count() == 1


def test_a_token_is_made_for_an_account_and_shown_once() -> None:
    create()
    made = run("token", "create", "admin1", "--name", "试验", "--scope", "cases.see")
    assert made.output.startswith("gw_"), made.output
    assert Entry.objects.filter(kind="token.created").count() == 1
    assert run("token", "create", "nobody").exit_code == 1
    assert run("token", "create", "admin1", "--scope", "no.such.right").exit_code == 1


def test_a_role_that_asks_for_experience_is_refused_without_it() -> None:
    create()
    refused = refusal("account", "role", "admin1", "promoter", "--department", "marketing")
    assert refused.clauses == ("WM-2.2a",)
    assert "2 full years" in sentence(refused)
    account = Account.objects.get(username="admin1")
    assert not account.grants.filter(role="promoter").exists()
    account.person.experience_since = clock.now().date() - timedelta(days=3 * 366)
    account.person.save()
    given = run("account", "role", "admin1", "promoter", "--department", "marketing")
    assert given.output == "admin1: promoter in marketing\n"


def test_a_role_held_already_is_not_journalled_again() -> None:
    create()
    for _ in range(2):
        assert run("account", "role", "admin1", "quality").exit_code == 0
    assert Entry.objects.filter(kind="company.role_given", facts__role="quality").count() == 1
