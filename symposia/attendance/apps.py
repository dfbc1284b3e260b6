from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "symposia.attendance"

    def ready(self) -> None:
        from symposia.attendance import learning, listeners, papers  # noqa: F401  # each registers
        from symposia.attendance.readiness import register_facts

        register_facts()
