from django.apps import AppConfig


class CurriculumConfig(AppConfig):
    name = "symposia.curriculum"
