from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "symposia.attendance"
