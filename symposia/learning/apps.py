from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "symposia.learning"

    def ready(self) -> None:
        from symposia.learning import belongings, listeners, papers  # noqa: F401
        from symposia.learning.adopted import register_adopted
        from symposia.learning.kinds import register_kinds
        from symposia.learning.readiness import register_content

        register_adopted()
        register_kinds()
        register_content()
