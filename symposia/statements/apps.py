from django.apps import AppConfig


class StatementsConfig(AppConfig):
    name = "symposia.statements"

    def ready(self) -> None:
        from symposia.statements import entering, papers  # noqa: F401
