"""What is to become of a place of work, as something that can wait for a second person."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.directory.affiliating import AffiliationFacts
from symposia.directory.models.affiliations import Affiliation

_DAYS = ("from_on", "until_on")


class PlaceDo(models.TextChoices):
    """What somebody does with a place of work."""

    ADD = "add", gettext_lazy("Note it")
    CHANGE = "change", gettext_lazy("Correct it")
    END = "end", gettext_lazy("Let it end")
    REMOVE = "remove", gettext_lazy("Take it away")


@dataclass(frozen=True)
class PlaceStep:
    """What is done with which place of work of somebody."""

    do: str
    row: Affiliation | None = None
    facts: AffiliationFacts | None = None
    on: date | None = None
    reason: str = ""

    @property
    def evidence(self) -> str:
        """What shows that it is right."""
        return self.reason or (self.facts.source if self.facts else "")

    @property
    def now(self) -> str:
        """What would stand then, in words."""
        if self.facts:
            return words_of_facts(self.facts)
        if self.row and self.on:
            until = date_format(self.on, "j M Y")
            return _("%(place)s until %(day)s") % {"place": self.row.institution, "day": until}
        return ""

    def as_json(self) -> dict[str, Any]:
        facts = asdict(self.facts) if self.facts else {}
        for name in _DAYS:
            if facts.get(name):
                facts[name] = facts[name].isoformat()
        return {
            "do": str(self.do),
            "row": str(self.row.pk) if self.row else "",
            "was": noted(self.row) if self.row else {},
            "facts": facts,
            "on": self.on.isoformat() if self.on else "",
        }


def facts_from(kept: Mapping[str, Any]) -> AffiliationFacts:
    """What somebody said of a place, as a request remembers it."""
    said = dict(kept)
    for name in _DAYS:
        said[name] = date.fromisoformat(said[name]) if said.get(name) else None
    return AffiliationFacts(**said)


def noted(row: Affiliation) -> dict[str, str]:
    """What stands of a place, to be compared later."""
    names = ("institution_id", "role", "department", *_DAYS, "is_primary")
    return {name: str(getattr(row, name)) for name in names}


def words_of(row: Affiliation) -> str:
    """A place of work as one reads it."""
    facts = AffiliationFacts(
        *(row.institution.name, row.institution.city, row.role, row.department),
        from_on=row.from_on,
        until_on=row.until_on,
        is_primary=row.is_primary,
    )
    return words_of_facts(facts)


def words_of_facts(facts: AffiliationFacts) -> str:
    """The same of what somebody says."""
    days = []
    if facts.from_on:
        days.append(_("from %(day)s") % {"day": date_format(facts.from_on, "j M Y")})
    if facts.until_on:
        days.append(_("until %(day)s") % {"day": date_format(facts.until_on, "j M Y")})
    said = (
        *(facts.institution, facts.city, facts.role, facts.department, " ".join(days)),
        _("primary place") if facts.is_primary else "",
    )
    return ", ".join(each for each in said if each)
