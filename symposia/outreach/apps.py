from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "symposia.outreach"

    def ready(self) -> None:
        from symposia.outreach import belongings, listeners, rule_facts  # noqa: F401
        from symposia.outreach.open_work import register_open_work
        from symposia.outreach.reminded import register_invitation_reminders
        from symposia.outreach.taking_over import register_invitations

        register_invitations()
        register_invitation_reminders()
        register_open_work()
