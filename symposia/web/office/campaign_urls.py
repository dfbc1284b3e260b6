"""Addresses of campaigns: what goes out, when, to whom."""

from django.urls import URLPattern, path

from symposia.outreach.campaign_lists import ALLOTMENTS, CAMPAIGNS, RECIPIENTS
from symposia.outreach.reminder_lists import REMINDED, REMINDERS
from symposia.web.lists import list_urls
from symposia.web.office import allotments, campaign_answers, campaigns, handing, reminders

urlpatterns: list[URLPattern] = [
    *list_urls("campaigns/", CAMPAIGNS, template="office/campaigns/list.html"),
    path("campaigns/<uuid:pk>/", campaigns.show, name="campaign"),
    path("campaigns/<uuid:pk>/words/<str:language>/", campaigns.words, name="campaign_words"),
    path("campaigns/<uuid:pk>/answers/", campaign_answers.answers, name="campaign_answers"),
    path("campaigns/<uuid:pk>/test/", campaigns.test, name="campaign_test"),
    path("campaigns/<uuid:pk>/waves/", campaigns.release, name="campaign_release"),
    path(
        "campaigns/<uuid:pk>/waves/<int:number>/recall/", campaigns.recall, name="campaign_recall"
    ),
    path("campaigns/<uuid:pk>/discarding/", campaigns.discard, name="campaign_discarding"),
    *list_urls(
        "campaigns/<uuid:campaign_pk>/people/",
        RECIPIENTS,
        template="office/campaigns/people.html",
        extra=campaigns.report,
    ),
    path(
        "activities/<uuid:pk>/invitations/<uuid:clinician_pk>/handover/",
        handing.handover,
        name="invitation_handover",
    ),
    # reminders
    *list_urls(
        "reminders/", REMINDERS, template="office/reminders/list.html", extra=reminders.listed
    ),
    path("reminders/new/", reminders.new, name="reminder_new"),
    *list_urls("reminders/people/", REMINDED, template="office/reminders/people.html"),
    path("reminders/<uuid:pk>/", reminders.show, name="reminder"),
    path("reminders/<uuid:pk>/switch/", reminders.switch, name="reminder_switch"),
    path("activities/<uuid:pk>/reminders/", reminders.of_activity, name="activity_reminders"),
    path("activities/<uuid:pk>/reminders/sending/", reminders.sending, name="activity_sending"),
    path(
        "activities/<uuid:pk>/reminders/session-delay/",
        reminders.session_delay,
        name="activity_session_delay",
    ),
    path(
        "activities/<uuid:pk>/reminders/new/",
        reminders.new_of_activity,
        name="activity_reminder_new",
    ),
    path(
        "activities/<uuid:pk>/reminders/<uuid:reminder_pk>/pause/",
        reminders.pause,
        name="activity_reminder_pause",
    ),
    # allotted to representatives
    *list_urls(
        "activities/<uuid:activity_pk>/allotments/",
        ALLOTMENTS,
        template="office/allotments/list.html",
        extra=allotments.listed,
    ),
    path("activities/<uuid:pk>/allotments/new/", allotments.new, name="allotment_new"),
    path("allotments/<uuid:pk>/", allotments.show, name="allotment"),
    path("allotments/<uuid:pk>/ending/", allotments.end, name="allotment_ending"),
]
