"""Addresses of campaigns: what goes out, when, to whom."""

from django.urls import URLPattern, path

from symposia.outreach.campaign_lists import ALLOTMENTS, CAMPAIGNS, RECIPIENTS
from symposia.web.lists import list_urls
from symposia.web.office import allotments, campaigns, handing

urlpatterns: list[URLPattern] = [
    *list_urls("campaigns/", CAMPAIGNS),
    path("campaigns/<uuid:pk>/", campaigns.show, name="campaign"),
    path("campaigns/<uuid:pk>/words/<str:language>/", campaigns.words, name="campaign_words"),
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
