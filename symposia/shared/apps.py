from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SharedConfig(AppConfig):
    name = "symposia.shared"

    def ready(self) -> None:
        from symposia.shared.guards import install_guards

        post_migrate.connect(install_guards, sender=self, dispatch_uid="symposia.guards")
