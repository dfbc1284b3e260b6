"""Pages, one module of addresses per audience."""

from django.urls import path

from symposia.web import health, home
from symposia.web.door.urls import urlpatterns as door
from symposia.web.field.urls import urlpatterns as field
from symposia.web.first_words import by_first_word
from symposia.web.learner.urls import urlpatterns as learner
from symposia.web.office.engagement_urls import urlpatterns as follow_up
from symposia.web.office.urls import urlpatterns as office
from symposia.web.public.urls import urlpatterns as public

urlpatterns = [
    path("", home.start, name="start"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("csp-reports/", health.csp_report, name="csp_report"),
    # The door first: its scans are the most frequent request, and addresses are tried in turn.
    *by_first_word([*door, *office, *follow_up, *field, *learner, *public]),
]
