from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "symposia.accounts"

    def ready(self) -> None:
        from symposia.accounts import entering  # noqa: F401
        from symposia.accounts.queries import all_journals
        from symposia.audit.registry import journals_come_from

        journals_come_from(all_journals)
