"""What every test stands on: a data folder of its own, a database with the foundations laid, honest time limits.

Settings are read from the environment, so this file sets it before they are loaded. (For that reason the project
file names no settings module: pytest-django would load it before any conftest file.)
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from django.http import HttpRequest
    from tests.support.installation import Installation

    from goodword.base.people.models import Account

_own_folder = "GOODWORD_DATA_DIR" not in os.environ
if _own_folder:
    os.environ["GOODWORD_DATA_DIR"] = tempfile.mkdtemp(prefix="goodword-test-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodword.settings")
os.environ.setdefault("GOODWORD_LOG_LEVEL", "WARNING")
# Of a small sum each processor would do a part and wait for the others, who are busy with other tests: ten times as long.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
HERE = Path(__file__).parent
PLAIN = [HERE / "architecture", *(HERE / "base" / room for room in ("documents", "language", "worktime"))]
"""Rooms of functions that know no database; a test there that does ask for one runs on both."""
_patient = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("quick", max_examples=60, deadline=None, suppress_health_check=_patient)
settings.register_profile("slow", max_examples=1_000, deadline=None, suppress_health_check=_patient)
settings.register_profile("full", max_examples=10_000, deadline=None, suppress_health_check=_patient)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Three sizes of the same tests: seconds, minutes, the full figures."""
    parser.addoption(
        "--size", choices=["quick", "slow", "full"], default="quick", help="how much to try (default quick)"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Take the hypothesis profile of the chosen size, and load Django's settings: pytest-django starts it with them."""
    from django.conf import settings as django_settings

    settings.load_profile(config.getoption("--size"))
    assert django_settings.DATABASES
    if not hasattr(config, "workerinput"):  # what a run that was cut off left in a folder that is kept
        shutil.rmtree(_prepared_folder(), ignore_errors=True)
    from tests.support import quickening

    django_settings.PASSWORD_HASHERS = [f"{quickening.__name__}.Argon2"]
    quickening.look_for_static_files_once()


def pytest_collection_finish() -> None:
    """Everything is imported by now."""
    from tests.support import quickening

    quickening.leave_alone_what_stays()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what belongs to a larger size or was shown on the other database; run the browser's tests last."""
    from django.conf import settings as django_settings

    size = config.getoption("--size")
    wanted = {"quick": set(), "slow": {"slow"}, "full": {"slow", "full"}}[size]
    left_out = [item for item in items if {m.name for m in item.iter_markers()} & {"slow", "full"} - wanted]
    if not django_settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        shown = [item for item in items if _touches_no_database(item)]
        if size == "quick":
            shown += [item for item in items if item.get_closest_marker("either")]
        left_out += [item for item in shown if item not in left_out]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]
    if not any(shutil.which(name) for name in BROWSERS):
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="no chromium here: scripts/ensure_chromium.sh"))
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def _touches_no_database(item: pytest.Item) -> bool:
    """Whether it is one of the plain functions' tests, which need not run once for each database."""
    in_place = any(folder in item.path.parents for folder in PLAIN)
    return (
        in_place
        and item.get_closest_marker("django_db") is None
        and "db" not in getattr(item, "fixturenames", ())
    )


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove what was made for this run, when the last process of it ends; the data folder too, if it was."""
    from tests.support.installation import forget_prepared

    if hasattr(config, "workerinput"):
        return
    forget_prepared(_prepared_folder())
    if _own_folder:
        shutil.rmtree(os.environ["GOODWORD_DATA_DIR"], ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, request: pytest.FixtureRequest, prepared: Installation
) -> None:
    """Before the test database is made: as a copy of the prepared one, and its foundations laid again whenever it is emptied.

    SQLite's is on a file: as the product does it, threads and other processes meet the same locks.
    """
    from django.apps import apps
    from django.conf import settings as django_settings
    from django.db.models.signals import post_migrate
    from tests.support.flushing import let_sqlite_flush
    from tests.support.installation import database_of

    database = django_settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        worker = getattr(request.config, "workerinput", {}).get("workerid", "")
        own = Path(django_settings.DATA_DIR) / f"test{worker}.sqlite3"
        shutil.copyfile(prepared.folder / "data/goodword.sqlite3", own)
        database.setdefault("TEST", {})["NAME"] = str(own)
        let_sqlite_flush()
    else:
        database.setdefault("TEST", {})["TEMPLATE"] = database_of(prepared.environment["DATABASE_URL"])
    # Sent when the tables of all apps are there, and again whenever the database was emptied.
    post_migrate.connect(_lay_foundations, sender=apps.get_app_config("core"), weak=False)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Whether Django finds a file of its own ready (SQLite's copy of the prepared one), or has to make a database."""
    from django.conf import settings as django_settings

    return django_settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


def _lay_foundations(**_: object) -> None:
    from goodword.base.core import clock
    from goodword.doors.ops.foundations import lay_foundations

    lay_foundations(at=clock.now())


@pytest.fixture(autouse=True)
def _figures_are_those_of_this_test() -> None:
    """Kept by what tells editions apart, which two tests whose rows are rolled back may have in common."""
    from goodword.engine.policy import queries

    queries._values.cache_clear()


@pytest.fixture(autouse=True)
def _language_and_zone_are_those_of_this_test() -> None:
    """A request leaves both with its thread; on a server the next one sets its own, a test need not ask at all."""
    from django.utils import timezone, translation

    translation.deactivate()
    timezone.deactivate()


@pytest.fixture(scope="session", autouse=True)
def _whoever_logs_in_by_name_alone_has_shown_the_second_factor() -> None:
    """`force_login` skips the log-in page, so it skips the code as well; the page itself never does."""
    from django.contrib.auth.signals import user_logged_in

    user_logged_in.connect(_show_second_factor, dispatch_uid="tests.second_factor")


def _show_second_factor(request: HttpRequest, user: Account, **_: object) -> None:
    from django_otp import login as show
    from django_otp.plugins.otp_totp.models import TOTPDevice

    device = TOTPDevice.objects.filter(user=user, confirmed=True).first()
    by_name_alone = not request.path
    if by_name_alone and device is not None:
        request.user = user
        show(request, device)


@pytest.fixture(scope="session")
def prepared() -> Installation:
    """An installation with tables and foundations and nothing else, to be copied; one for all processes of the run."""
    from tests.support.installation import prepared_in

    return prepared_in(_prepared_folder())


def _prepared_folder() -> Path:
    return Path(os.environ["GOODWORD_DATA_DIR"]) / "prepared"
