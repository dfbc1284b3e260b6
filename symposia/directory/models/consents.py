from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.directory.models.people import Clinician
from symposia.shared.rows import SeenWith
from symposia.shared.tenancy import Key, TenantModel


class Channel(models.TextChoices):
    """The ways somebody may be reached."""

    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")
    CHAT = "chat", _("Chat message")
    PHONE = "phone", _("Telephone")
    POST = "post", _("Post")


class Purpose(models.TextChoices):
    """What somebody may be asked for, or what may be done with what is known of them."""

    INVITATIONS = "invitations", _("Invitations to activities")
    NEWS = "news", _("Educational news")
    PROMOTION = "promotion", _("Promotional messages")
    SHARING = "sharing", _("Publication of transfers of value")
    REPORTING = "reporting", _("Reports of credit to boards")


# Purposes that reach nobody are agreed to as a whole, by no channel.
WITHOUT_CHANNEL = frozenset({Purpose.SHARING, Purpose.REPORTING})


class ConsentSource(models.TextChoices):
    """How one knows what the person said."""

    SELF = "self", _("By the person, on their own page")
    BUTTON = "button", _("Button of a message")
    FORM = "form", _("Form")
    PAPER = "paper", _("Paper, scanned")
    VOICE = "voice", _("By voice")
    IMPORT = "import", _("File")


class ConsentQuerySet(models.QuerySet["ConsentStatement"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_DIRECTORY
    ) -> Self:
        """Statements of the clinicians one may see."""
        if access.everywhere(permission):
            return self
        return self.filter(clinician__in=Clinician.objects.visible_to(access, permission))

    def of(self, clinician: Clinician) -> Self:
        """What one person has said, under whichever record."""
        return self.filter(clinician__in=Clinician.objects.of_person(clinician.pk))

    def standing(self) -> Self:
        """What each person said last of each channel and purpose."""
        later = ConsentStatement.objects.filter(
            Q(said_at__gt=OuterRef("said_at"))
            | Q(said_at=OuterRef("said_at"), pk__gt=OuterRef("pk")),
            purpose=OuterRef("purpose"),
            channel=OuterRef("channel"),
        )
        # Other records of the same person: merged into this one, or with it into a third.
        same = Clinician.objects.filter(
            Q(merged_into=OuterRef(OuterRef("clinician")))
            | Q(pk=OuterRef(OuterRef("clinician__merged_into")))
            | Q(merged_into=OuterRef(OuterRef("clinician__merged_into")))
        )
        return self.filter(
            ~Exists(later.filter(clinician=OuterRef("clinician"))),
            ~Exists(later.filter(clinician__in=same)),
        )

    def for_list(self) -> Self:
        return self.select_related("clinician", "proof_file")


class ConsentStatement(TenantModel):
    """What a clinician said of being reached in one way for one purpose: given, or withdrawn.

    Nothing of it is ever changed: the last thing said is what stands.
    """

    APPEND_ONLY = True

    clinician = Key(Clinician)
    purpose = models.CharField(max_length=12, choices=Purpose)
    channel = models.CharField(max_length=8, choices=Channel, blank=True)
    given = models.BooleanField()
    # Word for word what the person was shown or read to.
    wording = models.TextField()
    source = models.CharField(max_length=8, choices=ConsentSource)
    # Where the paper lies, who heard it, which file said so.
    proof = models.CharField(max_length=300, blank=True)
    proof_file = Key("work.StoredFile", null=True, blank=True)
    said_at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by_id = models.UUIDField(null=True)
    recorded_by_name = models.CharField(max_length=200)

    objects: ClassVar[ConsentQuerySet] = ConsentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation_id", "clinician", "purpose", "channel", "-said_at"],
                name="consents_of_a_clinician",
            ),
            models.Index(fields=["organisation_id", "-said_at"], name="consents_in_order"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=sorted(WITHOUT_CHANNEL), channel="")
                | (~Q(purpose__in=sorted(WITHOUT_CHANNEL)) & ~Q(channel="")),
                name="a_purpose_that_reaches_people_has_a_channel",
            ),
            models.CheckConstraint(
                condition=Q(said_at__lte=models.F("recorded_at")),
                name="consent_is_recorded_after_it_was_said",
            ),
        ]

    def __str__(self) -> str:
        said = _("given") if self.given else _("withdrawn")
        return f"{self.clinician}: {self.about}, {said}"

    @property
    def about(self) -> str:
        """The purpose, and the channel where there is one."""
        return " · ".join(filter(None, (self.get_purpose_display(), self.get_channel_display())))


class ConsentBasisQuerySet(SeenWith["ConsentBasis"]):
    PERMISSION = Permission.VIEW_DIRECTORY
    IN_PART = True


class ConsentBasis(TenantModel):
    """On what an organisation rests one purpose: may people be asked who said nothing yet, why,
    and the words they are shown."""

    purpose = models.CharField(max_length=12, choices=Purpose)
    asks_without = models.BooleanField()
    legal_basis = models.TextField()
    wording = models.TextField()
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by_name = models.CharField(max_length=200)

    objects: ClassVar[ConsentBasisQuerySet] = ConsentBasisQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "purpose"], name="one_basis_per_purpose"
            )
        ]

    def __str__(self) -> str:
        return self.get_purpose_display()
