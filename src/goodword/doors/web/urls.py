"""The workbench's URLs. Each view declares who may open it (`access.py`)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from .calls import urls as calls
from .capture import urls as capture
from .cases import urls as cases
from .chats import urls as chats
from .codes import urls as codes
from .customers import urls as customers
from .help import urls as helps
from .ledger import urls as ledger
from .mails import urls as mails
from .notices import urls as notices
from .regulations import urls as regulations
from .rentals import urls as rentals
from .searching.views import search
from .settings_pages import urls as settings_pages
from .views import (
    desk,
    health,
    heard,
    keys,
    language,
    log_ins,
    login,
    look,
    own_ways,
    palette,
    password,
    profile,
    quiet,
    second_factor,
    styleguide,
    typed,
)

app_name = "web"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.desk, name="desk"),
    path("login/", login.log_in, name="login"),
    path("login/code/", second_factor.ask, name="second-factor"),
    path("login/typed/", typed.again, name="typed"),
    path("logout/", login.log_out, name="logout"),
    path("language/", language.set_language, name="language"),
    path("profile/", profile.profile, name="profile"),
    path("profile/shift/", profile.switch_shift, name="shift"),
    path("profile/sessions/", log_ins.end_sessions, name="sessions"),
    path("profile/quiet/", quiet.set_quiet, name="quiet"),
    path("profile/ways/", own_ways.choose, name="own-ways"),
    path("profile/second-factor/", second_factor.own, name="second-factor-own"),
    path("profile/password/", password.change, name="password"),
    path("profile/keys/", keys.switch_keys, name="keys"),
    path("heard/", heard.heard, name="heard"),
    path("search/", search, name="search"),
    path("palette/", palette.palette, name="palette"),
    path("help/", include(helps.urlpatterns)),
    path("look.css", look.colours, name="look-css"),
    path("look/mark", look.mark, name="look-mark"),
    path("healthz", health.healthz, name="healthz"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("calls/", include(calls.urlpatterns)),
    path("capture/", include(capture.urlpatterns)),
    path("cases/", include(cases.urlpatterns)),
    path("chats/", include(chats.urlpatterns)),
    path("codes/", include(codes.urlpatterns)),
    path("customers/", include(customers.urlpatterns)),
    path("ledger/", include(ledger.urlpatterns)),
    path("mails/", include(mails.urlpatterns)),
    path("notices/", include(notices.urlpatterns)),
    path("regulations/", include(regulations.urlpatterns)),
    path("", include(rentals.urlpatterns)),
    path("settings/", include(settings_pages.urlpatterns)),
]
