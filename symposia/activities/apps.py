from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "symposia.activities"

    def ready(self) -> None:
        from symposia.activities import (  # noqa: F401
            belongings,
            citations,
            guarding,
            hanging,
            listeners,
            outcomes,
            signed,
        )
        from symposia.activities.agreement_facts import register_agreements
        from symposia.activities.arranged import register as register_arrangements
        from symposia.activities.clones import register_own_parts
        from symposia.activities.disclosure_facts import register_disclosures
        from symposia.activities.duty_facts import register_duties
        from symposia.activities.open_work import register_open_work
        from symposia.activities.organisers import register_organisers
        from symposia.activities.origins import register_origins
        from symposia.activities.plans import register_plan
        from symposia.activities.readiness import register_own_facts

        register_own_facts()
        register_open_work()
        register_agreements()
        register_organisers()
        register_duties()
        register_disclosures()
        register_plan()
        register_arrangements()
        register_origins()
        register_own_parts()
