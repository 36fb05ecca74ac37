"""The pages people look at, with 1 k, 100 k and 1 M cases behind them: time at the server, queries, slopes.

    python bench/bench_pages.py --folder ~/goodword-bench      prepared databases stay there, for the next time

`x` is a page's median beside the one with the fewest cases on the same database. Pages go through the whole WSGI
application inside this process (visiting.py): the time is the server's, without the socket.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from harness import Row, run
from loading import prepare
from newer_pages import further_pages
from visiting import Visitor

SIZES = ("1000", "100000", "1000000")
EVER = "?from=&to="
BUSY = "FB-3.2a"
"""The clause with the most obligations: every case begins one."""
DAYS = "FB-4.3b"
"""A clause whose allowance is working days: what was used of it is reckoned by its calendar."""


def measure(options: argparse.Namespace) -> list[Row]:
    """Every page of one installation."""
    took = prepare(int(options.variant))
    if took:
        print(f"{options.database} {options.variant}: loaded in {took:.0f} s", file=sys.stderr)
    wanted = options.pages
    Visitor.times = options.times
    return [{"cases": int(options.variant), **visit()} for name, visit in visits() if wanted in name]


def visits() -> Iterator[tuple[str, object]]:
    """(name, how to measure it) of every page."""
    from goodword.base.people.models import Account
    from goodword.company.rentals.models import Device, Order
    from goodword.voice.cases.models import Case

    lead, engineer, agent = Visitor("lead"), Visitor("engineer1"), Visitor("intake1")
    api = Visitor("lead", token=True)
    ended = Case.objects.filter(state="closed", kind="complaint").order_by("-number")[5]
    open_one = Case.objects.filter(state="investigating", responsible__code="technology").order_by("-number")[
        0
    ]
    customer = ended.customer.number if ended.customer else 0
    order, device = Order.objects.order_by("-pk")[0], Device.objects.order_by("pk")[0]
    person = Account.objects.get(username="engineer1").person_id
    pages: list[tuple[str, Visitor, str]] = [
        ("desk, agent", agent, "/"),
        ("desk, lead's department", lead, "/?whose=team"),
        ("queue, open", lead, "/cases/?state=open"),
        ("queue, all", lead, "/cases/"),
        ("queue, closed complaints", lead, "/cases/?state=closed&kind=complaint"),
        ("queue, to triage", agent, "/cases/?state=received"),
        ("queue, late", lead, "/cases/?overdue=1"),
        ("queue, mine", agent, "/cases/?mine=1&state=open"),
        ("queue, engineer's", engineer, "/cases/?state=open"),
        ("queue, engineer's all", engineer, "/cases/"),
        ("queue, oldest first", lead, "/cases/?state=open&sort=oldest"),
        ("queue, one device type", lead, "/cases/?device_type=%E6%91%84%E5%83%8F%E6%9C%BA"),
        ("queue, waiting", lead, "/cases/?waiting=1"),
        ("queue, nobody handles it", lead, "/cases/?state=undone&unassigned=1"),
        ("board", lead, "/cases/board/"),
        ("board, engineer's", engineer, "/cases/board/"),
        ("case, open", lead, f"/cases/{open_one.number}/"),
        ("case, closed", lead, f"/cases/{ended.number}/"),
        ("case, engineer's", engineer, f"/cases/{open_one.number}/"),
        ("customers", lead, "/customers/"),
        ("customer", lead, f"/customers/{customer}/"),
        ("orders", lead, "/orders/"),
        ("order", lead, f"/orders/{order.number}/"),
        ("devices", lead, "/devices/"),
        ("device", lead, f"/devices/{device.serial}/"),
        ("notices", lead, "/notices/"),
        ("regulations, 90 days", lead, "/regulations/texts/"),
        ("regulations, ever", lead, f"/regulations/texts/{EVER}"),
        ("overview, last month", lead, "/regulations/"),
        ("overview, ever", lead, f"/regulations/{EVER}"),
        ("clause, 90 days", lead, f"/regulations/{BUSY}/"),
        ("clause, ever", lead, f"/regulations/{BUSY}/{EVER}"),
        ("clause, ever, late ones", lead, f"/regulations/{BUSY}/{EVER}&outcome=late"),
        ("clause, ever, all", lead, f"/regulations/{BUSY}/{EVER}&outcome="),
        ("clause, ever, one person's", lead, f"/regulations/{BUSY}/{EVER}&outcome=in_time&person={person}"),
        ("clause, working days", lead, f"/regulations/{DAYS}/{EVER}"),
        ("API list", api, "/api/v1/cases?limit=50"),
        ("API list, open", api, "/api/v1/cases?limit=50&state=open"),
        ("API case", api, f"/api/v1/cases/{ended.number}"),
        ("API case, open", api, f"/api/v1/cases/{open_one.number}"),
        ("API duties", api, "/api/v1/obligations?limit=50"),
        ("API clause", api, f"/api/v1/clauses/{BUSY}"),
        ("API compliance", api, "/api/v1/compliance"),
    ]
    for name, visitor, path in pages:
        yield name, lambda name=name, visitor=visitor, path=path: visitor.measure(name, path)
    for name, visitor, path, sent in further_pages(lead, agent, Visitor("dgm"), Visitor("admin")):
        yield (
            name,
            lambda name=name, visitor=visitor, path=path, sent=sent: visitor.measure(name, path, sent=sent),
        )
    yield "queue, deep", lambda: deep_page(lead)
    yield "API list, deep", lambda: deep_list(api)


def deep_page(visitor: Visitor) -> Row:
    """The last page one gets to by leaps: through the pages' own links where there are, else by its number."""
    return visitor.measure("queue, deep", "/cases/?page=18")


def deep_list(api: Visitor) -> Row:
    """The tenth page, by the cursors given out."""
    path = "/api/v1/cases?limit=50"
    for _ in range(10):
        path = f"/api/v1/cases?limit=50&cursor={api.get(path).json()['next']}"
    return api.measure("API list, deep", path)


def slopes(rows: list[Row]) -> list[Row]:
    """The rows by page, each with its ratio to the smallest size."""
    least: dict[tuple[str, str], float] = {}
    for row in sorted(rows, key=lambda row: int(row["cases"])):
        least.setdefault((row["database"], row["what"]), row["p50_ms"])
    found = [{**row, "x": round(row["p50_ms"] / least[row["database"], row["what"]], 2)} for row in rows]
    order = {row["what"]: place for place, row in reversed(list(enumerate(rows)))}
    return sorted(found, key=lambda row: (row["database"] != "sqlite", order[row["what"]], row["cases"]))


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pages", default="", help="only those whose name contains it")
    parser.add_argument("--times", type=int, default=40, help="calls a page at most")


if __name__ == "__main__":
    run("pages", measure, variants=SIZES, script=__file__, fresh=False, options=_options, summary=slopes)
