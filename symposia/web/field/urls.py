"""Addresses of the field: a representative's day on a phone."""

from django.urls import URLPattern, URLResolver, path

from symposia.web.field import (
    app,
    day,
    doctors,
    door,
    follow_ups,
    inviting,
    outbox,
    receipts,
)

_ONE = "field/activities/<uuid:pk>/"
_FOLLOW_UP = "field/follow-ups/<uuid:pk>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("field/", day.day, name="field_day"),
    path("field/waiting/", day.waiting, name="field_waiting"),
    path("field/unanswered/", day.doctors_waiting, name="field_unanswered"),
    path("field/outbox/", outbox.outbox, name="field_outbox"),
    path("field/alone/", app.alone, name="field_alone"),
    path("field/worker.js", app.worker, name="field_worker"),
    path("field/manifest.webmanifest", app.manifest, name="field_manifest"),
    *doctors.urls,
    path(_ONE, day.event, name="field_event"),
    # inviting
    path(f"{_ONE}invite/", inviting.choose, name="field_invite"),
    path(f"{_ONE}review/", inviting.review, name="field_review"),
    path(f"{_ONE}invitations/", inviting.send, name="field_invitations"),
    path(f"{_ONE}reminders/", inviting.remind, name="field_reminders"),
    path(f"{_ONE}share/<uuid:clinician_pk>/", inviting.share, name="field_share"),
    path(
        "field/campaigns/<uuid:pk>/waves/<int:number>/recall/",
        inviting.recall,
        name="field_recall",
    ),
    # at the door
    path(f"{_ONE}sign-in/", door.sign_in, name="field_sign_in"),
    path(f"{_ONE}sign-in/<uuid:registration_pk>/", door.check_in, name="field_check_in"),
    path(f"{_ONE}sign-in/<uuid:registration_pk>/undo/", door.take_back, name="field_check_in_undo"),
    path(f"{_ONE}walk-in/", door.walk_in, name="field_walk_in"),
    path(f"{_ONE}walk-in/<uuid:clinician_pk>/", door.walk_in_known, name="field_walk_in_known"),
    # after it
    path("field/follow-ups/", follow_ups.follow_ups, name="field_follow_ups"),
    path(_FOLLOW_UP, follow_ups.follow_up, name="follow_up"),
    path(f"{_FOLLOW_UP}completion/", follow_ups.finish, name="follow_up_completion"),
    path(f"{_FOLLOW_UP}refusal/", follow_ups.decline, name="follow_up_refusal"),
    path(f"{_FOLLOW_UP}owner/", follow_ups.take, name="follow_up_owner"),
    path(f"{_FOLLOW_UP}shares/", follow_ups.share, name="follow_up_shares"),
    path(f"{_FOLLOW_UP}questions/", follow_ups.question, name="follow_up_questions"),
    path(f"{_FOLLOW_UP}adverse-events/", follow_ups.adverse_event, name="follow_up_adverse_events"),
    path(f"{_ONE}follow-ups/", follow_ups.add, name="field_follow_up_more"),
    # what was paid
    path(f"{_ONE}receipts/", receipts.receipts, name="field_receipts"),
    path(f"{_ONE}receipts/new/", receipts.new, name="field_receipt_new"),
]
