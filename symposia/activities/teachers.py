"""Whom a name or a number means where somebody is given a part in an activity."""

import uuid

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import SessionFaculty
from symposia.activities.wall import by_mode
from symposia.directory.models import Clinician
from symposia.directory.spelling import search_form
from symposia.shared.refusals import Objection, Refused

SEVERAL_OF_THE_NAME = Objection(
    "several_of_the_name",
    _("%(count)s people of the directory are called “%(name)s”. Write the number of one of them."),
)

_MODE = "session__activity__mode"


def teacher_meant(access: Access, text: str) -> Clinician | None:
    """Somebody of the directory, or nobody: then it is a name from outside.

    By a number, or by the full name, those whom one sees; by the name also those who teach
    anywhere in the organisation, as far as the wall lets one look, so that caps of a person hold
    whoever plans.
    """
    seen = Clinician.objects.visible_to(access)
    if found := seen.by_number(text).first():
        return found
    people = Clinician.objects.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=_teaching(access)))
    called = [each for each in people.active().search_names(text) if _is_called(each, text)]
    if len(called) > 1:
        raise Refused(SEVERAL_OF_THE_NAME.about(count=len(called), name=text.strip()))
    return called[0] if called else None


def _teaching(access: Access) -> QuerySet[SessionFaculty, uuid.UUID | None]:
    open_to = by_mode(access, Permission.VIEW_ACTIVITIES, lambda _: Q(), field=_MODE)
    taught = SessionFaculty.objects.filter(open_to, clinician__isnull=False)
    return taught.values_list("clinician_id", flat=True)


def _is_called(person: Clinician, text: str) -> bool:
    return search_form(text) in {search_form(person.full_name), search_form(person.display_name)}
