from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "symposia.assessment"

    def ready(self) -> None:
        from symposia.assessment import citations, listeners, rule_facts, tasks  # noqa: F401  # it registers itself
        from symposia.assessment.asked import register_test_kinds

        register_test_kinds()
