from django.apps import AppConfig


class RegistrationsConfig(AppConfig):
    name = "symposia.registrations"

    def ready(self) -> None:
        from symposia.registrations import listeners, rule_facts  # noqa: F401
        from symposia.registrations.actions.reminders import register_readers
        from symposia.registrations.queries import register_seats

        register_seats()
        register_readers()
