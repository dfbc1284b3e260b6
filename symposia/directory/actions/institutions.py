"""Where people work, as it is called and where it stands: added and corrected by hand."""

from dataclasses import asdict, dataclass

from django.db import transaction

from symposia.audit.actions import record
from symposia.directory.actions.clinicians import add_institution
from symposia.directory.actions.own_values import say_own
from symposia.directory.models import Institution, InstitutionKind
from symposia.directory.owning import Own
from symposia.directory.policies.institutions import objection_to_institution
from symposia.directory.policies.own import objection_to_missing
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class InstitutionFacts:
    """What a house is called, what it is and where it stands."""

    name: str
    kind: str = InstitutionKind.HOSPITAL
    city: str = ""
    region: str = ""
    country: str = ""


@transaction.atomic
def enter_institution(facts: InstitutionFacts, *, by: Actor, own: Own | None = None) -> Institution:
    """Note a house where nobody is known yet to work, with what fields of one's own say."""
    facts = _plain(facts)

    refuse_if(objection_to_institution(facts.name, facts.country, _same(facts)))
    refuse_if(objection_to_missing(own or {}))

    institution = add_institution(by=by, **asdict(facts))
    if own:
        say_own(institution, own, by=by)
    return institution


@transaction.atomic
def change_institution(
    institution: Institution, facts: InstitutionFacts, *, by: Actor, own: Own | None = None
) -> Institution:
    """Correct what is said of a house; whoever works there is known by it at once."""
    facts, same = _plain(facts), _same(facts)
    institution = Institution.objects.locked(institution.pk)
    other = same if same and same.pk != institution.pk else None

    refuse_if(objection_to_institution(facts.name, facts.country, other))

    said = {
        name: value for name, value in asdict(facts).items() if value != getattr(institution, name)
    }
    if said:
        changes = [
            {"field": name, "was": str(getattr(institution, name)), "now": str(value)}
            for name, value in said.items()
        ]
        for name, value in said.items():
            setattr(institution, name, value)
        institution.save(update_fields=list(said))
        record(by, "institution.changed", institution, details={"changes": changes})
    if own:
        say_own(institution, own, by=by)
    return institution


def _plain(facts: InstitutionFacts) -> InstitutionFacts:
    said = {name: " ".join(str(value).split()) for name, value in asdict(facts).items()}
    return InstitutionFacts(**said | {"country": said["country"].upper()})


def _same(facts: InstitutionFacts) -> Institution | None:
    plain = _plain(facts)
    return Institution.objects.named(plain.name, plain.city)
