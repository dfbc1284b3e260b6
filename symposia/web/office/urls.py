"""Addresses of the office, a block per resource."""

from django.urls import URLPattern, URLResolver, path

from symposia.audit.lists import ENTRIES
from symposia.insights.lists import FIGURES
from symposia.web.lists import list_urls
from symposia.web.office import (
    appearance,
    files,
    insights,
    jobs,
    journal,
    organisation,
    style,
    today,
)

urlpatterns: list[URLPattern | URLResolver] = [
    # the frame
    path("appearance/", appearance.change, name="appearance"),
    path("style/", style.show, name="style"),
    # today and insights
    path("today/", today.today, name="today"),
    path("insights/", insights.organisation, name="insights"),
    *list_urls("insights/activities/", FIGURES),
    path("activities/<uuid:pk>/insights/", insights.activity, name="activity_insights"),
    # the organisation and its journal
    path("organisation/", organisation.edit, name="organisation"),
    path("organisation/change/", organisation.change, name="organisation_change"),
    path("organisation/switch/", organisation.switch, name="organisation_switch"),
    *list_urls("journal/", ENTRIES, template="office/journal/list.html"),
    path("journal/verification/", journal.verify, name="journal_verification"),
    # files and jobs
    path("files/<uuid:pk>/", files.file, name="file"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<uuid:pk>/cancellation/", jobs.cancel, name="job_cancel"),
]
