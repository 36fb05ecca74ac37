from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "goodword.company.channels.mail"
    label = "mail"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # The ways stand on models, which are loaded only now.
        from ..correspondence.registering import register_channel  # noqa: PLC0415 - as just said
        from ..readers import register_reader  # noqa: PLC0415 - as just said
        from ..registry import register  # noqa: PLC0415 - as just said
        from ..staff import register_staff_way  # noqa: PLC0415 - as just said
        from .actions.taking_in import read_again  # noqa: PLC0415 - as just said
        from .sending import MAIL  # noqa: PLC0415 - as just said
        from .threads import CHANNEL  # noqa: PLC0415 - as just said
        from .to_staff import EMAIL, TO_STAFF  # noqa: PLC0415 - as just said

        register_channel(MAIL)
        register_reader(CHANNEL, read_again)
        register(EMAIL)
        register_staff_way(TO_STAFF)
