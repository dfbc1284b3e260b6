from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "symposia.accounts"

    def ready(self) -> None:
        from symposia.accounts import entering, listeners  # noqa: F401
        from symposia.accounts.open_work import register_open_work
        from symposia.accounts.queries import (
            all_journals,
            all_organisations,
            language_of_this_organisation,
            this_organisation,
        )
        from symposia.audit.registry import journals_come_from
        from symposia.notifications.here import (
            code_comes_from,
            language_comes_from,
            organisations_come_from,
        )

        register_open_work()
        journals_come_from(all_journals)
        language_comes_from(language_of_this_organisation)
        code_comes_from(lambda: this_organisation().code)
        organisations_come_from(all_organisations)
