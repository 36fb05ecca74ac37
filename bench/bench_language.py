"""Reading messages: texts a second, load time, memory, size of the model. Prints one JSON object.

    python bench/bench_language.py [seconds per figure, default 2.0]

Texts are those of the shipped corpus, read one at a time on one core, everything included: all dimensions, the
words that decided, figures named. `rules_per_second` is what finding the lexicon's words alone takes, in the same
run, so that a disturbed machine shows.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

from goodword.base.language.classifying import classify
from goodword.base.language.current import in_force
from goodword.base.language.lexicon import lexicon
from goodword.base.language.seeing import see

CORPUS = Path(__file__).parent.parent / "src/goodword/base/language/corpus"
LOADING = """
import resource, time
def kib(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
from goodword.base.language.classifying import classify
before, began = kib(), time.perf_counter()
classify("摄像机黑屏")
print(time.perf_counter() - began, kib() - before)
"""


def rate(call: Callable[[str], object], texts: list[str], seconds: float) -> int:
    """Calls a second of processor time."""
    call(texts[0])
    done, began = 0, process_time()
    while (spent := process_time() - began) < seconds:
        for text in texts[done % len(texts) :][:200]:
            call(text)
            done += 1
    return round(done / spent)


def main() -> None:
    """Measure and print."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0
    lines = [line for file in sorted(CORPUS.glob("*.tsv")) for line in file.read_text("utf-8").splitlines()]
    texts = [line.split("\t")[-1] for line in lines]
    rules = lexicon()
    loading = subprocess.run([sys.executable, "-c", LOADING], capture_output=True, text=True, check=True)
    load_seconds, grown = map(float, loading.stdout.split())
    held = in_force()
    print(
        json.dumps(
            {
                "texts_per_second": rate(classify, texts, seconds),
                "rules_per_second": rate(lambda text: see(text, rules), texts, seconds),
                "letters_per_text": round(sum(map(len, texts)) / len(texts), 1),
                "first_reading_s": round(load_seconds, 3),
                "grows_by_mib": round(grown / 1024, 1),
                "model_bytes": held.path.stat().st_size,
                "model": held.model.version if held.model else None,
                "process_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
            }
        )
    )


if __name__ == "__main__":
    main()
