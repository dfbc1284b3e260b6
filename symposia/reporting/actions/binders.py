"""Binders: drawn or chosen, then made, an edition each time."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _

from symposia.accounts.actions import next_numbers
from symposia.accounts.queries import local_day, this_organisation
from symposia.audit.actions import record
from symposia.reporting.binder_papers import print_binder
from symposia.reporting.binder_rules import (
    NOT_MADE,
    NOTHING_TO_BIND,
    objection_to_choosing,
    objection_to_drawing,
)
from symposia.reporting.binding import Bound, Said, files_in, gaps_in
from symposia.reporting.drawing import DrawRule, drawn, fingerprint
from symposia.reporting.events import BinderMade
from symposia.reporting.models import Binder, BinderActivity, BinderEdition, Draw
from symposia.reporting.queries import bindable, candidates, last_edition
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import needed, refuse_if
from symposia.work.files import store_file
from symposia.work.models import StoredFile

PURPOSE = "binder"


@transaction.atomic
def draw_binder(title: str, rule: DrawRule, *, seed: str = "", by: Actor) -> Binder:
    """Draw a sample by type and year; the seed and what there was to draw from are kept, so that
    anybody can draw the same again."""
    refuse_if(objection_to_drawing(title, rule))

    pool = candidates(rule)
    refuse_if(None if pool else NOTHING_TO_BIND)

    kept = seed.strip()[:40] or uuid.uuid4().hex[:12]
    chosen = drawn(pool, kept, rule.size)
    said = {
        "from_year": rule.from_year,
        "until_year": rule.until_year,
        "types": list(rule.types),
        "size": rule.size,
        "pool": len(pool),
        "pool_sha256": fingerprint(pool),
    }
    made = _made(title, _How(Draw.DRAWN, kept, said), [each.id for each in chosen], by)
    record(by, "binder.drawn", made, details=said | {"seed": kept})
    return made


@transaction.atomic
def choose_binder(title: str, numbers: Sequence[str], *, by: Actor) -> Binder:
    """Bind activities that somebody named by their numbers."""
    wanted = list(dict.fromkeys(number.strip().upper() for number in numbers if number.strip()))
    found = {each.number: each for each in bindable().filter(number__in=wanted)}
    unfit = [number for number in wanted if number not in found]

    refuse_if(objection_to_choosing(title, len(wanted), unfit))

    how = _How(Draw.CHOSEN)
    made = _made(title, how, [found[number].pk for number in wanted], by)
    record(by, "binder.chosen", made, details={"activities": wanted})
    return made


@dataclass(frozen=True)
class _How:
    """How the activities of a binder were found."""

    draw: str
    seed: str = ""
    rule: dict[str, object] = field(default_factory=dict)


def _made(title: str, how: _How, activities: Sequence[uuid.UUID], by: Actor) -> Binder:
    made = Binder.objects.create(
        number=next_numbers("BND", year=local_day().year)[0],
        title=title.strip()[:200],
        draw=how.draw,
        seed=how.seed,
        rule=how.rule,
        made_by_name=by.name,
    )
    BinderActivity.objects.bulk_create(
        BinderActivity(binder=made, position=position, activity_id=pk)
        for position, pk in enumerate(activities, start=1)
    )
    return made


@transaction.atomic
def keep_edition(
    binder: Binder, bound: Sequence[Bound], programme: Sequence[Said], *, by: Actor
) -> BinderEdition:
    """Keep what was bound as it is now: what it says, its paper, the hash of every file."""
    with translation.override(this_organisation().language):
        binder = Binder.objects.locked(binder.pk)
        organisation = this_organisation()
        at = now()
        content: Said = {
            "number": binder.number,
            "title": binder.title,
            "provider": organisation.name,
            "made_on": local_day(at).isoformat(),
            "about": _about(binder, len(bound)),
            "programme": list(programme),
            "activities": [each.said for each in bound],
            "files": files_in(bound),
        }
        stored = _paper(binder, content, at, by)
        last = BinderEdition.objects.filter(binder=binder).aggregate(last=Max("number"))["last"]
        edition = BinderEdition.objects.create(
            binder=binder,
            number=(last or 0) + 1,
            made_at=at,
            made_by_name=by.name,
            content=content,
            gaps=gaps_in(content),
            paper=stored,
            sha256=stored.sha256,
        )
        details = {"gaps": edition.gaps, "files": len(content["files"]), "sha256": stored.sha256}
        record(by, "binder.made", edition, details=details)
        announce(BinderMade(binder.pk, edition.number, edition.gaps))
        return edition


@transaction.atomic
def take_binder(binder: Binder, *, by: Actor) -> BinderEdition:
    """Take home what was made last; the journal says who did."""
    edition = needed(last_edition(binder), NOT_MADE)
    record(by, "binder.taken", edition, details={"files": len(edition.content["files"])})
    return edition


def _paper(binder: Binder, content: Said, at: datetime, by: Actor) -> StoredFile:
    """The paper of an edition, kept."""
    return store_file(
        print_binder(content, at),
        name=f"{binder.number}.pdf",
        content_type="application/pdf",
        purpose=PURPOSE,
        subject_id=binder.pk,
        by=by,
    )


def _about(binder: Binder, count: int) -> list[list[str]]:
    """How it came about that it is these activities."""
    rule = binder.rule
    lines = [[_("Number"), binder.number], [_("Activities"), str(count)]]
    lines.append([_("How they were found"), str(binder.get_draw_display())])
    if binder.is_drawn:
        years = f"{rule['from_year']}-{rule['until_year']}"
        lines += [
            [_("Years"), years],
            [_("Seed of the draw"), binder.seed],
            [_("Drawn from"), _("%d activities") % rule["pool"]],
            [_("Hash of their numbers"), rule["pool_sha256"]],
        ]
    return lines
