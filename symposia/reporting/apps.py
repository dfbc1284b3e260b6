from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "symposia.reporting"

    def ready(self) -> None:
        from symposia.activities.facts import register_fact
        from symposia.reporting import belongings, keeping, listeners, support  # noqa: F401
        from symposia.reporting.readiness import IMPORTED, REPORTS, register_reports

        register_reports()
        register_fact(REPORTS)
        register_fact(IMPORTED)
