"""Any number of believable cases in an installation, in minutes: what the pages are measured on.

    GOODWORD_DATA_DIR=… python bench/loading.py 100000      into that installation, which must be empty

First the demo company is played through the product's own actions (some 200 cases with all their turns); then each
case is a mould and is cast again and again by bulk SQL: other customers, words and ids, moved in time by whole weeks
over three years, five in a hundred still open. The journal's chain verifies and its seal holds. What is left out:
attachments, links, duplicates, watchers. Short stories are cast more often than long ones, so that a case has some
nine entries and five obligations.
"""

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

from harness import start_django

SEED = 2026
PLAYED, CUSTOMERS = 200, 60
OPEN = 0.05
WEEKS = 156
PER_CUSTOMER = 20
MANY = 500_000
"""From so many on a tenth is cast and the database copies it nine times (multiplying.py)."""


def prepare(count: int) -> float:
    """`count` cases in the installation of this process's environment, unless they are there; seconds it took."""
    start_django()
    from django.conf import settings

    from goodword.base.core import clock
    from goodword.doors.ops.demo.building import build
    from goodword.voice.cases.models import Case

    mark = Path(settings.DATA_DIR) / f"loaded-{count}"
    if mark.exists():
        return 0.0
    assert not Case.objects.exists(), f"{settings.DATA_DIR} is not empty"
    began, now = perf_counter(), clock.now()
    build(now, cases=PLAYED, customers=CUSTOMERS)
    times = 10 if count >= MANY else 1
    _cast(count // times - Case.objects.count(), now=now, times=times)
    mark.touch()
    return perf_counter() - began


def _cast(count: int, *, now: datetime, times: int) -> None:
    """The casts, oldest first, so that numbers and ids rise with time; then their copies."""
    from bulk import Bulk, without_ceremony
    from cloning import Cast, Keys, Mould, cast_into, moulds
    from multiplying import multiply
    from wording import Wording

    from goodword.engine.journal.chain import sign
    from goodword.engine.journal.models import Entry
    from goodword.engine.journal.recording import signing_key
    from goodword.voice.cases.models import Case

    luck, signing = random.Random(SEED), signing_key()
    wording, keys, bulk = Wording(luck), Keys(), Bulk()
    found = moulds()
    sealed = sha256()
    for digest in Entry.objects.order_by("pk").values_list("digest", flat=True):
        sealed.update(digest.encode())
    number = max(Case.objects.values_list("number", flat=True)) + 1
    planned = _planned(found, count, luck)
    first_keys = {table: keys.next[table] for table in keys.next}
    signed: Any = lambda *parts: sign(signing, *parts)  # noqa: E731
    with without_ceremony():
        owners = _owners(bulk, keys, max(count * times // PER_CUSTOMER, 20), luck)
        for place, (received_at, which, delta) in enumerate(planned):
            mould: Mould = found[which]
            base = int(received_at.replace(tzinfo=UTC).timestamp() * 1000) << 80 | 0x7 << 76 | 0x2 << 62
            base |= luck.getrandbits(52) << 8
            ids = {old: str(UUID(int=base + nth)) for nth, old in enumerate(mould.uuids)}
            cast = Cast(number + place, wording.text(place), luck.choice(owners), delta, ids)
            for digest in cast_into(bulk, mould, cast, keys, signed):
                sealed.update(digest.encode())
        bulk.write()
        _seal(sealed.hexdigest(), now=now)
        if times > 1:
            keys.next |= multiply(number, first_keys, wording.words(40))
        _settle(keys, now=now)


def _planned(found: list[Any], count: int, luck: random.Random) -> list[tuple[datetime, int, timedelta]]:
    """(received, which mould, moved by) of each cast, the oldest first."""
    open_ones = [place for place, mould in enumerate(found) if mould.is_open]
    ended = [place for place, mould in enumerate(found) if not mould.is_open]
    shares = [1 / len(found[place].entries) ** 2.5 for place in ended]
    drawn = luck.choices(ended, shares, k=count - int(count * OPEN)) + luck.choices(
        open_ones, k=int(count * OPEN)
    )
    planned = []
    for which in drawn:
        weeks = 0 if found[which].is_open else luck.randrange(1, WEEKS)
        delta = -timedelta(weeks=weeks, seconds=luck.randrange(3600), microseconds=luck.randrange(10**6))
        planned.append((found[which].received_at + delta, which, delta))
    return sorted(planned)


def _owners(bulk: Any, keys: Any, count: int, luck: random.Random) -> list[Any]:
    """Customers cast from those that were played, each with one contact and one order."""
    from cloning import SQLITE, Owner

    from goodword.base.core.sealing import encrypt, phone_index
    from goodword.company.customers.indexing import last4_index, name_index
    from goodword.company.customers.models import Contact, Customer
    from goodword.company.rentals.models import Order
    from goodword.doors.ops.demo.clientele import COMPANIES, GIVEN, SURNAMES

    at, owners = str(datetime(2023, 6, 1, 1)), []
    numbered = max(Customer.objects.values_list("number", flat=True))
    for place in range(1, count + 1):
        ids = [str(UUID(int=luck.getrandbits(60) << 64 | 0x7 << 76 | 0x2 << 62 | place)) for _ in range(2)]
        shown = [one.replace("-", "") if SQLITE else one for one in ids]
        is_person = place % 3 == 0
        person = luck.choice(SURNAMES) + luck.choice(GIVEN)
        name = person if is_person else f"{luck.choice(COMPANIES)}{place:06d}"
        phone = f"139{place:08d}"
        customer = {
            "id": shown[0],
            "number": numbered + place,
            "kind": "streamer" if is_person else "company",
            "name": encrypt(name),
            "public_name": "" if is_person else name,
            "name_index": name_index(name),
            "note": "",
            "created_at": at,
        }
        contact = {
            "id": keys.take(Contact._meta.db_table),
            "customer_id": shown[0],
            "name": encrypt(person),
            "name_index": name_index(person),
            "phone": encrypt(phone),
            "phone_index": phone_index(phone),
            "phone_last4_index": last4_index(phone),
            "email": "",
            "email_index": "",
            "wechat": "",
            "preferred": "phone",
            "is_main": True,
            "created_at": at,
        }
        order = {
            "id": shown[1],
            "number": f"ZL2024-{place:07d}",
            "customer_id": shown[0],
            "stage": "in_use",
            "created_at": at,
        }
        for model, row in ((Customer, customer), (Contact, contact), (Order, order)):
            bulk.add(model._meta.db_table, list(row), list(row.values()))
        owners.append(Owner(ids[0], contact["id"], ids[1]))
    return owners


def _seal(digest: str, *, now: datetime) -> None:
    """One seal over the whole journal, as the worker's would stand."""
    from django.db.models import Max

    from goodword.engine.journal.chain import sign
    from goodword.engine.journal.models import Entry, Seal
    from goodword.engine.journal.recording import signing_key

    last_id, count = Entry.objects.aggregate(n=Max("pk"))["n"], Entry.objects.count()
    signature = sign(signing_key(), last_id, count, digest, now.isoformat(), "")
    Seal.objects.create(
        last_id=last_id, count=count, digest=digest, sealed_at=now, before="", signature=signature
    )


def _settle(keys: Any, *, now: datetime) -> None:
    """Counters and sequences where they would stand, the words indexed, what has ended counted up."""
    from django.db.models import Max
    from indexing import index_everything

    from goodword.company.customers.models import Counter, Customer
    from goodword.engine.obligations.tallying import count_up
    from goodword.voice.cases.models import Case

    keys.settle()
    for name, model in (("case", Case), ("customer", Customer)):
        Counter.objects.filter(name=name).update(last=model._default_manager.aggregate(n=Max("number"))["n"])
    index_everything()
    count_up(now)


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodword.settings")
    print(f"{prepare(int(sys.argv[1])):.0f} s")
