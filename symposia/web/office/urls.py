"""Addresses of the office, a block per resource."""

from functools import partial

from django.urls import URLPattern, URLResolver, path

from symposia.activities.lists import ACTIVITIES
from symposia.credits.lists import ACTIVITY_CREDITS, CERTIFICATES, CREDIT_ENTRIES
from symposia.curriculum.lists.gaps import GAPS
from symposia.directory.lists import CLINICIANS, IMPORT_ROWS, IMPORTS
from symposia.finance.lists import LEDGER, MONEY
from symposia.outreach.lists import CANDIDATES, INVITATIONS
from symposia.registrations.lists import PEOPLE
from symposia.web.lists import list_urls
from symposia.web.office import (
    access_urls,
    activities,
    activity_steps,
    activity_urls,
    agenda,
    agreement_urls,
    appearance,
    approval_urls,
    assessment_urls,
    attendance,
    attendance_urls,
    audience_urls,
    bill_urls,
    budget_urls,
    calendar_urls,
    campaign_urls,
    certificates,
    clinicians,
    course_urls,
    credit_urls,
    credit_views,
    credits,
    directory_urls,
    discussion_urls,
    door_urls,
    evaluation_urls,
    expense_urls,
    fees_urls,
    files,
    gaps,
    import_files,
    import_templates,
    imports,
    insights_urls,
    invitations,
    jobs,
    journal_urls,
    money,
    organisation,
    outbox_urls,
    payment_urls,
    people,
    places_urls,
    planning_urls,
    programme,
    report_urls,
    rules_urls,
    search,
    series_urls,
    staff_urls,
    style,
    team_urls,
    today,
    transfer_urls,
)

urlpatterns: list[URLPattern | URLResolver] = [
    # approvals
    *approval_urls.urlpatterns,
    # tests and their questions
    *assessment_urls.urlpatterns,
    # money
    *list_urls("money/", MONEY, template="office/money/list.html"),
    path("activities/<uuid:pk>/money/", money.show, name="activity_money"),
    path("activities/<uuid:pk>/money/estimate/", money.edit_estimate, name="activity_estimate"),
    path(
        "activities/<uuid:pk>/money/estimate/lines/", money.estimate, name="activity_estimate_save"
    ),
    path("activities/<uuid:pk>/money/actuals/", money.actual, name="activity_actual"),
    path(
        "activities/<uuid:pk>/money/postings/<uuid:posting_pk>/reversal/",
        money.reverse_posting,
        name="activity_reversal",
    ),
    *list_urls("activities/<uuid:activity_pk>/money/ledger/", LEDGER),
    *bill_urls.urlpatterns,
    *expense_urls.urlpatterns,
    *budget_urls.urlpatterns,
    *payment_urls.urlpatterns,
    # reports to bodies
    *report_urls.urlpatterns,
    *transfer_urls.urlpatterns,
    # rules and credit systems
    *rules_urls.urlpatterns,
    *credit_urls.urlpatterns,
    # those in control of content
    *agreement_urls.urlpatterns,
    *journal_urls.urlpatterns,
    *course_urls.urlpatterns,
    *discussion_urls.urlpatterns,
    *audience_urls.urlpatterns,
    *team_urls.urlpatterns,
    # people, their import, and the search box
    *list_urls(
        "clinicians/", CLINICIANS, template="office/clinicians/list.html", extra=clinicians.listed
    ),
    path("clinicians/new/", clinicians.new, name="clinician_new"),
    path("clinicians/add/", clinicians.add, name="clinician_add"),
    path("clinicians/<uuid:pk>/", clinicians.show, name="clinician"),
    path("clinicians/<uuid:pk>/history/", clinicians.history, name="clinician_history"),
    path("clinicians/<uuid:pk>/edit/", clinicians.edit, name="clinician_edit"),
    path("clinicians/<uuid:pk>/change/", clinicians.change, name="clinician_change"),
    path("clinicians/<uuid:pk>/numbers/", clinicians.identify, name="clinician_numbers"),
    path(
        "clinicians/<uuid:pk>/numbers/<uuid:number>/removal/",
        clinicians.remove_number,
        name="clinician_number_removal",
    ),
    path(
        "clinicians/<uuid:pk>/deactivation/", clinicians.deactivate, name="clinician_deactivation"
    ),
    path(
        "clinicians/<uuid:pk>/reactivation/", clinicians.reactivate, name="clinician_reactivation"
    ),
    *list_urls("imports/", IMPORTS, template="office/imports/list.html"),
    path("imports/new/", imports.new, name="import_new"),
    path("imports/receive/", imports.receive, name="import_receive"),
    path(
        "imports/templates/<slug:kind>/<slug:form>/",
        import_templates.template,
        name="import_template",
    ),
    *list_urls(
        "imports/<uuid:pk>/", IMPORT_ROWS, template="office/imports/show.html", extra=imports.shown
    ),
    path("imports/<uuid:pk>/file/removal/", import_files.remove, name="import_file_removal"),
    path("imports/<uuid:pk>/columns/", imports.columns, name="import_columns"),
    path("imports/<uuid:pk>/match/", imports.match, name="import_match"),
    path("imports/<uuid:pk>/check/", imports.check, name="import_check"),
    path("imports/<uuid:pk>/run/", imports.bring_in, name="import_run"),
    path("search/", search.search, name="search"),
    *directory_urls.urlpatterns,
    *staff_urls.urlpatterns,
    # access
    *access_urls.urlpatterns,
    # activities
    *list_urls(
        "activities/",
        ACTIVITIES,
        template="office/activities/list.html",
        extra=activities.list_extra,
    ),
    path("activities/new/", activities.new, name="activity_new"),
    path("activities/<uuid:pk>/", activities.overview, name="activity"),
    path("activities/<uuid:pk>/edit/", activities.edit, name="activity_edit"),
    path("activities/<uuid:pk>/objectives/", activities.objectives, name="activity_objectives"),
    path("activities/<uuid:pk>/history/", activities.history, name="activity_history"),
    path("activities/<uuid:pk>/steps/<slug:step>/", activity_steps.take, name="activity_step"),
    path(
        "activities/<uuid:pk>/postponement/", activity_steps.postpone, name="activity_postponement"
    ),
    path("activities/<uuid:pk>/cancellation/", activity_steps.cancel, name="activity_cancellation"),
    path("activities/<uuid:pk>/new-date/", activity_steps.new_date, name="activity_new_date"),
    # the calendar
    *calendar_urls.urlpatterns,
    # types and organisers
    *activity_urls.urlpatterns,
    # series, applications, enduring material
    *series_urls.urlpatterns,
    # agenda and faculty
    path("activities/<uuid:pk>/agenda/", agenda.show, name="activity_agenda"),
    path("activities/<uuid:pk>/agenda/paper/", programme.paper, name="activity_agenda_paper"),
    path("activities/<uuid:pk>/agenda/programme.pdf", programme.pdf, name="activity_programme"),
    path("activities/<uuid:pk>/sessions/new/", agenda.new, name="activity_session_new"),
    path("activities/<uuid:pk>/sessions/<uuid:session_pk>/", agenda.edit, name="activity_session"),
    path(
        "activities/<uuid:pk>/sessions/<uuid:session_pk>/removal/",
        agenda.remove,
        name="activity_session_removal",
    ),
    path("activities/<uuid:pk>/faculty/", agenda.faculty, name="activity_faculty"),
    path(
        "activities/<uuid:pk>/faculty/<uuid:person_pk>/removal/",
        agenda.faculty_remove,
        name="activity_faculty_removal",
    ),
    # gaps
    *planning_urls.urlpatterns,
    *list_urls("gaps/", GAPS, template="office/gaps/list.html", extra=gaps.list_extra),
    path("gaps/new/", gaps.new, name="gap_new"),
    path("gaps/<uuid:pk>/", gaps.show, name="gap"),
    path("gaps/<uuid:pk>/edit/", gaps.edit, name="gap_edit"),
    path("gaps/<uuid:pk>/evidence/", gaps.evidence_new, name="gap_evidence_new"),
    path(
        "gaps/<uuid:pk>/evidence/<uuid:evidence_pk>/removal/",
        gaps.evidence_remove,
        name="gap_evidence_removal",
    ),
    path("gaps/<uuid:pk>/objectives/", gaps.objective_new, name="gap_objective_new"),
    path(
        "gaps/<uuid:pk>/objectives/<uuid:objective_pk>/removal/",
        gaps.objective_remove,
        name="gap_objective_removal",
    ),
    path("gaps/<uuid:pk>/closing/", gaps.close, name="gap_closing"),
    path("gaps/<uuid:pk>/reopening/", gaps.reopen, name="gap_reopening"),
    # outbox
    *outbox_urls.urlpatterns,
    # campaigns and invitations
    *campaign_urls.urlpatterns,
    *list_urls(
        "activities/<uuid:activity_pk>/invitations/",
        INVITATIONS,
        template="office/invitations/list.html",
        extra=invitations.listed,
    ),
    *list_urls(
        "activities/<uuid:pk>/invitations/new/",
        CANDIDATES,
        template="office/invitations/choose.html",
        extra=invitations.choosing,
    ),
    path(
        "activities/<uuid:pk>/invitations/review/",
        invitations.review,
        name="activity_invite_review",
    ),
    path("invitations/<uuid:pk>/withdrawal/", invitations.withdraw, name="invitation_withdrawal"),
    # the frame
    path("appearance/", appearance.change, name="appearance"),
    path("style/", style.show, name="style"),
    # today and insights
    path("today/", today.today, name="today"),
    *insights_urls.urlpatterns,
    # the organisation and its journal
    path("organisation/", organisation.edit, name="organisation"),
    path("organisation/change/", organisation.change, name="organisation_change"),
    path("organisation/switch/", organisation.switch, name="organisation_switch"),
    # people and attendance of an activity
    *places_urls.urlpatterns,
    *fees_urls.urlpatterns,
    *list_urls(
        "activities/<uuid:activity_pk>/people/",
        PEOPLE,
        template="office/people/list.html",
        extra=people.listed,
    ),
    path("activities/<uuid:pk>/people/new/", people.choose, name="registration_new"),
    path(
        "activities/<uuid:pk>/people/<uuid:clinician_pk>/registration/",
        people.register,
        name="activity_registration",
    ),
    path("registrations/<uuid:pk>/", people.registration, name="registration"),
    path("registrations/<uuid:pk>/cancellation/", people.cancel, name="registration_cancellation"),
    path("registrations/<uuid:pk>/ticket/", people.ticket, name="registration_ticket"),
    path("registrations/<uuid:pk>/mark/", attendance.mark, name="registration_mark"),
    *attendance_urls.urlpatterns,
    *door_urls.urlpatterns,
    # files and jobs
    path("files/<uuid:pk>/", files.file, name="file"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<uuid:pk>/cancellation/", jobs.cancel, name="job_cancel"),
    # evaluation, credit and certificates of an activity
    *evaluation_urls.urlpatterns,
    *list_urls(
        "activities/<uuid:activity_pk>/credits/",
        ACTIVITY_CREDITS,
        template="office/credits/list.html",
        extra=credits.listed,
    ),
    path("activities/<uuid:pk>/credits/offers/", credits.offer, name="credit_offer"),
    path(
        "activities/<uuid:pk>/credits/offers/<uuid:offer_pk>/withdrawal/",
        credits.withdraw,
        name="credit_withdrawal",
    ),
    path("activities/<uuid:pk>/certificates/", credits.issue, name="certificates_issue"),
    path("activities/<uuid:pk>/certificates.zip", credits.take, name="certificates_archive"),
    path("activities/<uuid:pk>/certificates/term/", credits.term, name="certificate_term"),
    *list_urls(
        "certificates/",
        CERTIFICATES,
        template=credit_views.LIST,
        extra=partial(credit_views.credit_views, name=CERTIFICATES.name),
    ),
    *list_urls("credits/", CREDIT_ENTRIES),
    path("certificates/<uuid:pk>/", certificates.certificate, name="certificate"),
    path("certificates/<uuid:pk>/certificate.pdf", certificates.pdf, name="certificate_pdf"),
    path("certificates/<uuid:pk>/correction/", certificates.correct, name="certificate_correction"),
    path(
        "certificates/<uuid:pk>/replacement/", certificates.replace, name="certificate_replacement"
    ),
    path("certificates/<uuid:pk>/revocation/", certificates.revoke, name="certificate_revocation"),
]
