"""Everything that points to a clinician, found in the models: nothing new can be forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db.models import Exists, F, OuterRef, Q, QuerySet, UniqueConstraint

from symposia.directory.models import Clinician, Merge, PossibleDuplicate
from symposia.shared.guards import tenant_models
from symposia.shared.tenancy import TenantModel

# Of two primary places one yields (`merging_places.py`), so both may be one person's.
_YIELDING = frozenset({"one_primary_affiliation_on_a_day"})
# These speak of two records, and go on doing so.
_OF_RECORDS = (Merge, PossibleDuplicate)


@dataclass(frozen=True)
class Reference:
    """One column of one table that names a clinician."""

    model: type[TenantModel]
    name: str

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def column(self) -> str:
        return f"{self.name}_id"

    @property
    def follows(self) -> bool:
        """Whether its rows are never written again: they are read with the record that is kept."""
        return self.model.APPEND_ONLY

    def rows(self) -> QuerySet[Any]:
        """Every row, whatever a manager leaves out."""
        return self.model._default_manager.all()

    def of(self, clinician: Clinician) -> QuerySet[Any]:
        return self.rows().filter(**{self.name: clinician})

    def moving(self, kept: Clinician, merged: Clinician) -> QuerySet[Any]:
        """The rows of the one that can become the other's."""
        return self.of(merged).exclude(pk__in=self.staying(kept, merged).values("pk"))

    def staying(self, kept: Clinician, merged: Clinician) -> QuerySet[Any]:
        """Those of which there can be only one, and both people have it."""
        taken, rows = Q(pk__in=[]), self.of(merged)
        # Besides what the database holds, what the actions of a table hold by themselves.
        held = (*self.model._meta.constraints, *getattr(self.model, "KEPT_APART", ()))
        for rule in held:
            if isinstance(rule, UniqueConstraint) and self.name in rule.fields:
                taken |= self._same(rule, kept)
            elif isinstance(rule, ExclusionConstraint) and self._is_of(rule):
                if rule.name in _YIELDING:
                    continue
                rows = rows.alias(**_spans(rule))
                taken |= self._at_one_time(rule, kept)
        return rows.filter(taken)

    def _same(self, rule: UniqueConstraint, kept: Clinician) -> Q:
        """What the other has as well, as the rule compares."""
        beside = [f for f in rule.fields if f not in {"organisation_id", self.name}]
        holds = rule.condition or Q()
        theirs = self.of(kept).filter(holds, **{name: OuterRef(name) for name in beside})
        return holds & Q(Exists(theirs))

    def _is_of(self, rule: ExclusionConstraint) -> bool:
        return any(e == F(self.name) for e, _operator in rule.expressions)

    def _at_one_time(self, rule: ExclusionConstraint, kept: Clinician) -> Q:
        """What overlaps with something of the other's."""
        spans, holds = _spans(rule), rule.condition or Q()
        overlapping = {f"{name}__overlap": OuterRef(name) for name in spans}
        same = {name: OuterRef(name) for name in self._beside(rule)}
        theirs = self.of(kept).filter(holds, **same).alias(**spans).filter(**overlapping)
        return holds & Q(Exists(theirs))

    def _beside(self, rule: ExclusionConstraint) -> list[str]:
        """The columns that have to be the same for two rows to exclude each other."""
        equal = [e for e, operator in rule.expressions if operator == "=" and isinstance(e, F)]
        names = [e.name for e in equal]  # type: ignore[attr-defined]  # the stubs forget it
        return [each for each in names if each not in {"organisation_id", self.name}]


def _spans(rule: ExclusionConstraint) -> dict[str, Any]:
    """The times that a rule keeps apart, each by a name."""
    spans = [each for each, operator in rule.expressions if operator == "&&"]
    return {f"{rule.name}_{place}": span for place, span in enumerate(spans)}


@lru_cache(maxsize=1)
def references() -> tuple[Reference, ...]:
    """Every column of every table that names a clinician, in the order of the contexts."""
    return tuple(_found())


def _found() -> Iterator[Reference]:
    return (each for each in pointing_to(Clinician) if each.model not in _OF_RECORDS)


def pointing_to(target: type[TenantModel]) -> Iterator[Reference]:
    """Every column of every table that names such a record."""
    for model in tenant_models():
        for field in model._meta.local_fields:
            if field.is_relation and field.related_model is target:
                yield Reference(model, field.name)
