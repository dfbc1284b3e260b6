from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "symposia.work"
