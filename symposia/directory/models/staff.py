"""Groups of staff: a department's people, and who looks after their education for how long."""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from symposia.accounts.models import Membership
from symposia.accounts.permissions import Access, Permission
from symposia.directory.models.affiliations import Affiliation
from symposia.directory.models.people import Clinician, ClinicianQuerySet
from symposia.directory.models.places import Institution
from symposia.shared.rows import Locking, SeenWith
from symposia.shared.tenancy import Key, TenantModel


def _holding_on(day: date) -> tuple[Q, Q]:
    """What holds on a day; the last day counts."""
    return Q(until_on=None) | Q(until_on__gte=day), Q(from_on__lte=day)


class StaffGroupQuerySet(SeenWith["StaffGroup"]):
    PERMISSION = Permission.MANAGE_REGISTRATIONS

    def standing(self) -> Self:
        return self.filter(retired_at=None)

    def led_by(self, user_id: uuid.UUID, day: date) -> Self:
        """Those that somebody looks after on a day: the only way into a group but the office."""
        led = GroupManager.objects.on(day).of_user(user_id)
        return self.standing().filter(pk__in=led.values("group"))

    def with_licences(self, user_id: uuid.UUID, day: date) -> Self:
        """Those of whose people somebody reads how far they are with their licences."""
        led = GroupManager.objects.on(day).of_user(user_id).filter(sees_licences=True)
        return self.standing().filter(pk__in=led.values("group"))

    def having(self, clinician: Clinician, day: date) -> Self:
        """Those that somebody belongs to on a day."""
        works = (
            Affiliation.objects.on(day).of(clinician).filter(institution=OuterRef("institution"))
        )
        there = works.filter(department__iexact=OuterRef("department"))
        listed = StaffMember.objects.on(day).filter(clinician=clinician)
        by_work = Q(Exists(works), department="") | (Q(Exists(there)) & ~Q(department=""))
        return self.filter(by_work | Q(pk__in=listed.values("group")))

    def people_on(self, day: date) -> ClinicianQuerySet:
        """Whoever belongs to one of these on a day, by where they work or by a list."""
        listed = StaffMember.objects.on(day).filter(group__in=self).values("clinician")
        here = self.filter(institution=OuterRef("institution"))
        part = Q(department="") | Q(department__iexact=OuterRef("department"))
        works = Affiliation.objects.on(day).filter(Exists(here.filter(part)))
        everybody = Clinician.objects.active().filter(merged_into=None)
        return everybody.filter(Q(pk__in=listed) | Q(pk__in=works.values("clinician")))


class StaffGroup(TenantModel):
    """People of a department, a ward or a practice whose education somebody looks after."""

    name = models.CharField(max_length=160)
    # Whoever works there belongs to it, on the days they do; empty: only who was put on its list.
    institution = Key(Institution, null=True, blank=True)
    # Of that house only this part, as it is written where they work; empty: the whole house.
    department = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[StaffGroupQuerySet] = StaffGroupQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "name"],
                name="one_group_of_staff_per_name",
                condition=Q(retired_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(department="") | Q(institution__isnull=False),
                name="a_department_is_in_a_house",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StaffMemberQuerySet(Locking["StaffMember"]):
    def visible_to(self, access: Access) -> Self:
        """Those of groups that the office keeps."""
        return self.filter(group__in=StaffGroup.objects.visible_to(access))

    def on(self, day: date) -> Self:
        return self.filter(*_holding_on(day))

    def for_list(self) -> Self:
        return self.select_related("group", "clinician", "clinician__institution")


class StaffMember(TenantModel):
    """Somebody who was put on the list of a group, from which day until which."""

    group = Key(StaffGroup)
    clinician = Key(Clinician)
    from_on = models.DateField()
    # The last day; none while it goes on.
    until_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    added_by_name = models.CharField(max_length=200)

    objects: ClassVar[StaffMemberQuerySet] = StaffMemberQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "group", "clinician", "from_on"],
                name="once_a_day_on_the_list_of_a_group",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="belonging_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "clinician"], name="groups_of_a_clinician")
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.clinician}"


class GroupManagerQuerySet(Locking["GroupManager"]):
    def visible_to(self, access: Access) -> Self:
        """Those of groups that the office keeps."""
        return self.filter(group__in=StaffGroup.objects.visible_to(access))

    def on(self, day: date) -> Self:
        """Those that count on a day; what was ended at once counts no more."""
        return self.filter(*_holding_on(day), ended_at=None)

    def not_over(self, day: date) -> Self:
        """Those that count on a day or will later."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=day), ended_at=None)

    def of_user(self, user_id: uuid.UUID) -> Self:
        """Somebody's, while they belong to the organisation and are not suspended."""
        return self.filter(
            membership__user=user_id, membership__ended_at=None, membership__suspended_at=None
        )

    def with_people(self) -> Self:
        return self.select_related("group", "membership__user")


class GroupManager(TenantModel):
    """Who looks after a group, from which day until which; the record of it stays."""

    group = Key(StaffGroup)
    membership = Key(Membership)
    from_on = models.DateField()
    # The last day; none while it goes on.
    until_on = models.DateField(null=True, blank=True)
    # Whether they read how far the people are with their licences, too.
    sees_licences = models.BooleanField(default=False)
    # When it was ended at once, before its last day was over.
    ended_at = models.DateTimeField(null=True, blank=True)
    appointed_at = models.DateTimeField(default=timezone.now)
    appointed_by_name = models.CharField(max_length=200)

    objects: ClassVar[GroupManagerQuerySet] = GroupManagerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "group", "membership", "from_on"],
                name="appointed_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="looking_after_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "membership"], name="groups_of_a_member")
        ]

    def __str__(self) -> str:
        return f"{self.group} ({self.from_on}, {self.until_on or ''})"

    def is_over(self, day: date) -> bool:
        """Whether it was ended at once, or its last day was before this one."""
        return bool(self.ended_at) or (self.until_on is not None and self.until_on < day)
