from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class SharedConfig(AppConfig):
    name = "symposia.shared"

    def ready(self) -> None:
        from symposia.shared.guards import install_guards

        # Sent once for each app with models, after the last migration; one of them is enough.
        post_migrate.connect(
            install_guards, sender=apps.get_app_config("audit"), dispatch_uid="symposia.guards"
        )
