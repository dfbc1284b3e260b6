from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "symposia.audit"

    def ready(self) -> None:
        from symposia.audit import history  # noqa: F401
