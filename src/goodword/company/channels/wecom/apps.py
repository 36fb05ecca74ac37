from django.apps import AppConfig


class WeComConfig(AppConfig):
    name = "goodword.company.channels.wecom"
    label = "wecom"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ..correspondence.registering import register_channel  # noqa: PLC0415 - models can be named only now
        from ..readers import register_reader  # noqa: PLC0415 - as just said
        from ..registry import register  # noqa: PLC0415 - as just said
        from ..tencent.media import FETCH  # noqa: PLC0415 - as just said
        from .actions.fetching import FETCHING, read_again  # noqa: PLC0415 - as just said
        from .calling import fetch_media  # noqa: PLC0415 - as just said
        from .sending import WAY  # noqa: PLC0415 - as just said

        register_channel(WAY)
        register(FETCHING)
        register_reader(WAY.code, read_again)
        FETCH[WAY.code] = fetch_media
