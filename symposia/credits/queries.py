import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any

from django.core.files.storage import default_storage
from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from symposia.activities.agenda import merged
from symposia.activities.models import Activity
from symposia.activities.queries import creditable_minutes_of, sessions_of
from symposia.activities.reading import loaded_once, rows_of
from symposia.credits.awarding import minutes_by_day, rule_of, worked_out
from symposia.credits.designs import design_in, pictures_of
from symposia.credits.models import (
    Certificate,
    CertificateDesign,
    CertificateFile,
    CertificateTerm,
    CreditEntry,
    CreditOffer,
    CreditSystem,
    IssuerKey,
    KeyKind,
    Revocation,
)
from symposia.credits.wording import filled, plain
from symposia.directory.models import Clinician
from symposia.notifications.models import Delivery
from symposia.registrations.models import Registration
from symposia.shared.times import day_at

# The message that says which steps are left.
FINISH = "credits.finish"


def sums_by_registration(entries: "Iterable[CreditEntry]") -> dict[uuid.UUID, Decimal]:
    """The credit of each registration that has entries: their sum."""
    totals: dict[uuid.UUID, Decimal] = {}
    for entry in entries:
        key = entry.registration_id
        totals[key] = totals.get(key, Decimal(0)) + entry.amount
    return totals


def current_certificate(registration: Registration) -> Certificate | None:
    """The last version of a registration's certificate."""
    return Certificate.objects.of_registration(registration).first()


def offers_of(activity: Activity) -> list[CreditOffer]:
    """The credit that an activity offers, with its systems."""
    return rows_of(activity.pk, offer_rows)


def offer_rows(activity_id: uuid.UUID) -> QuerySet[CreditOffer]:
    """The credit that an activity offers, with its systems."""
    return CreditOffer.objects.of(activity_id)


def creditable_minutes(activity: Activity) -> int:
    """The minutes of an activity that count for credit; simultaneous sessions count once."""
    return creditable_minutes_of(activity)


def amount_offered(system: CreditSystem, activity: Activity, format_key: str) -> Decimal:
    """The most credit of a system that the agenda of an activity may award in a learning format."""
    counting = merged(each.creditable for each in loaded_once(activity, sessions_of))
    days = minutes_by_day((day_at(x.starts_at, activity.zone), x.minutes) for x in counting)
    return worked_out(rule_of(system, format_key), days).amount


@dataclass(frozen=True)
class CreditTotal:
    """The credit of one system that people hold, how many they are, and the body's own words."""

    system: str
    amount: Decimal
    people: int
    name: str
    unit: str


def credit_totals(activities: Iterable[Activity]) -> list[CreditTotal]:
    """Credit of some activities by system, with the clinicians who still hold some: what was
    revoked is held by nobody."""
    entries = CreditEntry.objects.filter(activity__in=list(activities))
    person = Coalesce("clinician__merged_into_id", "clinician_id")
    of_people = entries.order_by().annotate(person=person).values_list("system_id", "person")
    held = of_people.annotate(Sum("amount"))
    totals: dict[str, tuple[Decimal, int]] = {}
    for system, _person, sum_ in held:
        amount, people = totals.get(system, (Decimal(0), 0))
        totals[system] = (amount + sum_, people + (sum_ > 0))
    return in_words(totals) if totals else []


def in_words(totals: Mapping[str, tuple[Decimal, int]]) -> list[CreditTotal]:
    """Amounts and people by system, each with the name and the unit as its body writes them."""
    systems = CreditSystem.objects.in_bulk(list(totals))
    return [
        CreditTotal(code, *totals[code], system.name, plain(filled(system.statements["unit"], {})))
        for code, system in sorted(systems.items(), key=lambda each: each[1].name)
    ]


def activity_of(pk: uuid.UUID) -> Activity:
    return Activity.objects.get(pk=pk)


def registration_of(pk: uuid.UUID) -> Registration:
    return Registration.objects.with_people().get(pk=pk)


def certificates_by_id(ids: Iterable[uuid.UUID]) -> list[Certificate]:
    """Some certificates with what a letter to their holders says."""
    rows = Certificate.objects.select_related(
        "clinician", "registration__activity", "registration__clinician"
    )
    return list(rows.filter(pk__in=ids).order_by("pk"))


def places_asked(activity_id: uuid.UUID) -> set[uuid.UUID]:
    """Whoever of an activity was written to already, which steps are left."""
    places = Registration.objects.filter(activity=activity_id)
    sent = Delivery.objects.filter(template_code=FINISH, subject_id__in=places.values("pk"))
    return {pk for pk in sent.values_list("subject_id", flat=True) if pk}


def certificates_to_make(activity: Activity) -> list[uuid.UUID]:
    """The certificates of an activity whose file is missing."""
    rows = Certificate.objects.of(activity).without_file().order_by("pk")
    return list(rows.values_list("pk", flat=True))


def file_of(certificate: Certificate) -> CertificateFile | None:
    """The PDF of a certificate, once it is made."""
    return CertificateFile.objects.filter(certificate=certificate).first()


def open_file(file: CertificateFile) -> IO[bytes]:
    """The content of a kept certificate. Raises FileNotFoundError when the storage lost it."""
    opened: IO[bytes] = default_storage.open(file.name, "rb")
    return opened


def term_of(activity: Activity) -> int | None:
    """For how many months the certificates of an activity are good; nothing: without end."""
    months = CertificateTerm.objects.filter(activity=activity).values_list("months", flat=True)
    return months.first()


def design_now() -> CertificateDesign | None:
    """How certificates look from now on; nothing: as the product has them."""
    return CertificateDesign.objects.present()


def pictures_by_design(numbers: Collection[int]) -> dict[int, dict[str, Any]]:
    """The logo and signatures of versions of the design; none for papers of before the first."""
    rows = CertificateDesign.objects.filter(number__in=[n for n in numbers if n])
    return {number: {} for number in numbers} | {
        row.number: pictures_of(design_in(row)) for row in rows
    }


@dataclass(frozen=True)
class Signing:
    """What badges are signed with: the present key, and what orders the status lists."""

    key: IssuerKey
    seed: str


def issuer_keys() -> list[IssuerKey]:
    """Every key that ever signed: those of proofs, then those of tokens, the first one first."""
    return list(IssuerKey.objects.order_by("kind", "number"))


def signing_now() -> Signing | None:
    """What signs badges; nothing where no certificate was issued since badges exist."""
    keys = [key for key in issuer_keys() if key.kind == KeyKind.PROOF]
    return Signing(keys[-1], keys[0].seed) if keys else None


def token_key() -> IssuerKey | None:
    """What signs badges as tokens; nothing before papers were made since tokens exist."""
    return IssuerKey.objects.present(KeyKind.TOKEN)


def revocation_of(certificate: Certificate) -> Revocation | None:
    """When a certificate was revoked, if it was."""
    return Revocation.objects.filter(certificate=certificate).first()


@dataclass(frozen=True)
class OwnActivity:
    """One activity as its learner sees it afterwards."""

    registration: Registration
    credit: Decimal
    unit: str
    certificate: Certificate | None


@dataclass(frozen=True)
class OwnLearning:
    """What a person has learned in this organisation, and the credit it came to."""

    activities: tuple[OwnActivity, ...]
    totals: tuple[tuple[str, Decimal], ...]


def learning_of(user_id: uuid.UUID) -> OwnLearning:
    """The activities, credit and certificates of the clinician who signed in."""
    mine = Clinician.objects.of_user(user_id)
    whole = Clinician.objects.of_people(mine)
    registrations = (
        Registration.objects.filter(clinician__in=mine)
        .select_related("activity", "clinician")
        .order_by("-activity__starts_at", "-pk")
    )
    entries = list(CreditEntry.objects.filter(clinician__in=whole).select_related("system"))
    ledger = sums_by_registration(entries)
    units = {e.registration_id: e.system.name for e in entries}
    held = {
        c.registration_id: c
        for c in Certificate.objects.filter(clinician__in=whole).current_versions().order_by("pk")
    }
    totals: dict[str, Decimal] = {}
    for entry in entries:
        totals[entry.system.name] = totals.get(entry.system.name, Decimal(0)) + entry.amount
    return OwnLearning(
        tuple(
            OwnActivity(r, ledger.get(r.pk, Decimal(0)), units.get(r.pk, ""), held.get(r.pk))
            for r in registrations
        ),
        tuple(sorted(totals.items())),
    )


def systems_to_offer(activity: Activity) -> list[CreditSystem]:
    """The credit systems in force on the day of an activity that it does not offer yet."""
    offered = CreditOffer.objects.of(activity).values("system")
    systems = CreditSystem.objects.in_force(activity.wall_starts.date()).designated_by_providers()
    return list(systems.exclude(pk__in=offered))


def all_systems() -> list[CreditSystem]:
    """Every version of every credit system that the product ships."""
    return list(CreditSystem.objects.in_order())


def versions_of(certificate: Certificate) -> list[Certificate]:
    """Every version of a certificate's number, the latest first."""
    return list(Certificate.objects.of_registration(certificate.registration).with_facts())


def entries_of(registration: Registration) -> list[CreditEntry]:
    """What the ledger holds of one registration, in order."""
    return list(CreditEntry.objects.of_registration(registration).select_related("system"))
