"""Addresses of learners, a block per resource."""

from django.urls import URLPattern, URLResolver, path

from symposia.web.learner import (
    application,
    check_in,
    claim,
    evaluation,
    faculty,
    faculty_agreement,
    fees,
    incoming_texts,
    learning,
    live,
    own_data,
    receipts,
    replies,
    survey,
    ticket_offline,
    tickets,
)

urlpatterns: list[URLPattern | URLResolver] = [
    # invitations
    path("r/<str:token>/", replies.reply, name="reply"),
    path("r/<str:token>/answer/", replies.answer, name="reply_answer"),
    path("r/<str:token>/calendar.ics", replies.calendar, name="reply_calendar"),
    path("r/<str:token>/page/", replies.own_page, name="reply_own_page"),
    path("u/<str:token>/page/", replies.own_page_of_mail, name="unsubscribe_own_page"),
    path("u/<str:token>/", replies.unsubscribe, name="unsubscribe"),
    path("s/<str:token>/receipt/", receipts.text_receipt, name="text_receipt"),
    path("s/<str:token>/incoming/", incoming_texts.incoming_text, name="incoming_text"),
    path("u/<str:token>/one-click/", replies.unsubscribe_at_once, name="unsubscribe_at_once"),
    # tasks of faculty
    path("f/<str:token>/", faculty.tasks, name="faculty"),
    path("f/<str:token>/answer/", faculty.answer, name="faculty_answer"),
    path("f/<str:token>/disclosure/", faculty.disclosure, name="faculty_disclosure"),
    path("f/<str:token>/agreement/", faculty_agreement.agreement, name="faculty_agreement"),
    path("f/<str:token>/agreement.pdf", faculty_agreement.pdf, name="faculty_agreement_pdf"),
    path("f/<str:token>/biography/", faculty.biography, name="faculty_biography"),
    path("f/<str:token>/travel/", faculty.travel, name="faculty_travel"),
    path("f/<str:token>/slides/<uuid:item_pk>/", faculty.slides, name="faculty_slides"),
    # applications
    path("p/<str:token>/", application.status, name="application_status"),
    path("p/<str:token>/edit/", application.edit, name="application_edit"),
    path("p/<str:token>/questions/", application.questions, name="application_questions"),
    path("p/<str:token>/submission/", application.submit, name="application_submission"),
    path("p/<str:token>/withdrawal/", application.withdraw, name="application_withdrawal"),
    # surveys of needs
    path("n/<str:token>/", survey.survey, name="survey_answer"),
    path("n/<str:token>/stop/", survey.stop, name="survey_stop"),
    path("n/<str:token>/stop/one-click/", survey.stop_at_once, name="survey_stop_at_once"),
    # tickets
    path("t/worker.js", ticket_offline.worker, name="ticket_worker"),
    path("t/<str:token>/", tickets.ticket, name="ticket"),
    path("t/<str:token>/calendar.ics", tickets.calendar, name="ticket_calendar"),
    path("t/<str:token>/acceptance/", tickets.accept, name="ticket_acceptance"),
    path("t/<str:token>/substitution/", tickets.hand_on, name="ticket_substitution"),
    path("t/<str:token>/answers/", tickets.answer, name="ticket_answers"),
    path("t/<str:token>/checkout/", fees.checkout, name="ticket_checkout"),
    path("t/<str:token>/discount/", fees.discount, name="ticket_discount"),
    path("t/<str:token>/receipt.pdf", fees.receipt, name="ticket_receipt"),
    path("t/<str:token>/sessions/", tickets.choose, name="ticket_sessions"),
    path("t/<str:token>/cancellation/", tickets.cancel, name="ticket_cancellation"),
    # checking in by oneself
    path("in/<str:text>/", check_in.arrive, name="room_arrival"),
    path("check-in/", check_in.check_in, name="room_check_in"),
    path("session-code/<slug:code>/", check_in.claim, name="session_claim"),
    path("t/<str:token>/code/", check_in.by_ticket, name="ticket_typed"),
    path("t/<str:token>/live/", live.live, name="ticket_live"),
    # learning
    path("l/<str:token>/", claim.finish, name="finish"),
    path("l/<str:token>/certificate.pdf", claim.pdf, name="finish_pdf"),
    path("l/<str:token>/certificate/", claim.certificate, name="finish_certificate"),
    path("l/<str:token>/credit/", claim.claim, name="finish_claim"),
    path("l/<str:token>/evaluation/", evaluation.evaluation, name="finish_evaluation"),
    # oneself
    path("my-data/", own_data.own, name="own_data"),
    path("my-data/consent/", own_data.own_consent, name="own_consent"),
    path("my-data/change/", own_data.own_change, name="own_change"),
    path("d/<str:token>/change/", own_data.change_by_link, name="own_change_link"),
    path("d/<str:token>/", own_data.by_link, name="own_data_link"),
    path("d/<str:token>/consent/", own_data.consent_by_link, name="own_consent_link"),
    path("learning/", learning.learning, name="learning"),
]
