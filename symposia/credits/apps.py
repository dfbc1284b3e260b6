from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CreditsConfig(AppConfig):
    name = "symposia.credits"

    def ready(self) -> None:
        from symposia.activities.facts import register_fact
        from symposia.credits import (  # noqa: F401
            belongings,
            hanging,
            invitations,
            listeners,
            rule_facts,
        )
        from symposia.credits.claiming import register_claim
        from symposia.credits.readiness import FACTS, register_certificates
        from symposia.credits.reminded import register_evaluation_reminders
        from symposia.credits.shipped_packs import load_requirement_packs
        from symposia.credits.systems import load_credit_systems

        post_migrate.connect(
            load_credit_systems, sender=self, dispatch_uid="symposia.credit_systems"
        )
        post_migrate.connect(
            load_requirement_packs, sender=self, dispatch_uid="symposia.requirement_packs"
        )
        register_claim()
        register_certificates()
        register_evaluation_reminders()
        for fact in FACTS:
            register_fact(fact)
