from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "symposia.approvals"

    def ready(self) -> None:
        from symposia.approvals import listeners  # noqa: F401
        from symposia.approvals.open_work import register_open_work

        register_open_work()
