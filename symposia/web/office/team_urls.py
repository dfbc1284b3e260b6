"""Addresses of those in control of content: disclosures, decisions, statements."""

from django.urls import URLPattern, path

from symposia.activities.content_lists import CONTENT, SLIDES
from symposia.activities.disclosure_lists import CONTRIBUTORS
from symposia.web.lists import list_urls
from symposia.web.office import (
    activity_disclosures,
    content,
    disclosure_statements,
    disclosures,
    slides,
)

urlpatterns: list[URLPattern] = [
    *list_urls(
        "disclosures/",
        CONTRIBUTORS,
        template="office/disclosures/list.html",
        extra=disclosures.listed,
    ),
    path("disclosures/mine/", disclosures.own, name="own_disclosure"),
    path("disclosures/<uuid:pk>/", disclosures.show, name="contributor"),
    path("disclosures/<uuid:pk>/address/", disclosures.address, name="contributor_address"),
    path("disclosures/<uuid:pk>/spoken/", disclosures.spoken, name="spoken_disclosure"),
    # content and its review
    *list_urls("content/", CONTENT),
    *list_urls("slides/", SLIDES),
    path("activities/<uuid:pk>/slides/", slides.show, name="activity_slides"),
    path("activities/<uuid:pk>/content/", content.show, name="activity_content"),
    path("activities/<uuid:pk>/content/new/", content.new, name="content_item_new"),
    path("content/<uuid:pk>/", content.item, name="content_item"),
    path("content/<uuid:pk>/file/", content.hand_in, name="content_handing_in"),
    path(
        "content/<uuid:pk>/versions/<uuid:version_pk>/review/",
        content.review,
        name="content_review",
    ),
    path(
        "content/<uuid:pk>/versions/<uuid:version_pk>/comments/",
        content.comment,
        name="slide_comment",
    ),
    # of one activity
    path(
        "activities/<uuid:pk>/disclosures/", activity_disclosures.show, name="activity_disclosures"
    ),
    path(
        "activities/<uuid:pk>/team/<uuid:person_pk>/invitation/",
        activity_disclosures.ask_faculty,
        name="faculty_invitation",
    ),
    path(
        "activities/<uuid:pk>/team/<uuid:person_pk>/spoken/",
        disclosures.spoken_in,
        name="spoken_in_activity",
    ),
    path("activities/<uuid:pk>/team/new/", activity_disclosures.join, name="team_member_new"),
    path(
        "activities/<uuid:pk>/team/<uuid:member_pk>/removal/",
        activity_disclosures.leave,
        name="team_member_removal",
    ),
    path(
        "activities/<uuid:pk>/disclosures/<uuid:relationship_pk>/relevance/",
        activity_disclosures.decide,
        name="relationship_relevance",
    ),
    path(
        "activities/<uuid:pk>/disclosures/<uuid:relationship_pk>/mitigation/",
        activity_disclosures.mitigate,
        name="relationship_mitigation",
    ),
    path(
        "activities/<uuid:pk>/disclosures/exemption/",
        disclosure_statements.exempt,
        name="disclosure_exemption",
    ),
    path(
        "activities/<uuid:pk>/disclosures/exemption/end/",
        disclosure_statements.end,
        name="disclosure_exemption_end",
    ),
    path(
        "activities/<uuid:pk>/disclosures/statement/",
        disclosure_statements.tell,
        name="disclosure_statement",
    ),
]
