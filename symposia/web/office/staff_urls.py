"""Addresses of the groups of staff at the office."""

from django.urls import URLPattern, path

from symposia.directory.staff_lists import STAFF_GROUPS, STAFF_LISTED
from symposia.web.lists import list_urls
from symposia.web.office import staff

urlpatterns: list[URLPattern] = [
    *list_urls("groups/", STAFF_GROUPS, template="office/staff/list.html", extra=staff.listed),
    path("groups/new/", staff.new, name="staff_group_new"),
    *list_urls(
        "groups/<uuid:group_pk>/",
        STAFF_LISTED,
        template="office/staff/show.html",
        extra=staff.shown,
    ),
    path("groups/<uuid:pk>/edit/", staff.edit, name="staff_group_edit"),
    path("groups/<uuid:pk>/retirement/", staff.retire, name="staff_group_retirement"),
    path("groups/<uuid:pk>/managers/new/", staff.appoint, name="group_manager_new"),
    path("groups/<uuid:pk>/people/new/", staff.add, name="staff_listing_new"),
    path("groups/<uuid:pk>/many/", staff.many, name="staff_many"),
    path("group-managers/<uuid:pk>/end/", staff.end, name="group_manager_end"),
    path("group-people/<uuid:pk>/end/", staff.leave, name="staff_listing_end"),
]
