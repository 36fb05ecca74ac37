"""Installs the table of reactions when Django starts."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class WiringConfig(AppConfig):
    name = "goodword.wiring"
    label = "wiring"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        autodiscover_modules("kinds")
        # The table names models of every storey, so it can only be read when all of them are loaded.
        from goodword.company.channels.correspondence.ways import serve  # noqa: PLC0415 - as just said
        from goodword.engine.journal import reactions as journal_reactions  # noqa: PLC0415 - as just said

        from .correspondence import CasesOfChannels  # noqa: PLC0415 - as just said
        from .reactions import TABLE  # noqa: PLC0415 - as just said

        serve(CasesOfChannels())
        journal_reactions.install(TABLE)
