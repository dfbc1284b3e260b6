"""What one person learned and was credited, as a tab of their page."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.credits.lists import CREDIT_ENTRIES
from symposia.directory.models import Clinician
from symposia.shared.lists import Rows


def _of_person(access: Any, **kwargs: Any) -> Rows:
    found: Rows = CREDIT_ENTRIES.rows(access)
    return found.filter(clinician__in=Clinician.objects.of_person(kwargs.get("pk")))


CREDITS_OF_PERSON = replace(
    CREDIT_ENTRIES,
    name="clinician_credits",
    title=_("Learning & credit"),
    rows=_of_person,
    columns=tuple(column for column in CREDIT_ENTRIES.columns if column.name != "name"),
    empty=_("This person has claimed no credit yet."),
)
