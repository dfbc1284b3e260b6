from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.directory.models.own import OwnField, seen_permissions
from symposia.directory.models.people import Clinician
from symposia.shared.rows import Locking, SeenWith
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class Proposable(models.TextChoices):
    """What somebody may ask to have changed."""

    FULL_NAME = "full_name", _("Name as on the licence")
    DISPLAY_NAME = "display_name", _("Called")
    PROFESSION = "profession", _("Profession")
    CREDENTIAL = "credential", _("Credential")
    SPECIALTY = "specialty", _("Specialty")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Telephone")
    INSTITUTION = "institution", _("Institution")
    CITY = "city", _("City")
    REGION = "region", _("State or region")
    COUNTRY = "country", _("Country")
    NUMBER = "number", _("Number")
    AFFILIATION = "affiliation", _("Place of work")
    OWN = "own", _("Own field")


# What certificates print, registers know people by and consent was given for: two people change it.
GUARDED = frozenset({Proposable.FULL_NAME, Proposable.EMAIL, Proposable.PHONE, Proposable.NUMBER})
# Of these a person has several: each is asked for by itself.
SEVERAL = frozenset({Proposable.NUMBER, Proposable.AFFILIATION, Proposable.OWN})
# Two requests of these are told apart by what they say.
_BY_WORDS = sorted(SEVERAL - {Proposable.OWN})


class ChangeState(models.TextChoices):
    """How far a proposed change of a person's record is."""

    WAITING = "waiting", _("Waits for a decision")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Taken back")


class GuardedFieldQuerySet(SeenWith["GuardedField"]):
    PERMISSION = Permission.VIEW_DIRECTORY
    IN_PART = True


class GuardedField(TenantModel):
    """One more field that two people change, because the organisation wants that."""

    field = models.CharField(max_length=20, choices=Proposable)
    since = models.DateTimeField(default=timezone.now)
    set_by_name = models.CharField(max_length=200)

    objects: ClassVar[GuardedFieldQuerySet] = GuardedFieldQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "field"], name="a_field_is_guarded_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_field_display())


class ChangeRequestQuerySet(Locking["ChangeRequest"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_DIRECTORY
    ) -> Self:
        """Those about clinicians, and of fields, that one may see."""
        rows = self.of_seen_fields(access)
        if access.everywhere(permission):
            return rows
        return rows.filter(clinician__in=Clinician.objects.visible_to(access, permission))

    def of_seen_fields(self, access: Access) -> Self:
        """Without those of fields of one's own that somebody does not see."""
        seen = Q(own_field=None) | Q(own_field__permission__in=seen_permissions(access))
        return self.filter(seen)

    def of_open_fields(self) -> Self:
        """Those of fields that whoever sees the person sees."""
        return self.filter(Q(own_field=None) | Q(own_field__permission=""))

    def waiting(self) -> Self:
        return self.filter(state=ChangeState.WAITING)

    def of(self, clinician: Clinician) -> Self:
        return self.filter(clinician=clinician)

    def for_list(self) -> Self:
        return self.select_related("clinician", "evidence_file", "own_field")


class ChangeRequest(Stateful, TenantModel):
    """One field of one person that somebody wants changed; a second person decides."""

    TRANSITIONS: ClassVar[Transitions] = {
        ChangeState.WAITING: {
            ChangeState.ACCEPTED,
            ChangeState.REFUSED,
            ChangeState.WITHDRAWN,
        },
        ChangeState.ACCEPTED: set(),
        ChangeState.REFUSED: set(),
        ChangeState.WITHDRAWN: set(),
    }

    clinician = Key(Clinician)
    field = models.CharField(max_length=20, choices=Proposable)
    # Which one, where it is one of the organisation's own.
    own_field = Key(OwnField, null=True, blank=True, db_index=False)
    # Of a number: who gave it.
    scheme = models.CharField(max_length=10, blank=True)
    issuer = models.CharField(max_length=80, blank=True)
    was = models.CharField(max_length=254, blank=True)
    now = models.CharField(max_length=254, blank=True)
    # Of a place of work: what is to be done with which, and what stood when somebody asked. Of
    # other fields the file or the merge that asked for it, so that both go together.
    facts = models.JSONField(default=dict, blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    evidence_file = Key("work.StoredFile", null=True, blank=True)
    state = models.CharField(max_length=10, choices=ChangeState, default=ChangeState.WAITING)
    proposed_at = models.DateTimeField(default=timezone.now)
    proposed_by_id = models.UUIDField(null=True)
    proposed_by_name = models.CharField(max_length=200)
    # Where an answer goes.
    answer_to = models.EmailField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_id = models.UUIDField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)

    objects: ClassVar[ChangeRequestQuerySet] = ChangeRequestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation_id", "state", "proposed_at"], name="changes_that_wait"
            ),
            models.Index(fields=["organisation_id", "clinician"], name="changes_of_a_clinician"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by_id__isnull=True)
                | Q(proposed_by_id__isnull=True)
                | ~Q(decided_by_id=models.F("proposed_by_id")),
                name="a_change_is_decided_by_a_second_person",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "clinician", "field"],
                condition=Q(state="waiting") & ~Q(field__in=sorted(SEVERAL)),
                name="one_waiting_change_per_field",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "clinician", "scheme", "issuer", "was", "now"],
                condition=Q(state="waiting", field__in=_BY_WORDS),
                name="one_waiting_change_per_number",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "clinician", "own_field"],
                condition=Q(state="waiting", field="own"),
                name="one_waiting_change_per_own_field",
            ),
            models.CheckConstraint(
                condition=Q(field="own") ^ Q(own_field__isnull=True),
                name="a_change_of_an_own_field_names_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clinician}: {self.called}"

    @property
    def called(self) -> str:
        """What the field is called."""
        own = self.own_field
        return own.label if own else str(self.get_field_display())

    @property
    def code(self) -> str:
        """By what programs know the field."""
        return self.own_field.name if self.own_field else self.field

    @property
    def is_waiting(self) -> bool:
        return self.state == ChangeState.WAITING
