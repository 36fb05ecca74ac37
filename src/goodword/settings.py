"""Django's settings, from the environment (base/core/environment.py lists every option)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import structlog

from goodword.base.core import environment, secrets
from goodword.doors.web.template_setup import COTTON_ISOLATE_BY_DEFAULT, TEMPLATE_APPS, template_settings

_ENV = environment.read()
DATA_DIR: Path = _ENV["GOODWORD_DATA_DIR"]
GOODWORD_KEY_FILE = DATA_DIR / "keys.json"
secrets.ensure_key_file(GOODWORD_KEY_FILE)

SECRET_KEY = secrets.derive(GOODWORD_KEY_FILE, "django").hex()
DEBUG: bool = _ENV["GOODWORD_DEBUG"]
ALLOWED_HOSTS: list[str] = [*_ENV["GOODWORD_HOSTS"], "testserver"] if DEBUG else _ENV["GOODWORD_HOSTS"]
GOODWORD_BIND: str = _ENV["GOODWORD_BIND"]
GOODWORD_URL: str = _ENV["GOODWORD_URL"]
GOODWORD_WEB_THREADS: int = _ENV["GOODWORD_WEB_THREADS"]
GOODWORD_API_PER_MINUTE: int = _ENV["GOODWORD_API_PER_MINUTE"]
GOODWORD_BULK_MOST: int = _ENV["GOODWORD_BULK_MOST"]
GOODWORD_EXPORT_CASES: int = _ENV["GOODWORD_EXPORT_CASES"]
GOODWORD_RED_LIGHT_AFTER: int = _ENV["GOODWORD_RED_LIGHT_AFTER"]
GOODWORD_CLOCK_MAY_DIFFER: int = _ENV["GOODWORD_CLOCK_MAY_DIFFER"]
GOODWORD_LEAST_FREE_MB: int = _ENV["GOODWORD_LEAST_FREE_MB"]
GOODWORD_HELD: bool = _ENV["GOODWORD_HELD"]
GOODWORD_TRUSTED_PROXIES: int = _ENV["GOODWORD_TRUSTED_PROXIES"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "csp",
    *TEMPLATE_APPS,
    "goodword.base.core",
    "goodword.base.people",
    "goodword.base.worktime",
    "goodword.engine.journal",
    "goodword.engine.policy",
    "goodword.engine.attachments",
    "goodword.engine.obligations",
    "goodword.company.customers",
    "goodword.company.channels",
    "goodword.company.knowledge",
    "goodword.company.channels.correspondence",
    "goodword.company.channels.hotline",
    "goodword.company.channels.mail",
    "goodword.company.channels.tencent",
    "goodword.company.channels.wechat",
    "goodword.company.channels.app",
    "goodword.company.channels.carriers",
    "goodword.company.channels.robots",
    "goodword.company.channels.webhooks",
    "goodword.company.channels.wecom",
    "goodword.company.rentals",
    "goodword.voice.cases",
    "goodword.wiring",
    "goodword.doors.web",
    "goodword.doors.portal",
    "goodword.doors.api",
    "goodword.doors.ops",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "goodword.doors.web.middleware.NotKept",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "goodword.doors.web.middleware.SessionLimits",
    "goodword.doors.web.middleware.SoundLength",
    "goodword.doors.web.middleware.LoggedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "goodword.doors.web.middleware.Refusals",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "goodword.urls"
WSGI_APPLICATION = "goodword.wsgi.application"
TEMPLATES = template_settings(DEBUG)
__all__ = ["COTTON_ISOLATE_BY_DEFAULT"]  # django-cotton reads it: a page's variables stay out of components

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "goodword.doors.web.login_limits.LoginLimits",
    "axes.backends.AxesStandaloneBackend",
    "goodword.doors.web.backend.Accounts",
]
FORM_RENDERER = "goodword.doors.web.widgets.Quick"
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
GOODWORD_FAILURES_PER_NAME = 30
GOODWORD_FAILURES_PER_ADDRESS = 60
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_IPWARE_PROXY_COUNT = GOODWORD_TRUSTED_PROXIES
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
GOODWORD_SESSION_IDLE_FOR = 4 * 3600
OTP_TOTP_ISSUER = "Goodword"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False
CSRF_FAILURE_VIEW = "goodword.doors.web.views.errors.csrf_failure"


def _databases(chosen: dict[str, Any]) -> dict[str, dict[str, Any]]:
    if chosen["ENGINE"] == "postgresql":
        # While the server is away nobody waits long for a connection, and once it is back nobody waits for the pool:
        # left alone it tries again ever more seldom, a minute after the server's return when that was long away.
        # As many as a worker has lanes, and some: each of its threads has one.
        pool = {"min_size": 1, "max_size": 16, "timeout": 5, "reconnect_timeout": 5}
        options = {"pool": pool, **chosen["OPTIONS"]}
        # A statement asked a third time is kept planned by the server (decision 29): planning a case with all that it
        # is shown with takes ten times as long as finding it.
        if options.pop("plans", "kept") == "kept":
            options |= {"server_side_binding": True, "prepare_threshold": 3}
        return {
            "default": {
                **chosen,
                "ENGINE": "django.db.backends.postgresql",
                "OPTIONS": options,
                # A connection is tried before it is lent: after a restart of the server none of the old ones is.
                "CONN_HEALTH_CHECKS": True,
            }
        }
    sqlite = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;",
    }
    name = chosen.get("NAME") or str(DATA_DIR / "goodword.sqlite3")
    kept = {"CONN_MAX_AGE": None}  # base/core/connections.py looks whether the file is still the same
    return {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": sqlite, **kept}}


DATABASES = _databases(_ENV["DATABASE_URL"])
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

USE_TZ = True
TIME_ZONE = _ENV["GOODWORD_TIME_ZONE"]
USE_I18N = True
LANGUAGE_CODE = _ENV["GOODWORD_LANGUAGE"]
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
MEDIA_ROOT = DATA_DIR / "attachments"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
if _ENV["GOODWORD_HTTPS"]:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 86400
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = [GOODWORD_URL]
    SILENCED_SYSTEM_CHECKS = [
        "security.W005",  # whether sub-domains are all behind HTTPS only their owner knows: the proxy may add it
        "security.W021",  # so too whether browsers shall carry the domain in their lists
    ]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"masked": {"()": "goodword.base.core.logs.MaskPersonalData"}},
    "formatters": {"line": {"()": "goodword.base.core.logs.formatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["masked"]}},
    "root": {"handlers": ["stderr"], "level": _ENV["GOODWORD_LOG_LEVEL"]},
    "loggers": {"axes": {"level": "WARNING"}, "django.security.csrf": {"level": "ERROR"}},
}
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
