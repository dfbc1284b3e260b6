from typing import ClassVar, Self

from django.db import models

from symposia.activities.models.activities import Activity
from symposia.activities.models.sessions import Session
from symposia.shared.tenancy import Key, TenantModel


class SessionObjectiveQuerySet(models.QuerySet["SessionObjective"]):
    def of(self, activity: Activity) -> Self:
        return self.filter(session__activity=activity)


class SessionObjective(TenantModel):
    """A session works on one of the objectives that its activity has taken on."""

    session = Key(Session, related_name="objective_links")
    objective = Key("curriculum.Objective")

    objects: ClassVar[SessionObjectiveQuerySet] = SessionObjectiveQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "session", "objective"],
                name="one_objective_once_per_session",
            )
        ]

    def __str__(self) -> str:
        return str(self.objective_id)
