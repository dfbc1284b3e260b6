"""Addresses of reports to bodies."""

from django.urls import URLPattern, path

from symposia.reporting.due_lists import DUE_REPORTS
from symposia.reporting.programme_list import PROGRAMME
from symposia.reporting.submission_lists import (
    BODY_ACCOUNTS,
    LEARNER_IDENTITIES,
    REJECTED_ROWS,
    SUBMISSION_RECORDS,
    SUBMISSION_ROWS,
    SUBMISSIONS,
)
from symposia.web.lists import list_urls
from symposia.web.office import activity_reports, due_reports, report_accounts, submissions
from symposia.web.office.report_views import LIST, views_of

urlpatterns: list[URLPattern] = [
    *list_urls("reports/", DUE_REPORTS, template=LIST, extra=views_of(DUE_REPORTS.name)),
    *list_urls("reports/files/", SUBMISSIONS, template=LIST, extra=views_of(SUBMISSIONS.name)),
    *list_urls(
        "reports/rejected/", REJECTED_ROWS, template=LIST, extra=views_of(REJECTED_ROWS.name)
    ),
    *list_urls(
        "reports/accounts/",
        BODY_ACCOUNTS,
        template="office/reports/accounts.html",
        extra=views_of(BODY_ACCOUNTS.name),
    ),
    *list_urls(
        "reports/identities/",
        LEARNER_IDENTITIES,
        template=LIST,
        extra=views_of(LEARNER_IDENTITIES.name),
    ),
    *list_urls("reports/programme/", PROGRAMME, template=LIST, extra=views_of(PROGRAMME.name)),
    path("reports/files/new/", submissions.new, name="submission_new"),
    *list_urls(
        "reports/files/<uuid:pk>/",
        SUBMISSION_ROWS,
        template="office/reports/submission.html",
        extra=submissions.around,
    ),
    path(
        "reports/files/<uuid:pk>/trial/<slug:ending>/", submissions.trial, name="submission_trial"
    ),
    path("reports/files/<uuid:pk>/check/", submissions.check, name="submission_check"),
    path("reports/files/<uuid:pk>/sending/", submissions.send, name="submission_sending"),
    path("reports/files/<uuid:pk>/answer/", submissions.answer, name="submission_answer"),
    path("reports/files/<uuid:pk>/correction/", submissions.resend, name="submission_correction"),
    path("reports/files/<uuid:pk>/discarding/", submissions.discard, name="submission_discarding"),
    *list_urls(
        "reports/records/",
        SUBMISSION_RECORDS,
        template=LIST,
        extra=views_of(SUBMISSION_RECORDS.name),
    ),
    path("reports/records/<uuid:pk>/", submissions.row, name="submission_row"),
    path("reports/accounts/<slug:body>/", report_accounts.account, name="body_account"),
    path("clinicians/<uuid:pk>/identity/", report_accounts.identity, name="learner_identity"),
    path("reports/<uuid:pk>/", due_reports.show, name="due_report"),
    path("reports/<uuid:pk>/waiver/", due_reports.waive, name="due_report_waiver"),
    path("reports/<uuid:pk>/waiver/removal/", due_reports.reopen, name="due_report_reopening"),
    path("reports/<uuid:pk>/ownership/", due_reports.take, name="due_report_ownership"),
    path("activities/<uuid:pk>/reports/", activity_reports.show, name="activity_reports"),
    path(
        "activities/<uuid:pk>/reports/facts/", activity_reports.facts, name="activity_report_facts"
    ),
    path(
        "activities/<uuid:pk>/reports/support/",
        activity_reports.support,
        name="activity_support",
    ),
    path(
        "activities/<uuid:pk>/reports/support/<uuid:support_pk>/removal/",
        activity_reports.withdraw,
        name="activity_support_removal",
    ),
]
