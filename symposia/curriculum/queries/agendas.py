"""What this context proposes for the agenda of a curriculum review."""

import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from symposia.accounts.queries import local_day
from symposia.compliance.models import RulePack
from symposia.compliance.queries import packs_on_screen
from symposia.curriculum.agenda_sources import Proposed, agenda_source
from symposia.curriculum.models import (
    AgreedAction,
    CitationReview,
    Gap,
    ItemKind,
    NewsItem,
    OfficePolicy,
    Plan,
    PlanState,
    Survey,
    SurveyState,
)
from symposia.curriculum.queries.surveys import results_of_survey

# Shipped rule packs are records of the world, numbered; a point needs an id of this form.
_PACK_IDS = uuid.UUID("00000000-0000-7000-8000-000000000001")
SOON = timedelta(days=45)


def _said(day: date) -> str:
    return date_format(day, "j M Y")


@agenda_source("actions")
def open_actions(_since: datetime) -> Iterable[Proposed]:
    """What was promised at an earlier meeting and is not done."""
    for action in AgreedAction.objects.open().select_related("owner").order_by("due_on", "pk"):
        note = _("%(who)s, until %(day)s") % {"who": action.owner, "day": _said(action.due_on)}
        yield Proposed(ItemKind.ACTION, action.text, note, "action", action.pk)


@agenda_source("gaps")
def changed_gaps(since: datetime) -> Iterable[Proposed]:
    for gap in Gap.objects.filter(changed_at__gt=since).order_by("number", "pk"):
        yield Proposed(ItemKind.GAP, str(gap), gap.get_state_display(), "gap", gap.pk)


@agenda_source("citations")
def citations_to_review(_since: datetime) -> Iterable[Proposed]:
    rows = CitationReview.objects.open().select_related("guideline").order_by("opened_at", "pk")
    for review in rows:
        yield Proposed(
            ItemKind.REVIEW, review.subject_name, str(review.guideline), "citation", review.pk
        )


@agenda_source("surveys")
def closed_surveys(since: datetime) -> Iterable[Proposed]:
    rows = Survey.objects.filter(state=SurveyState.CLOSED, closed_at__gt=since)
    for survey in rows.order_by("number", "pk"):
        found = results_of_survey(survey)
        note = _("%(a)d of %(b)d answered") % {"a": found.answered, "b": found.asked}
        yield Proposed(ItemKind.SURVEY, str(survey), note, "survey", survey.pk)


@agenda_source("plans")
def waiting_plans(_since: datetime) -> Iterable[Proposed]:
    rows = Plan.objects.living().exclude(state=PlanState.APPROVED)
    for plan in rows:
        yield Proposed(ItemKind.PLAN, str(plan), plan.get_state_display(), "plan", plan.pk)


@agenda_source("rules")
def changed_rules(since: datetime) -> Iterable[Proposed]:
    """Versions of rule packs that bind this organisation and came, or come into force."""
    day = since.astimezone(UTC).date()
    for shown in packs_on_screen(local_day()):
        row = shown.row
        came_at = row.loaded_at if isinstance(row, RulePack) else row.published_at
        is_new = (came_at is not None and came_at > since) or row.effective_from > day
        if shown.binds and is_new:
            note = _("in force from %(day)s") % {"day": _said(row.effective_from)}
            pk = uuid.uuid5(_PACK_IDS, str(row.pk))
            yield Proposed(ItemKind.RULES, str(row), note, "rules", pk)


@agenda_source("news")
def undecided_news(_since: datetime) -> Iterable[Proposed]:
    for item in NewsItem.objects.undecided().order_by("came_at", "pk"):
        yield Proposed(ItemKind.NEWS, str(item), item.body, "news", item.pk)


@agenda_source("policies")
def policies_to_review(_since: datetime) -> Iterable[Proposed]:
    soon = local_day() + SOON
    for policy in OfficePolicy.objects.living().filter(review_on__lte=soon).order_by("review_on"):
        note = _("review due on %(day)s") % {"day": _said(policy.review_on)}
        yield Proposed(ItemKind.POLICY, str(policy), note, "policy", policy.pk)
