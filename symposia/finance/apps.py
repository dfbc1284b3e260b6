from django.apps import AppConfig


class FinanceConfig(AppConfig):
    name = "symposia.finance"

    def ready(self) -> None:
        from symposia.finance import balance, listeners, papers, prices, readiness  # noqa: F401
        from symposia.finance.taking_over import register_estimate

        readiness.register()
        register_estimate()
