from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "symposia.insights"

    def ready(self) -> None:
        from symposia.insights import listeners  # noqa: F401
