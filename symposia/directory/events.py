import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class CliniciansImported:
    """A file of clinicians became part of the directory."""

    import_id: uuid.UUID


@dataclass(frozen=True)
class TerritoryAssigned:
    """Somebody holds a territory, or will from a day on."""

    assignment_id: uuid.UUID


@dataclass(frozen=True)
class ImportUndone:
    """What a file of clinicians did to the directory was taken back, as far as it could be."""

    import_id: uuid.UUID


@dataclass(frozen=True)
class ConsentChanged:
    """A clinician gave or withdrew consent to be reached in one way for one purpose."""

    clinician_id: uuid.UUID
    purpose: str
    channel: str
    given: bool


@dataclass(frozen=True)
class RestrictionChanged:
    """Somebody may no longer be asked, or may be asked again."""

    clinician_id: uuid.UUID
    kind: str


@dataclass(frozen=True)
class ChangeProposed:
    """Somebody asked to have a field of a person changed."""

    request_id: uuid.UUID
    clinician_id: uuid.UUID
    field: str


@dataclass(frozen=True)
class ChangeDecided:
    """A second person agreed to a change, or refused it."""

    request_id: uuid.UUID
    clinician_id: uuid.UUID
    accepted: bool


@dataclass(frozen=True)
class SegmentChanged:
    """A saved filter or a list of people was saved, changed or retired."""

    segment_id: uuid.UUID


@dataclass(frozen=True)
class CliniciansMerged:
    """Two records were found to be one person; what hung on the one hangs on the other now."""

    merge_id: uuid.UUID
    kept_id: uuid.UUID
    merged_id: uuid.UUID


@dataclass(frozen=True)
class MergeUndone:
    """Two records were two people after all; each has its own again."""

    merge_id: uuid.UUID
    kept_id: uuid.UUID
    merged_id: uuid.UUID


@dataclass(frozen=True)
class AffiliationChanged:
    """Where somebody works was noted, changed, ended or taken away."""

    clinician_id: uuid.UUID


@dataclass(frozen=True)
class ContactsChanged:
    """A way to reach somebody was noted, changed, preferred or taken away."""

    clinician_id: uuid.UUID


@dataclass(frozen=True)
class OwnFieldChanged:
    """A field of one's own was added, changed, retired, brought back or removed."""

    field_id: uuid.UUID


@dataclass(frozen=True)
class OwnValuesChanged:
    """Fields of one's own say something else of a person or an institution."""

    of: str
    record_id: uuid.UUID
    codes: tuple[str, ...]


@dataclass(frozen=True)
class StaffGroupChanged:
    """A group of staff was made, called otherwise or retired, or its list says something else."""

    group_id: uuid.UUID


@dataclass(frozen=True)
class GroupManagerAppointed:
    """Somebody looks after a group of staff, or will from a day on."""

    manager_id: uuid.UUID
    group_id: uuid.UUID


@dataclass(frozen=True)
class GroupManagerEnded:
    """Somebody looks after a group of staff no more, or until a day."""

    manager_id: uuid.UUID
    group_id: uuid.UUID
