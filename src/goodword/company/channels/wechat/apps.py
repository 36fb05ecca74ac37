from django.apps import AppConfig


class WeChatConfig(AppConfig):
    name = "goodword.company.channels.wechat"
    label = "wechat"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ..correspondence.registering import register_channel  # noqa: PLC0415 - models can be named only now
        from ..readers import register_reader  # noqa: PLC0415 - as just said
        from ..tencent.media import FETCH  # noqa: PLC0415 - as just said
        from .actions.reading_again import read_again  # noqa: PLC0415 - as just said
        from .calling import fetch_media  # noqa: PLC0415 - as just said
        from .sending import WAY  # noqa: PLC0415 - as just said

        register_channel(WAY)
        register_reader(WAY.code, read_again)
        FETCH[WAY.code] = fetch_media
