from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "symposia.web"

    def ready(self) -> None:
        from symposia.web import file_gates  # noqa: F401
        from symposia.web.account import signals  # noqa: F401
        from symposia.web.quiet_paths import keep_addresses_out_of_logs

        keep_addresses_out_of_logs()
