from symposia.directory.models.affiliations import Affiliation
from symposia.directory.models.assignments import Assignment
from symposia.directory.models.changes import (
    GUARDED,
    SEVERAL,
    ChangeRequest,
    ChangeState,
    GuardedField,
    Proposable,
)
from symposia.directory.models.consents import (
    WITHOUT_CHANNEL,
    Channel,
    ConsentBasis,
    ConsentSource,
    ConsentStatement,
    Purpose,
)
from symposia.directory.models.contacts import ContactKind, ContactPoint
from symposia.directory.models.duplicates import (
    UNDO_FOR,
    Fate,
    FoundBy,
    Merge,
    MergeLine,
    PairState,
    PossibleDuplicate,
)
from symposia.directory.models.imports import (
    TAKE_BACK_FOR,
    ImportedChange,
    ImportUndo,
    Stays,
    UndoLine,
    UndoState,
)
from symposia.directory.models.people import (
    IN_ORDER,
    Clinician,
    Identifier,
    Profession,
    Scheme,
)
from symposia.directory.models.places import (
    TERRITORY_LEVELS,
    Institution,
    InstitutionKind,
    Territory,
)
from symposia.directory.models.registry import RegistryEntry, RegistryLoad
from symposia.directory.models.restrictions import (
    Effect,
    PersonRestriction,
    RestrictionKind,
)
from symposia.directory.models.segments import Segment, SegmentKind, SegmentMember

__all__ = [
    "GUARDED",
    "IN_ORDER",
    "SEVERAL",
    "TAKE_BACK_FOR",
    "TERRITORY_LEVELS",
    "UNDO_FOR",
    "WITHOUT_CHANNEL",
    "Affiliation",
    "Assignment",
    "ChangeRequest",
    "ChangeState",
    "Channel",
    "Clinician",
    "ConsentBasis",
    "ConsentSource",
    "ConsentStatement",
    "ContactKind",
    "ContactPoint",
    "Effect",
    "Fate",
    "FoundBy",
    "GuardedField",
    "Identifier",
    "ImportUndo",
    "ImportedChange",
    "Institution",
    "InstitutionKind",
    "Merge",
    "MergeLine",
    "PairState",
    "PersonRestriction",
    "PossibleDuplicate",
    "Profession",
    "Proposable",
    "Purpose",
    "RegistryEntry",
    "RegistryLoad",
    "RestrictionKind",
    "Scheme",
    "Segment",
    "SegmentKind",
    "SegmentMember",
    "Stays",
    "Territory",
    "UndoLine",
    "UndoState",
]
