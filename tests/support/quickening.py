"""What a test process need not do over and over: each thing asked here stays as it is in the product, only not repeated."""

from __future__ import annotations

import gc

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """The product's hasher with the least it may be given: hashes are as they were, and cost a thousandth."""

    time_cost, memory_cost, parallelism = 1, 8, 1


def look_for_static_files_once() -> None:
    """Every test client has a WhiteNoise of its own, which reads some hundred files' sizes and dates: they are kept."""
    from django.conf import settings
    from whitenoise.middleware import WhiteNoiseMiddleware

    look, found = WhiteNoiseMiddleware.add_files_from_finders, {}

    def add_files_from_finders(self: WhiteNoiseMiddleware) -> None:
        made_with = (self.max_age, self.static_prefix, self.allow_all_origins, settings.DEBUG)
        if made_with not in found:
            before = dict(self.files)
            look(self)
            found[made_with] = {url: file for url, file in self.files.items() if before.get(url) is not file}
        self.files.update(found[made_with])

    WhiteNoiseMiddleware.add_files_from_finders = add_files_from_finders


def leave_alone_what_stays() -> None:
    """What is loaded by now lives as long as the process: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
