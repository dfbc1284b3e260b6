from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "symposia.approvals"

    def ready(self) -> None:
        from symposia.approvals import listeners  # noqa: F401
