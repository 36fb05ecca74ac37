"""How templates are loaded: components (cotton), named partials and the page's tags, listed by hand.

Both libraries would each rewrite ``TEMPLATES`` on start and undo the other; here neither does. Imports
nothing of Django's apps, so that settings may take it in.
"""

from __future__ import annotations

from typing import Any

TEMPLATE_APPS: list[str] = [
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
]

# A component sees its attributes and what context processors give, never the page's variables by accident.
COTTON_ISOLATE_BY_DEFAULT = True

FINDERS: list[str] = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]

CONTEXT_PROCESSORS: list[str] = [
    "django.template.context_processors.request",
    "django.template.context_processors.csrf",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "goodword.doors.web.context.workbench",
]


def template_settings(debug: bool) -> list[dict[str, Any]]:
    """The value of ``TEMPLATES``: cached unless ``debug``, partials addressable as ``page.html#part``."""
    found: list[Any] = FINDERS if debug else [("django.template.loaders.cached.Loader", FINDERS)]
    return [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [],
            "OPTIONS": {
                "debug": debug,
                "loaders": [("template_partials.loader.Loader", found)],
                "context_processors": CONTEXT_PROCESSORS,
                "builtins": [
                    "django.templatetags.static",
                    "django_cotton.templatetags.cotton",
                    "template_partials.templatetags.partials",
                    "goodword.doors.web.templatetags.goodword_ui",
                ],
            },
        }
    ]
