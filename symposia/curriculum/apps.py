from django.apps import AppConfig


class CurriculumConfig(AppConfig):
    name = "symposia.curriculum"

    def ready(self) -> None:
        from symposia.curriculum import listeners  # noqa: F401
        from symposia.curriculum.queries import agendas, guidelines  # noqa: F401  # they register
