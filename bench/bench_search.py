"""Chinese full-text search with 100 k and 1 M cases: a rare word, a common one, none, longer ones, other scripts.

    python bench/bench_search.py --folder ~/goodword-bench      the databases bench_pages.py prepared there are used

`index` is the look-up alone, `page` the whole list page as a colleague gets it, `API` the same through the API.
"""

from __future__ import annotations

import argparse
from urllib.parse import quote

from bench_pages import slopes
from harness import Row, run, spread, timed
from loading import prepare
from visiting import Visitor
from wording import ABSENT, COMMON, RARE

SIZES = ("100000", "1000000")
QUESTIONS = (
    ("rare word", RARE),
    ("common word", COMMON),
    ("no hit", ABSENT),
    ("four characters", f"{COMMON}现场"),
    ("two words", f"{COMMON} 设备"),
    ("one character", "急"),
    ("Traditional", "設備"),
)


def measure(options: argparse.Namespace) -> list[Row]:
    """Every question of one installation, at three depths."""
    prepare(int(options.variant))
    from goodword.voice.cases.queries.searching import numbers_saying

    lead, api = Visitor("lead"), Visitor("lead", token=True)
    Visitor.times = options.times
    rows: list[Row] = []
    for name, text in QUESTIONS:
        hits = len(numbers_saying(text))
        asked = timed(lambda text=text: numbers_saying(text), times=options.times, within=8)
        rows += [
            {"what": f"index, {name}", **spread(asked), "queries": 1, "hits": hits},
            {**lead.measure(f"page, {name}", f"/cases/?q={quote(text)}"), "hits": hits},
            {**api.measure(f"API, {name}", f"/api/v1/cases?limit=50&text={quote(text)}"), "hits": hits},
        ]
    return [{"cases": int(options.variant), **row} for row in rows]


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--times", type=int, default=40, help="calls a question at most")


if __name__ == "__main__":
    run("search", measure, variants=SIZES, script=__file__, fresh=False, options=_options, summary=slopes)
