from django.apps import AppConfig


class RegistrationsConfig(AppConfig):
    name = "symposia.registrations"

    def ready(self) -> None:
        from symposia.registrations import belongings, listeners, rule_facts  # noqa: F401
        from symposia.registrations.queries import register_seats
        from symposia.registrations.reminded import register_place_reminders

        register_seats()
        register_place_reminders()
