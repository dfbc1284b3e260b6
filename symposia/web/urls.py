"""Pages, one module of addresses per audience."""

from django.urls import include, path

from symposia.web import health, home

urlpatterns = [
    path("", home.start, name="start"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("csp-reports/", health.csp_report, name="csp_report"),
    # The door first: its scans are the most frequent request, and addresses are tried in turn.
    path("", include("symposia.web.door.urls")),
    path("", include("symposia.web.office.urls")),
    path("", include("symposia.web.office.engagement_urls")),
    path("", include("symposia.web.field.urls")),
    path("", include("symposia.web.learner.urls")),
    path("", include("symposia.web.public.urls")),
]
