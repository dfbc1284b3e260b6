"""Fields that an organisation adds to its people and institutions, and what they say."""

import uuid
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func, Q
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.directory.models.people import Clinician
from symposia.directory.models.places import Institution
from symposia.shared.rows import Locking
from symposia.shared.tenancy import Key, TenantModel

# What a field of one's own says: words, a number, a day, yes or no, several words of a list.
Said = str | Decimal | date | bool | tuple[str, ...]


class OwnOf(models.TextChoices):
    """Of what a field says something."""

    CLINICIAN = "clinician", _("People")
    INSTITUTION = "institution", _("Institutions")


class OwnKind(models.TextChoices):
    """What a field can say."""

    TEXT = "text", _("Words")
    NUMBER = "number", _("A number")
    DAY = "day", _("A day")
    YES_NO = "yes_no", _("Yes or no")
    ONE = "one", _("One of a list")
    SEVERAL = "several", _("Several of a list")


# What is chosen from words that the organisation lists.
LISTED = frozenset({OwnKind.ONE, OwnKind.SEVERAL})
# The column that holds what each kind says.
COLUMN_OF: dict[str, str] = {
    OwnKind.TEXT: "text",
    OwnKind.NUMBER: "number",
    OwnKind.DAY: "day",
    OwnKind.YES_NO: "truth",
    OwnKind.ONE: "text",
    OwnKind.SEVERAL: "several",
}
OWN_COLUMNS = ("text", "number", "day", "truth", "several")


def seen_permissions(access: Access) -> list[str]:
    """Whose fields somebody sees: everybody's, and those of the rights they hold for the whole
    organisation. A right over a part of the map shows no field of all of it."""
    return ["", *(each.value for each in Permission if access.everywhere(each))]


class OwnFieldQuerySet(Locking["OwnField"]):
    def visible_to(self, access: Access) -> Self:
        """Those that somebody sees who sees the person or the institution."""
        return self.filter(permission__in=seen_permissions(access))

    def to_manage(self, access: Access) -> Self:
        """All of them, for whoever says what the organisation asks."""
        return self if access.everywhere(Permission.MANAGE_ORGANISATION) else self.none()

    def of(self, what: str) -> Self:
        return self.filter(of=what)

    def standing(self) -> Self:
        return self.filter(retired_at=None)

    def coded(self, codes: Collection[str]) -> Self:
        return self.filter(code__in=codes)

    def in_order(self) -> Self:
        return self.order_by("of", "place", "label", "pk")


class OwnField(TenantModel):
    """One more thing that an organisation wants to know of people, or of institutions."""

    of = models.CharField(max_length=11, choices=OwnOf)
    # By what files, addresses and programs name it; it stays when the field is called otherwise.
    code = models.SlugField(max_length=40)
    label = models.CharField(max_length=80)
    help = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=7, choices=OwnKind)
    # Of a list, its words in their order.
    options = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    # Whoever holds this for the whole organisation sees it; empty: whoever sees the record.
    permission = models.CharField(max_length=40, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    is_required = models.BooleanField(default=False)
    by_two = models.BooleanField(default=False)
    in_list = models.BooleanField(default=False)
    is_filter = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    made_by_name = models.CharField(max_length=200)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[OwnFieldQuerySet] = OwnFieldQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "of", "code"], name="one_own_field_per_code"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "of", "label"],
                name="one_standing_own_field_per_label",
                condition=Q(retired_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(LISTED)) ^ Q(options=[]),
                name="an_own_field_of_a_list_has_one",
            ),
            models.CheckConstraint(
                condition=Q(by_two=False) | Q(of="clinician"),
                name="own_fields_of_people_are_changed_by_two",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def name(self) -> str:
        """What its column, its filter and its field of a form are called."""
        return f"own_{self.code}"

    @property
    def column(self) -> str:
        """The column that holds what it says."""
        return COLUMN_OF[self.kind]

    @property
    def is_standing(self) -> bool:
        return self.retired_at is None


class OwnValueQuerySet(Locking["OwnValue"]):
    def of_fields(self, fields: Collection[OwnField]) -> Self:
        return self.filter(field__in=[each.pk for each in fields])

    def about(self, record: Clinician | Institution) -> Self:
        return self.filter(**{own_of(record): record})

    def about_people(self, people: Collection[uuid.UUID]) -> Self:
        return self.filter(clinician__in=people)


class OwnValue(TenantModel):
    """What a field of one's own says of one person or one institution."""

    field = Key(OwnField, db_index=False)
    clinician = Key(Clinician, null=True, blank=True, db_index=False)
    institution = Key(Institution, null=True, blank=True, db_index=False)
    text = models.CharField(max_length=250, null=True, blank=True)  # noqa: DJ001  # none: another kind
    number = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    truth = models.BooleanField(null=True, blank=True)
    several = ArrayField(models.CharField(max_length=60), null=True, blank=True)
    set_at = models.DateTimeField(default=timezone.now)
    set_by_name = models.CharField(max_length=200)

    objects: ClassVar[OwnValueQuerySet] = OwnValueQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "clinician", "field"],
                name="one_own_value_of_a_person",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "institution", "field"],
                name="one_own_value_of_an_institution",
            ),
            models.CheckConstraint(
                condition=Q(clinician__isnull=True) ^ Q(institution__isnull=True),
                name="an_own_value_is_of_one_record",
            ),
            models.CheckConstraint(
                condition=Exact(
                    Func(
                        *OWN_COLUMNS,
                        function="num_nonnulls",
                        output_field=models.IntegerField(),
                    ),
                    1,
                ),
                name="an_own_value_says_one_thing",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "field", "text"], name="own_values_of_a_field")
        ]

    def __str__(self) -> str:
        return f"{self.clinician or self.institution}: {self.field}"

    @property
    def said(self) -> Said:
        """What it says, as its kind has it."""
        found: Said | list[str] = getattr(self, self.field.column)
        return tuple(found) if isinstance(found, list) else found

    def say(self, said: Said, *, by: str) -> None:
        """Let it say something else, now."""
        value = list(said) if isinstance(said, tuple) else said
        setattr(self, self.field.column, value)
        self.set_at, self.set_by_name = timezone.now(), by[:200]


def own_of(record: Clinician | Institution) -> str:
    """Of what kind a record is, as fields of one's own tell them apart."""
    return OwnOf.CLINICIAN if isinstance(record, Clinician) else OwnOf.INSTITUTION
