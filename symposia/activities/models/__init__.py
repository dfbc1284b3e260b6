from symposia.activities.models.activities import (
    OVER,
    PLANNING,
    UPCOMING,
    Activity,
    ActivityObjective,
    ActivityQuerySet,
    ActivityStep,
    DeliveryForm,
    Mode,
    State,
    Type,
)
from symposia.activities.models.sessions import (
    ContentRole,
    Session,
    SessionFaculty,
    SessionQuerySet,
)

__all__ = [
    "OVER",
    "PLANNING",
    "UPCOMING",
    "Activity",
    "ActivityObjective",
    "ActivityQuerySet",
    "ActivityStep",
    "ContentRole",
    "DeliveryForm",
    "Mode",
    "Session",
    "SessionFaculty",
    "SessionQuerySet",
    "State",
    "Type",
]
