from django.apps import AppConfig


class EngagementConfig(AppConfig):
    name = "symposia.engagement"

    def ready(self) -> None:
        from symposia.engagement import belongings, listeners  # noqa: F401
        from symposia.engagement.open_work import register_open_work

        register_open_work()
