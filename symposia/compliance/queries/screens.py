"""What screens of the rules read."""

from datetime import date

from symposia.accounts.permissions import Access
from symposia.accounts.queries import this_organisation
from symposia.compliance.models import Override, OwnPack, RulePack
from symposia.compliance.queries.packs import (
    PackOnScreen,
    on_screen,
    own_values,
    rows_in_force,
)


def exceptions_in_force(access: Access, today: date) -> int:
    """How many exceptions stand now among what this person may see."""
    return Override.objects.visible_to(access).in_force(today).count()


def binding_on_screen(on: date, *, all_of_them: bool = False) -> list[PackOnScreen]:
    """The packs in force that bind this organisation; or all in force, those that bind first."""
    organisation, own = this_organisation(), own_values(on)
    shown = [on_screen(row, on, organisation, own, in_force=True) for row in rows_in_force(on)]
    bound = [each for each in shown if each.binds]
    return bound + [each for each in shown if not each.binds] if all_of_them else bound


def versions_of(code: str, on: date) -> list[PackOnScreen]:
    """Every version of one pack, shipped and published, the latest first."""
    organisation, own = this_organisation(), own_values(on)
    in_force = {(type(row), row.pk) for row in rows_in_force(on)}
    rows: list[RulePack | OwnPack] = [*RulePack.objects.filter(code=code)]
    rows += OwnPack.objects.filter(code=code, state="published")
    rows.sort(key=lambda row: (row.effective_from, row.version), reverse=True)
    return [
        on_screen(row, on, organisation, own, in_force=(type(row), row.pk) in in_force)
        for row in rows
    ]


def pack_in_force(code: str, on: date) -> PackOnScreen | None:
    """The version of a pack that applies on a day; the latest where none does yet."""
    versions = versions_of(code, on)
    return next((each for each in versions if each.in_force), versions[0] if versions else None)
