"""Around each tab of a person's page: who it is, and the tabs this reader may open."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.directory.models import Clinician
from symposia.web.parts import Tab
from symposia.web.requests import UserRequest

# The register that is loaded is that of one country, and so are the people it knows.
REGISTER, REGISTER_OF = "clinician_registry", "US"
# Each tab with the permission that opens it.
TABS = (
    ("clinician", _("Overview"), Permission.VIEW_DIRECTORY),
    ("clinician_places", _("Places of work"), Permission.VIEW_DIRECTORY),
    ("clinician_contacts", _("Ways to reach them"), Permission.VIEW_DIRECTORY),
    ("clinician_participation", _("Participation"), Permission.VIEW_PEOPLE_OF_ACTIVITY),
    ("clinician_engagement", _("Engagement"), Permission.VIEW_PEOPLE_OF_ACTIVITY),
    ("clinician_presence", _("Presence"), Permission.VIEW_ATTENDANCE),
    ("clinician_credits", _("Learning & credit"), Permission.VIEW_CREDITS),
    ("clinician_teaching", _("Teaching"), Permission.VIEW_ACTIVITIES),
    ("clinician_money", _("Money"), Permission.VIEW_MONEY),
    ("clinician_consent", _("Consent & restrictions"), Permission.VIEW_DIRECTORY),
    ("clinician_requests", _("Requests"), Permission.VIEW_DIRECTORY),
    (REGISTER, _("Public register"), Permission.VIEW_DIRECTORY),
    ("clinician_history", _("History"), Permission.VIEW_DIRECTORY),
)
# The lists of the directory, one beside the other.
VIEWS = (
    ("clinicians", _("People")),
    ("speakers", _("Speakers")),
    ("institutions", _("Institutions")),
    ("affiliations", _("Where they work")),
    ("contacts", _("Ways to reach them")),
    ("segments", _("Segments")),
    ("duplicates", _("Perhaps twice")),
    ("change_requests", _("Changes")),
    ("consents", _("Consents")),
    ("restricted_people", _("Restricted")),
    ("registry", _("Public register")),
    ("territories", _("Territories")),
)


def directory_views(current: str) -> list[Tab]:
    """The lists of the directory as views of each other."""
    return [Tab(label, reverse(name), current=name == current) for name, label in VIEWS]


def groups_view(access: Access, *, current: bool = False) -> list[Tab]:
    """Beside them the groups of staff, for whoever keeps these."""
    if not access.everywhere(Permission.MANAGE_REGISTRATIONS):
        return []
    return [Tab(_("Groups of staff"), reverse("staff_groups"), current=current)]


def clinician_or_404(
    request: UserRequest, pk: uuid.UUID, permission: Permission = Permission.VIEW_DIRECTORY
) -> Clinician:
    """A person this reader may see; with another permission, one that it reaches too."""
    people = Clinician.objects.within(request.access, permission).for_list()
    return get_object_or_404(people, pk=pk)


def _reaches(request: UserRequest, clinician: Clinician, permission: Permission) -> bool:
    """Whether a right that may hold for a part of the directory holds for this person."""
    access = request.access
    if access.everywhere(permission) or not access.holds(permission):
        return access.everywhere(permission)
    people = Clinician.objects.within(access, permission)
    return people.filter(pk=clinician.pk).exists()


def record_of(request: UserRequest, clinician: Clinician, current: str) -> dict[str, Any]:
    """The head of the page and its tabs."""
    return {
        "clinician": clinician,
        "may_manage": _reaches(request, clinician, Permission.MANAGE_DIRECTORY),
        "may_merge": request.access.holds(Permission.STEWARD_DIRECTORY),
        "may_restrict": request.access.everywhere(Permission.MANAGE_RULES),
        "tabs": [
            Tab(label, reverse(name, args=[clinician.pk]), current=name == current)
            for name, label, permission in TABS
            if request.access.holds(permission) and _concerns(request, name)
        ],
    }


def _concerns(request: UserRequest, name: str) -> bool:
    return name != REGISTER or request.organisation.country == REGISTER_OF


def speakers(_request: UserRequest) -> dict[str, Any]:
    """Beside the list of who speaks: the other lists of the directory."""
    return {"views": directory_views("speakers")}


def tab(name: str) -> Callable[..., dict[str, Any]]:
    """What stands around a list that is a tab of a person's page."""

    def around(request: UserRequest, pk: uuid.UUID) -> dict[str, Any]:
        if not request.access.holds(Permission.VIEW_DIRECTORY):
            raise Http404
        return record_of(request, clinician_or_404(request, pk), name)

    return around
