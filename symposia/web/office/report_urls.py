"""Addresses of reports to bodies."""

from django.urls import URLPattern, path

from symposia.reporting.binder_lists import BINDER_GUESTS, BINDER_OPENINGS, BINDERS, HOLDS
from symposia.reporting.due_lists import DUE_REPORTS
from symposia.reporting.past_lists import PAST_IMPORTS, PAST_ROWS
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
from symposia.web.office import (
    activity_reports,
    binder_guests,
    binders,
    due_reports,
    past,
    report_accounts,
    retention,
    submissions,
)
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
    *list_urls(
        "binders/",
        BINDERS,
        template="office/binders/list.html",
        extra=views_of(BINDERS.name),
    ),
    *list_urls("binders/guests/", BINDER_GUESTS, template=LIST, extra=views_of(BINDER_GUESTS.name)),
    *list_urls(
        "binders/openings/", BINDER_OPENINGS, template=LIST, extra=views_of(BINDER_OPENINGS.name)
    ),
    path("binders/draw/", binders.draw, name="binder_draw"),
    path("binders/new/", binders.choose, name="binder_new"),
    path("binders/<uuid:pk>/", binders.show, name="binder"),
    path("binders/<uuid:pk>/edition/", binders.make, name="binder_edition"),
    path("binders/<uuid:pk>/binder.zip", binders.archive, name="binder_archive"),
    path("binders/<uuid:pk>/activities/<int:position>/", binders.activity, name="binder_activity"),
    path("binders/<uuid:pk>/guests/new/", binder_guests.invite, name="binder_guest_new"),
    path(
        "binders/guests/<uuid:pk>/revocation/",
        binder_guests.revoke,
        name="binder_guest_revocation",
    ),
    *list_urls("past/", PAST_IMPORTS, template="office/past/list.html"),
    path("past/new/", past.new, name="past_new"),
    path("past/templates/<slug:kind>/<slug:form>/", past.template, name="past_template"),
    *list_urls("past/<uuid:pk>/", PAST_ROWS, template="office/past/rows.html", extra=past.shown),
    path("past/<uuid:pk>/check/", past.check, name="past_check"),
    path("past/<uuid:pk>/import/", past.bring_in, name="past_import"),
    path("past/<uuid:pk>/undo/", past.undo, name="past_undo"),
    path("past/<uuid:pk>/sums/", past.sums, name="past_sums"),
    path("past/<uuid:pk>/signature/", past.sign, name="past_signature"),
    path("retention/", retention.show, name="retention"),
    *list_urls("retention/holds/", HOLDS),
    path("retention/holds/new/", retention.put, name="legal_hold_new"),
    path("retention/holds/<uuid:pk>/", retention.hold, name="legal_hold"),
    path("retention/holds/<uuid:pk>/lifting/", retention.lift, name="legal_hold_lifting"),
    path("activities/<uuid:pk>/reports/binder/", binders.of_activity, name="activity_binder"),
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
