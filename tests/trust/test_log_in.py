"""Getting in and staying in, on real requests: limits before hashing, second factor, sessions that end, forged forms."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from tests.cast import Cast, Member
from tests.trust.kit.addresses import addresses, pages
from tests.trust.kit.house import House, build

from goodword import settings as product
from goodword.base.core import clock
from goodword.base.people.actors import SYSTEM
from goodword.base.people.models import Account
from goodword.doors.api.tokens import create_token, every_right, revoke
from goodword.doors.ops.commands.account_second_factor import command as at_the_terminal
from goodword.engine.journal.models import Entry
from goodword.wiring.administration import people, second_factor

pytestmark = pytest.mark.django_db
PASSWORD = "an-invented-password"
TRIES_OF_A_PAIR = 8


class Counting(Argon2PasswordHasher):
    """The product's hasher, made cheap and counted: what is refused before hashing costs none."""

    time_cost, memory_cost, parallelism = 1, 8, 1
    hashed = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).hashed += 1
        return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        type(self).hashed += 1
        return super().verify(password, encoded)


@pytest.fixture
def known(cast: Cast, settings: Any) -> Cast:
    """Everybody has a password."""
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    for member in (cast.intake, cast.lead, cast.engineer, cast.administrator):
        member.account.set_password(PASSWORD)
        member.account.save()
    return cast


def log_in(username: str, password: str = PASSWORD, *, address: str = "192.0.2.1") -> tuple[Client, Any]:
    """A browser at an address, and the answer to the log-in form."""
    client = Client(HTTP_HOST="localhost", REMOTE_ADDR=address)
    return client, client.post("/login/", {"username": username, "password": password})


def is_in(client: Client) -> bool:
    """Whether the desk opens."""
    return client.get("/").status_code == 200


def code_of(account: Account, *, steps: int = 0) -> str:
    """What the app on the account's telephone shows now, or some half-minutes later."""
    device = TOTPDevice.objects.get(user=account)
    app = TOTP(device.bin_key, device.step, device.t0, device.digits)
    app.time = clock.now().timestamp() + steps * device.step
    return f"{app.token():06d}"


def test_the_product_hashes_slowly() -> None:
    """What tests do in its place is cheap (tests/support/quickening.py); its own settings name Argon2 as it comes."""
    assert product.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert Argon2PasswordHasher.memory_cost >= 100_000


def test_one_name_from_many_addresses_is_limited_before_anything_is_hashed(known: Cast):
    for number in range(30):
        assert log_in("lin", "wrong", address=f"198.51.100.{number}")[1].status_code == 422
    Counting.hashed = 0
    assert log_in("lin", address="203.0.113.7")[1].status_code == 429
    assert Counting.hashed == 0
    assert log_in("zhou", address="203.0.113.7")[1].status_code == 302
    assert Counting.hashed == 1


def test_many_names_from_one_address_are_limited_before_anything_is_hashed(known: Cast):
    for number in range(60):
        assert log_in(f"nobody{number}", "wrong", address="198.51.100.9")[1].status_code == 422
    Counting.hashed = 0
    assert log_in("lin", address="198.51.100.9")[1].status_code == 429
    assert Counting.hashed == 0
    assert log_in("lin", address="198.51.100.10")[1].status_code == 302


def test_a_name_from_its_address_is_limited_sooner_and_for_a_quarter_of_an_hour(known: Cast):
    for _ in range(TRIES_OF_A_PAIR):
        log_in("lin", "wrong")
    Counting.hashed = 0
    assert log_in("lin")[1].status_code == 429
    assert Counting.hashed == 0
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=True):
        assert log_in("lin")[1].status_code == 302


def test_an_administrator_gets_nowhere_before_a_second_factor_is_set(known: Cast):
    TOTPDevice.objects.all().delete()
    client, answer = log_in("guan")
    assert answer.status_code == 302
    own = "/profile/second-factor/"
    for path in ("/", "/settings/people/", "/profile/", "/regulations/"):
        assert client.get(path).headers.get("Location") == own, path
    assert client.post("/settings/company/", {"zh": "别家"}).headers.get("Location") == own
    assert client.post(own, {"act": "begin"}).status_code == 302
    page = client.get(own).content.decode()
    assert "data:image/svg+xml" in page
    assert client.get("/").headers.get("Location") == own, "begun is not set"
    assert client.post(own, {"act": "confirm", "code": "000000"}).status_code == 422
    with time_machine.travel(clock.now() + timedelta(minutes=1), tick=True):  # wrong codes make one wait
        code = code_of(known.administrator.account)
        assert client.post(own, {"act": "confirm", "code": code}).status_code == 302
        assert is_in(client)
    assert Entry.objects.get(kind="company.second_factor_set").facts == {"account": known.administrator.pk}


def with_second_factor(member: Member) -> Account:
    """The account has one since yesterday."""
    second_factor.start(member.account)
    TOTPDevice.objects.filter(user=member.account).update(confirmed=True)
    return member.account


def test_after_the_password_nothing_opens_until_the_code_and_no_code_counts_twice(known: Cast):
    account = with_second_factor(known.engineer)
    client, _ = log_in("chen")
    assert client.get("/cases/").headers["Location"] == "/login/code/?next=%2Fcases%2F"
    assert client.post("/profile/shift/", {"on_shift": "no"}).headers["Location"].startswith("/login/code/")
    assert client.get("/profile/second-factor/").headers["Location"] == "/login/code/"
    assert client.post("/login/code/", {"code": "12"}).status_code == 422
    with time_machine.travel(clock.now() + timedelta(minutes=1), tick=True):
        code = code_of(account)
        assert client.post("/login/code/?next=/cases/", {"code": code}).headers["Location"] == "/cases/"
        assert is_in(client)
        again, _ = log_in("chen")
        assert again.post("/login/code/", {"code": code}).status_code == 422, "looked over the shoulder"


def test_codes_cannot_be_tried_one_after_the_other(known: Cast):
    account = with_second_factor(known.engineer)
    client, _ = log_in("chen")
    for _ in range(3):
        client.post("/login/code/", {"code": "000000"})
    assert client.post("/login/code/", {"code": code_of(account)}).status_code == 422, "not yet again"
    assert not is_in(client)


def test_a_code_never_leads_to_another_site(known: Cast):
    account = with_second_factor(known.engineer)
    client, _ = log_in("chen")
    answer = client.post("/login/code/?next=https://evil.example/", {"code": code_of(account)})
    assert answer.headers["Location"] == "/"


def test_setting_it_ends_every_other_session_and_taking_it_away_asks_for_a_code(known: Cast):
    here, there = log_in("chen")[0], log_in("chen")[0]
    own = "/profile/second-factor/"
    here.post(own, {"act": "begin"})
    here.post(own, {"act": "confirm", "code": code_of(known.engineer.account)})
    assert (is_in(here), is_in(there)) == (True, False)
    assert here.post(own, {"act": "take_away", "code": "000000"}).status_code == 422
    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=True):
        code = code_of(known.engineer.account)
        assert here.post(own, {"act": "take_away", "code": code}).status_code == 302
    assert second_factor.confirmed(known.engineer.account) is None


def test_who_lost_the_telephone_is_helped_by_an_administrator_or_at_the_terminal(known: Cast):
    from click.testing import CliRunner

    helped = f"/settings/people/{known.engineer.pk}/second-factor/"
    account = with_second_factor(known.engineer)
    lead, administrator = Client(), Client()
    lead.force_login(known.lead.account)
    administrator.force_login(known.administrator.account)
    assert lead.post(helped).status_code == 403
    assert second_factor.confirmed(account) is not None
    assert administrator.post(helped).status_code == 302
    assert second_factor.confirmed(account) is None
    with_second_factor(known.engineer)
    done = CliRunner().invoke(at_the_terminal, ["chen", "--take-away"])
    assert (done.exit_code, "taken away" in done.output) == (0, True)
    assert Entry.objects.filter(kind="company.second_factor_taken").count() == 2


def test_an_administrator_cannot_give_it_up(known: Cast):
    client = Client()
    client.force_login(known.administrator.account)
    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=True):
        code = code_of(known.administrator.account)
        answer = client.post("/profile/second-factor/", {"act": "take_away", "code": code})
    assert answer.status_code == 403
    assert second_factor.confirmed(known.administrator.account) is not None


@pytest.mark.parametrize("who", ["self", "administrator"])
def test_a_new_password_ends_every_session_but_the_one_that_set_it(known: Cast, who: str):
    here, there = log_in("lin")[0], log_in("lin")[0]
    other = log_in("zhou")[0]
    if who == "self":
        new = "another-invented-1"
        here.post("/profile/password/", {"old": PASSWORD, "new": new, "again": new})
    else:
        people.reset_password(known.intake.account, by=known.administrator.by, at=clock.now())
    assert [is_in(client) for client in (here, there, other)] == [who == "self", False, True]


def test_a_stopped_account_is_out_at_once(known: Cast):
    client, _ = log_in("lin")
    assert is_in(client)
    people.set_open(known.intake.account, False, by=known.administrator.by, at=clock.now())
    assert not is_in(client)
    assert log_in("lin")[1].status_code == 422


def test_sessions_end_when_idle_and_when_old_however_busy(known: Cast):
    client, _ = log_in("lin")
    began_at = clock.now()
    assert is_in(client)
    for hours, expected in ((3, True), (6, True), (9, True), (11, True), (12.1, False)):
        with time_machine.travel(began_at + timedelta(hours=hours), tick=True):
            assert is_in(client) is expected, hours
    idle, _ = log_in("lin")
    assert is_in(idle)
    with time_machine.travel(clock.now() + timedelta(hours=4, minutes=1), tick=True):
        assert not is_in(idle)


def test_a_session_changes_its_name_at_log_in(known: Cast):
    client = Client(HTTP_HOST="localhost")
    client.get("/login/")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    client.post("/login/", {"username": "lin", "password": PASSWORD})
    assert client.cookies["sessionid"].value != planted


def test_a_token_ends_with_its_time_its_revocation_and_its_scope(known: Cast):
    now = clock.now()
    issued = create_token(
        known.lead.account, name="x", scopes=frozenset({"cases.see"}), by=SYSTEM, at=now, expires_at=now + timedelta(hours=1)
    )  # fmt: skip
    call = {"headers": {"Authorization": f"Bearer {issued.clear}"}}
    assert Client().get("/api/v1/cases", **call).status_code == 200
    assert Client().get("/api/v1/compliance", **call).status_code == 403, "beyond its scope"
    with time_machine.travel(now + timedelta(hours=1), tick=True):
        assert Client().get("/api/v1/cases", **call).status_code == 401
    revoke(issued.token, by=known.administrator.by, at=now)
    assert Client().get("/api/v1/cases", **call).status_code == 401


@pytest.fixture
def house(db: None) -> House:
    return build()


WITHOUT_COOKIES = {"portal:chat": 422, "portal:chat-news": 404}
"""In a foreign site's frame no cookie comes along: nothing is done there without the visitor's token in the form itself."""


@pytest.mark.either
def test_every_form_of_every_address_is_refused_when_it_was_forged(house: House):
    """Computed from the URL configuration: each address that writes, for those logged in and for the public."""
    before, tried = Entry.objects.count(), 0
    client = Client(enforce_csrf_checks=True, HTTP_HOST="localhost", raise_request_exception=False)
    client.force_login(house.people["administrator"].account)
    for address in pages("POST"):
        for headers in ({}, {"Origin": "https://evil.example"}):
            answer = client.post(address.filled(house.values(address.route, "own")), {}, headers=headers)
            expected = WITHOUT_COOKIES.get(address.name, 403)
            assert answer.status_code == expected, (address.route, answer.status_code)
            tried += 1
    assert Entry.objects.count() == before
    assert tried > 140, tried


def test_a_browsers_session_opens_nothing_of_the_api(house: House):
    """So no other site can use it: the API knows tokens only."""
    client = Client(HTTP_HOST="localhost", raise_request_exception=False)
    client.force_login(house.people["service_lead"].account)
    tried = 0
    for address in addresses():
        for method in address.rights if address.door == "api" else ():
            if method in {"POST", "PUT", "PATCH", "DELETE"}:
                path = address.filled(house.values(address.route, "own"))
                answer = client.generic(method, path, b"{}", content_type="application/json")
                assert answer.status_code == 401, (method, path, answer.status_code)
                tried += 1
    assert tried > 40, tried


def test_no_token_carries_a_right_its_account_has_lost(known: Cast):
    issued = create_token(known.lead.account, name="x", scopes=every_right(), by=SYSTEM, at=clock.now())
    call = {"headers": {"Authorization": f"Bearer {issued.clear}"}}
    assert Client().get("/api/v1/cases", **call).status_code == 200
    known.lead.account.grants.update(ends_at=clock.now())
    assert Client().get("/api/v1/cases", **call).status_code == 403
