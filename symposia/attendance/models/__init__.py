from symposia.attendance.models.badges import (
    Badge,
    BadgeBand,
    BadgeDesign,
    BadgeField,
    BadgeRole,
    BadgeSize,
    BadgeState,
    BandColour,
)
from symposia.attendance.models.checks import CheckAnswer, PresenceCheck
from symposia.attendance.models.codes import QUICKEST, SLOWEST, RoomCode, SessionCode
from symposia.attendance.models.conflicts import (
    Conflict,
    ConflictKind,
    ConflictState,
    Reconciliation,
)
from symposia.attendance.models.connections import (
    ConnectionReport,
    MeetingConnection,
    Vendor,
)
from symposia.attendance.models.devices import (
    DeviceReport,
    Direction,
    DoorDevice,
    DoorDeviceQuerySet,
    DoorMode,
)
from symposia.attendance.models.evidence import (
    DOOR_STATES,
    FIELD,
    ONLINE,
    TABLET,
    Kind,
    PresenceEvidence,
    PresenceEvidenceQuerySet,
    Source,
    Standing,
)
from symposia.attendance.models.files import LogFormat, PresenceFile, Way
from symposia.attendance.models.people import PersonState, UnmatchedPerson
from symposia.attendance.models.rules import CheckShort, NoLeave, PresenceRule
from symposia.attendance.models.sheets import SheetRow, SignInSheet

__all__ = [
    "DOOR_STATES",
    "FIELD",
    "ONLINE",
    "QUICKEST",
    "SLOWEST",
    "TABLET",
    "Badge",
    "BadgeBand",
    "BadgeDesign",
    "BadgeField",
    "BadgeRole",
    "BadgeSize",
    "BadgeState",
    "BandColour",
    "CheckAnswer",
    "CheckShort",
    "Conflict",
    "ConflictKind",
    "ConflictState",
    "ConnectionReport",
    "DeviceReport",
    "Direction",
    "DoorDevice",
    "DoorDeviceQuerySet",
    "DoorMode",
    "Kind",
    "LogFormat",
    "MeetingConnection",
    "NoLeave",
    "PersonState",
    "PresenceCheck",
    "PresenceEvidence",
    "PresenceEvidenceQuerySet",
    "PresenceFile",
    "PresenceRule",
    "Reconciliation",
    "RoomCode",
    "SessionCode",
    "SheetRow",
    "SignInSheet",
    "Source",
    "Standing",
    "UnmatchedPerson",
    "Vendor",
    "Way",
]
