"""The list of attempts at packages."""

from typing import Any

from django.db.models import F, IntegerField, Q
from django.db.models.functions import Cast, Round
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.learning.models import Completion, PackageAttempt
from symposia.registrations.models import Registration
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search

_NUMBER = IntegerField()
COMPLETION_TONES: dict[str, str] = {
    Completion.OPEN: "info",
    Completion.PASSED: "ok",
    Completion.COMPLETED: "ok",
    Completion.FAILED: "warn",
}


def _attempts(access: Any, **kwargs: Any) -> Rows:
    """Every go of a learner at a package."""
    rows: Rows = PackageAttempt.objects.visible_to(access).annotate(
        percent_scored=Cast(Round(F("score") * 100), _NUMBER), minutes=F("seconds") / 60
    )
    rows = rows.select_related("registration__clinician", "lesson", "package", "activity")
    return rows.filter(activity=kwargs["activity_pk"]) if kwargs else rows


def _search_attempts(rows: Any, text: str) -> Any:
    found = Registration.objects.search(text)
    return rows.filter(Q(registration__in=found) | Q(lesson__title__icontains=text))


ATTEMPTS = ListOf(
    name="package_attempts_list",
    title=_("Attempts at packages"),
    permission=Permission.VIEW_ATTENDANCE,
    rows=_attempts,
    columns=(
        Column(
            "name",
            _("Name"),
            "registration__clinician__full_name",
            sort="registration__clinician__search_text",
            url=lambda each: ("registration", [each.registration_id]),
        ),
        Column("lesson", _("Lesson"), "lesson__title", sort="lesson__title"),
        Column("number", _("Attempt"), "number", kind="n"),
        Column("package", _("Version"), "package__number", kind="n"),
        Column(
            "completion",
            _("State"),
            "completion",
            sort="completion",
            kind="state",
            tone=lambda each: COMPLETION_TONES[each.completion],
        ),
        Column("percent", _("Score, %"), "percent_scored", kind="n"),
        Column("minutes", _("Minutes, as it says"), "minutes", kind="n"),
        Column("begun", _("Begun"), "begun_at", "begun_at", kind="moment", in_page=False),
        Column("heard", _("Last heard of"), "heard_at", "heard_at", kind="moment"),
        Column("commits", _("Commits"), "version", kind="n", in_page=False),
        Column("activity", _("Activity"), "activity__number", kind="id", in_page=False),
    ),
    filters=(
        Search("q", _("Name, number or lesson"), _search_attempts),
        Choice("completion", _("State"), "completion", Completion.choices),
    ),
    sort="-heard_at",
    empty=_("Nobody has opened a package yet."),
)
