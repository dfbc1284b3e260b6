from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "symposia.directory"

    def ready(self) -> None:
        from symposia.directory import listeners, statistics  # noqa: F401  # they register
        from symposia.directory.duplicates import own  # noqa: F401  # it registers
        from symposia.directory.open_work import register_open_work

        register_open_work()
