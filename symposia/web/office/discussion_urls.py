"""Addresses of discussions and of shared practice."""

from django.urls import URLPattern, path

from symposia.learning.discussion_lists import CONTRIBUTIONS, DISCUSSIONS
from symposia.learning.practice_lists import ADOPTIONS, PRACTICES
from symposia.web.lists import list_urls
from symposia.web.office import discussions, practices

LIST = "office/discussions/list.html"

urlpatterns: list[URLPattern] = [
    path("activities/<uuid:pk>/discussions/", discussions.of_activity, name="activity_discussions"),
    path("activities/<uuid:pk>/discussions/new/", discussions.new, name="discussion_new"),
    *list_urls("discussions/", DISCUSSIONS, template=LIST),
    *list_urls("contributions/", CONTRIBUTIONS, template=LIST),
    *list_urls("practices/", PRACTICES, template=LIST),
    *list_urls("practices/adoptions/", ADOPTIONS, template=LIST),
    path("discussions/<uuid:pk>/", discussions.show, name="discussion"),
    path("discussions/<uuid:pk>/edit/", discussions.edit, name="discussion_edit"),
    path("discussions/<uuid:pk>/removal/", discussions.remove, name="discussion_removal"),
    path("discussions/<uuid:pk>/letters/", discussions.tell, name="discussion_letters"),
    path("discussions/<uuid:pk>/contributions/", discussions.say, name="discussion_contributions"),
    path("contributions/<uuid:pk>/showing/", discussions.let_show, name="contribution_showing"),
    path("contributions/<uuid:pk>/hiding/", discussions.hide, name="contribution_hiding"),
    path("contributions/<uuid:pk>/keeping/", discussions.keep, name="contribution_keeping"),
    path("contributions/<uuid:pk>/pin/", discussions.pin, name="contribution_pin"),
    path("practices/<uuid:pk>/", practices.show, name="practice"),
    path("practices/<uuid:pk>/publication/", practices.publish, name="practice_publication"),
    path("practices/<uuid:pk>/return/", practices.send_back, name="practice_return"),
]
