"""Addresses of the journal: search, verification, export, histories, who looked as whom."""

from django.urls import URLPattern, path

from symposia.accounts.lists import SUPPORT_VIEWS
from symposia.audit.lists import VERIFICATIONS
from symposia.web.lists import list_urls
from symposia.web.office import journal, support

urlpatterns: list[URLPattern] = [
    *list_urls("journal/", journal.JOURNAL, template="office/journal/list.html"),
    path("journal/verification/", journal.verify, name="journal_verification"),
    *list_urls("journal/verifications/", VERIFICATIONS),
    path(
        "journal/verifications/<uuid:pk>/", journal.verification, name="journal_verification_found"
    ),
    path("journal/export/", journal.export, name="journal_export"),
    path("journal/records/<uuid:pk>/", journal.record_history, name="journal_record"),
    path("access/members/<uuid:pk>/support/", support.begin, name="support_begin"),
    path("access/support/end/", support.end, name="support_end"),
    *list_urls("access/support/", SUPPORT_VIEWS),
]
