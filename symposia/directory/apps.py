from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "symposia.directory"

    def ready(self) -> None:
        from symposia.directory import statistics  # noqa: F401
        from symposia.directory.duplicates import own  # noqa: F401  # it registers
