from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "symposia.web"

    def ready(self) -> None:
        from symposia.web.account import signals  # noqa: F401
