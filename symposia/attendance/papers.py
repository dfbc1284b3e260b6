"""What attendance keeps for the papers of an activity: the pages that were signed."""

import uuid

from django.utils.translation import gettext as _

from symposia.activities.vault import Paper, keeps_papers
from symposia.attendance.actions.sheets import PURPOSE
from symposia.attendance.models import SheetRow
from symposia.work.models import StoredFile


@keeps_papers("sheets")
def sheets_kept(activity_id: uuid.UUID) -> list[Paper]:
    """Every page of a sign-in sheet and every signature of a tablet, each once."""
    signed = SheetRow.objects.filter(activity=activity_id).signed()
    of_sheet = dict(
        signed.order_by("photo").values_list("photo", "sheet__number").distinct("photo")
    )
    files = StoredFile.objects.filter(pk__in=of_sheet, purpose=PURPOSE).order_by("pk")
    return [
        Paper(
            "sign-in sheets",
            _("Sheet %(number)s") % {"number": of_sheet[each.pk]},
            1,
            each,
            each.made_at,
            each.made_by_name,
        )
        for each in files
    ]
