from django.apps import AppConfig


class FinanceConfig(AppConfig):
    name = "symposia.finance"
