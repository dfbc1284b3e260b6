"""The budget tree: nodes with an envelope, what hangs on each, and what was open at the start."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Combinable
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.activities.modes import Mode
from symposia.activities.wall import narrowed
from symposia.shared.money import Money
from symposia.shared.rows import Locking
from symposia.shared.tenancy import Key, TenantModel

# How many levels a tree has at most: organisation, region, territory, brand, therapy, period and
# cost centre.
NODE_LEVELS = 7
# What is counted on a node: its own activities and all that hang beneath it. `charged` is what its
# cap is held against: of each line the greater of what is promised and what is spent.
COUNTED = ("estimate", "committed", "actual", "charged")


class NodeKind(models.TextChoices):
    """What a node divides the budget by."""

    ORGANISATION = "organisation", _("Organisation")
    REGION = "region", _("Region")
    TERRITORY = "territory", _("Territory")
    BRAND = "brand", _("Brand")
    THERAPY = "therapy", _("Therapy area")
    PERIOD = "period", _("Period")
    COST_CENTRE = "cost_centre", _("Cost centre")


def kept_apart(access: Access, permission: Permission) -> bool:
    """Whether a wall keeps somebody from the money of independent education."""
    return not narrowed(access, Mode.INDEPENDENT, permission).holds(permission)


class BudgetNodeQuerySet(Locking["BudgetNode"]):
    def visible_to(self, access: Access, permission: Permission = Permission.VIEW_MONEY) -> Self:
        """All, or the own branches; a branch of independent education for whoever its wall lets
        see money there."""
        independent = _reach(narrowed(access, Mode.INDEPENDENT, permission), permission)
        others = [_reach(narrowed(access, m, permission), permission) for m in _OTHERS]
        return self.filter(
            Q(is_independent=True) & independent | Q(is_independent=False) & others[0] & others[1]
        )

    def shown_to(self, access: Access) -> Self:
        """The same with the sums that this person may know: `seen_…`, without the branches of
        independent education where a wall stands before them, and what is free."""
        rows = self.visible_to(access).annotate(**seen_sums(access))
        return rows.annotate(
            seen_free=F("seen_envelope") - F("seen_charged"),
            used=_share(F("seen_charged"), F("seen_envelope")),
        )

    def held(self, pks: Iterable[uuid.UUID]) -> list["BudgetNode"]:
        """Those rows from the root down, held until the transaction ends; always in one order, so
        that two writers wait for each other and never for good."""
        rows = self.filter(pk__in=list(pks)).select_for_update(of=("self",), no_key=True)
        return list(rows.order_by("depth", "pk"))

    def in_order(self) -> Self:
        """As a tree is read: each before what hangs beneath it."""
        return self.order_by("sorted_as", "pk")

    def beneath(self, node: "BudgetNode") -> Self:
        """A node and everything beneath it."""
        return self.filter(path__contains=[node.pk])

    def search(self, text: str) -> Self:
        return self.filter(
            Q(code__iexact=text.strip())
            | Q(name__icontains=text)
            | Q(product__icontains=text)
            | Q(therapy_area__icontains=text)
            | Q(cost_centre__icontains=text)
        )


_OTHERS = (Mode.SCIENTIFIC, Mode.PROMOTIONAL)


def _reach(held: Access, permission: Permission) -> Q:
    if held.everywhere(permission):
        return Q(pk__isnull=False)
    mine = held.scopes(permission, "territory")
    within = Q(territory__in=mine) | Q(territory__parent__in=mine)
    return within | Q(territory__parent__parent__in=mine) if mine else Q(pk__in=[])


def _share(part: Combinable, whole: Combinable) -> Combinable:
    """Tenths of a percent; nothing where there is no envelope."""
    return models.Case(
        models.When(seen_envelope__gt=0, then=part * models.Value(1000) / whole),
        default=models.Value(None),
        output_field=models.BigIntegerField(),
    )


def seen_sums(access: Access) -> Mapping[str, Combinable]:
    """What each sum of a node is for a person."""
    apart = kept_apart(access, Permission.VIEW_MONEY)
    sums: Callable[[str], Combinable] = lambda name: (  # noqa: E731
        F(f"{name}_minor") - F(f"apart_{name}_minor") if apart else F(f"{name}_minor")
    )
    return {f"seen_{name}": sums(name) + models.Value(0) for name in ("envelope", *COUNTED)}


class BudgetNode(TenantModel):
    """A part of the budget with its envelope, and what it and all beneath it have come to.

    What it is for (territory, brand, therapy, period, cost centre) is inherited downwards and never
    changes; sums follow the postings. The database refuses more than the envelope.
    """

    # The sums change with each posting, and the ledger keeps those.
    KEEPS_HISTORY = False
    NOT_HASHED = (
        *(f"{each}_minor" for each in COUNTED),
        *(f"apart_{each}_minor" for each in ("envelope", *COUNTED)),
        *("given_minor", "sorted_as", "taken_from_id"),
    )

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=NodeKind)
    parent = Key("self", null=True, blank=True)
    # From the root to itself.
    path = ArrayField(models.UUIDField())
    depth = models.PositiveSmallIntegerField()
    # The codes along the path, by which a tree is read in order.
    sorted_as = models.CharField(max_length=400, db_collation="C")
    territory = Key("directory.Territory", null=True, blank=True)
    product = models.CharField(max_length=120, blank=True)
    therapy_area = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    cost_centre = models.CharField(max_length=60, blank=True)
    # A branch of independent education: its money is nobody's beyond the wall.
    is_independent = models.BooleanField(default=False)
    currency = models.CharField(max_length=3)
    envelope_minor = models.BigIntegerField()
    # What of the envelope is given on to those beneath it.
    given_minor = models.BigIntegerField(default=0)
    estimate_minor = models.BigIntegerField(default=0)
    committed_minor = models.BigIntegerField(default=0)
    actual_minor = models.BigIntegerField(default=0)
    charged_minor = models.BigIntegerField(default=0)
    # Of these sums, what belongs to branches of independent education beneath a mixed node.
    apart_envelope_minor = models.BigIntegerField(default=0)
    apart_estimate_minor = models.BigIntegerField(default=0)
    apart_committed_minor = models.BigIntegerField(default=0)
    apart_actual_minor = models.BigIntegerField(default=0)
    apart_charged_minor = models.BigIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    # The file of opening balances that it came by.
    taken_from = Key("work.Import", null=True, blank=True)

    objects: ClassVar[BudgetNodeQuerySet] = BudgetNodeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "code"], name="one_budget_node_per_code"
            ),
            models.CheckConstraint(
                condition=Q(charged_minor__lte=F("envelope_minor")),
                name="a_node_is_not_overrun",
            ),
            models.CheckConstraint(
                condition=Q(given_minor__lte=F("envelope_minor"), given_minor__gte=0),
                name="a_node_gives_on_what_it_has",
            ),
            models.CheckConstraint(
                condition=Q(depth__gte=1, depth__lte=NODE_LEVELS) & Q(path__len=F("depth")),
                name="a_node_knows_its_path",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True, ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="a_node_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(currency__regex="^[A-Z]{3}$"), name="a_node_has_its_currency"
            ),
        ]
        indexes = [
            GinIndex(fields=["path"], name="nodes_by_path"),
            models.Index(fields=["organisation_id", "parent"], name="nodes_beneath_a_node"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def envelope(self) -> Money:
        return self.money(self.envelope_minor)

    @property
    def left(self) -> Money:
        """What neither is promised nor spent."""
        return self.money(self.envelope_minor - self.charged_minor)

    @property
    def free(self) -> Money:
        """What can leave it: neither charged nor given on."""
        return self.money(self.envelope_minor - max(self.charged_minor, self.given_minor))

    def money(self, minor: int) -> Money:
        return Money.from_minor(minor, self.currency)


class BudgetPlaceQuerySet(Locking["BudgetPlace"]):
    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity)

    def beneath(self, node: BudgetNode) -> Self:
        """What hangs on a node or on one beneath it."""
        return self.filter(node__path__contains=[node.pk])


class BudgetPlace(TenantModel):
    """On which node the money of an activity hangs, and what of it is counted there."""

    NOT_HASHED = tuple(f"{each}_minor" for each in COUNTED)

    activity = Key(Activity)
    node = Key(BudgetNode)
    # A person said so, and no rule changes it.
    is_chosen = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    set_at = models.DateTimeField(default=timezone.now)
    set_by_name = models.CharField(max_length=200)
    estimate_minor = models.BigIntegerField(default=0)
    committed_minor = models.BigIntegerField(default=0)
    actual_minor = models.BigIntegerField(default=0)
    charged_minor = models.BigIntegerField(default=0)

    objects: ClassVar[BudgetPlaceQuerySet] = BudgetPlaceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity"], name="one_node_per_activity"
            ),
            models.CheckConstraint(
                condition=Q(is_chosen=False) | ~Q(reason=""), name="a_chosen_node_says_why"
            ),
        ]
        indexes = [models.Index(fields=["organisation_id", "node"], name="places_of_a_node")]

    def __str__(self) -> str:
        return f"{self.activity_id} on {self.node_id}"

    def sums(self) -> dict[str, Any]:
        return {name: getattr(self, f"{name}_minor") for name in COUNTED}


class NodeMonth(TenantModel):
    """What came to a node, or to one beneath it, in a month on the organisation's calendar."""

    KEEPS_HISTORY = False

    node = Key(BudgetNode, on_delete=models.CASCADE)
    month = models.DateField()
    is_independent = models.BooleanField()
    committed_minor = models.BigIntegerField(default=0)
    actual_minor = models.BigIntegerField(default=0)
    charged_minor = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "node", "month", "is_independent"],
                name="one_row_per_node_and_month",
            )
        ]

    def __str__(self) -> str:
        return f"{self.node_id} {self.month:%Y-%m}"
