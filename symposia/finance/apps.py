from django.apps import AppConfig


class FinanceConfig(AppConfig):
    name = "symposia.finance"

    def ready(self) -> None:
        from symposia.finance import balance, listeners, readiness  # noqa: F401

        readiness.register()
