from django.apps import AppConfig


class CurriculumConfig(AppConfig):
    name = "symposia.curriculum"

    def ready(self) -> None:
        from symposia.curriculum import belongings, listeners  # noqa: F401
        from symposia.curriculum.open_work import register_open_work
        from symposia.curriculum.queries import agendas, guidelines  # noqa: F401  # they register

        register_open_work()
