"""Addresses that anybody may open, a block per resource."""

from django.urls import URLPattern, URLResolver, path

from symposia.web.account import demo
from symposia.web.public import (
    activity,
    apply,
    badge_check,
    binders,
    calendar,
    cards,
    catalogue,
    chat,
    issuers,
    mailbox,
    meetings,
    verify,
)

urlpatterns: list[URLPattern | URLResolver] = [
    # the demonstration
    path("demo/", demo.choose, name="demo"),
    path("demo/entry/", demo.enter, name="demo_entry"),
    path("mailbox/", mailbox.messages, name="mailbox"),
    path("mailbox/<uuid:organisation>/<uuid:pk>/", mailbox.message, name="mailbox_message"),
    # activities
    path("e/<slug:code>/", catalogue.catalogue, name="catalogue"),
    path("a/<slug:code>/<str:number>/", activity.activity, name="public_activity"),
    path(
        "a/<slug:code>/<str:number>/calendar.ics",
        activity.calendar,
        name="public_activity_calendar",
    ),
    path("a/<slug:code>/<str:number>/asked/", activity.asked, name="public_activity_asked"),
    path(
        "a/<slug:code>/<str:number>/registration/",
        activity.register,
        name="public_activity_registration",
    ),
    # applications of partners
    path("apply/<slug:code>/", apply.apply, name="apply"),
    path("apply/<slug:code>/sent/", apply.sent, name="apply_sent"),
    # calendars that programs read
    path("c/<str:token>/calendar.ics", calendar.subscription, name="calendar_subscription"),
    # binders for their guests
    path("b/<str:token>/", binders.show, name="guest_binder"),
    path(
        "b/<str:token>/activities/<int:position>/", binders.activity, name="guest_binder_activity"
    ),
    path("b/<str:token>/files/<uuid:file_pk>/", binders.file, name="guest_binder_file"),
    path("b/<str:token>/binder.zip", binders.archive, name="guest_binder_archive"),
    # payments by card
    path("cards/messages/", cards.told, name="card_messages"),
    # receipts of chat messages
    path("chat/messages/", chat.told, name="chat_messages"),
    # online meetings
    path("meetings/<slug:code>/<uuid:pk>/messages/", meetings.told, name="meeting_messages"),
    # certificates and badges
    path("issuers/<slug:code>/did.json", issuers.document, name="issuer_document"),
    path("issuers/<slug:code>/status/<slug:name>/", issuers.status, name="issuer_status"),
    path("verify/badge/", badge_check.check, name="badge_check"),
    path("verify/", verify.verify_form, name="verify_form"),
    path("verify/<str:code>/", verify.verify, name="verify"),
]
