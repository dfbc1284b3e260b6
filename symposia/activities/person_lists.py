"""What one person was engaged for, and at what rate, as a tab of their page."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.activities.agreement_lists import AGREEMENTS
from symposia.shared.lists import Rows


def _of_person(access: Any, **kwargs: Any) -> Rows:
    found: Rows = AGREEMENTS.rows(access)
    return found.filter(contributor__clinician=kwargs.get("pk"))


AGREEMENTS_OF_PERSON = replace(
    AGREEMENTS,
    name="clinician_money",
    title=_("Money"),
    rows=_of_person,
    columns=tuple(column for column in AGREEMENTS.columns if column.name != "person"),
    empty=_("No agreement was made with this person."),
)
