from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ComplianceConfig(AppConfig):
    name = "symposia.compliance"

    def ready(self) -> None:
        from symposia.compliance import belongings, listeners  # noqa: F401
        from symposia.compliance.loading import load_shipped

        post_migrate.connect(load_shipped, sender=self, dispatch_uid="symposia.rule_packs")
