from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "symposia.attendance"

    def ready(self) -> None:
        from symposia.attendance import learning  # noqa: F401  # it registers itself
        from symposia.attendance.readiness import register_facts

        register_facts()
