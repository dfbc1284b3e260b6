from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "symposia.outreach"

    def ready(self) -> None:
        from symposia.outreach import listeners, rule_facts  # noqa: F401
