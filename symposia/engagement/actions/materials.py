"""What may be given away after an activity: proposed, approved by a second person, withdrawn."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext

from symposia.accounts.queries import local_day, person_behind
from symposia.audit.actions import record
from symposia.engagement.models import ApprovedMaterial, MaterialState
from symposia.engagement.policies import (
    MaterialFacts,
    objection_to_approving,
    objection_to_proposing,
    objection_to_withdrawing_material,
)
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if
from symposia.work.files import store_file
from symposia.work.kinds import PDF
from symposia.work.models import StoredFile

PURPOSE = "material"


@transaction.atomic
def propose_material(facts: MaterialFacts, *, by: Actor) -> ApprovedMaterial:
    """Put the next version of a material before whoever approves it."""
    name = facts.name.strip()
    earlier = _versions_of(name)

    refuse_if(objection_to_proposing(facts, today=local_day()))

    made = ApprovedMaterial.objects.create(
        name=name,
        version=earlier[-1].version + 1 if earlier else 1,
        kind=facts.kind,
        wording=facts.wording.strip(),
        file=_kept(facts, by),
        address=facts.address,
        activity_id=facts.activity_id,
        modes=sorted(set(facts.modes)),
        valid_until=facts.valid_until,
        proposed_by_id=person_behind(by),
        proposed_by_name=by.name,
    )
    record(by, "material.proposed", made)
    return made


def _versions_of(name: str) -> list[ApprovedMaterial]:
    """Every version of a material, held: the next one is made, or approved, after the other."""
    rows = ApprovedMaterial.objects.filter(name=name)
    return list(rows.order_by("version").select_for_update(of=("self",)))


def _kept(facts: MaterialFacts, by: Actor) -> StoredFile | None:
    if not facts.content:
        return None
    name = facts.file_name or f"{facts.name}.pdf"
    return store_file(facts.content, name=name, content_type=PDF, purpose=PURPOSE, by=by)


@transaction.atomic
def approve_material(material: ApprovedMaterial, *, by: Actor) -> ApprovedMaterial:
    """Let representatives give a version away; the version before it ends with that."""
    versions = _versions_of(material.name)
    material = next(each for each in versions if each.pk == material.pk)

    refuse_if(objection_to_approving(material, person_behind(by), today=local_day()))

    for before in (each for each in versions if each.state == MaterialState.APPROVED):
        reason = gettext("Version %(version)s takes its place.") % {"version": material.version}
        before.move(MaterialState.WITHDRAWN, withdrawn_because=reason)
        record(by, "material.withdrawn", before, reason=reason)
    material.move(
        MaterialState.APPROVED,
        approved_at=now(),
        approved_by_id=person_behind(by),
        approved_by_name=by.name,
    )
    record(by, "material.approved", material)
    return material


@transaction.atomic
def withdraw_material(material: ApprovedMaterial, *, reason: str, by: Actor) -> ApprovedMaterial:
    """Give a version away no more, or never: links that were given open nothing from now on."""
    material = ApprovedMaterial.objects.locked(material.pk)

    refuse_if(objection_to_withdrawing_material(material, reason))

    material.move(MaterialState.WITHDRAWN, withdrawn_because=reason.strip())
    record(by, "material.withdrawn", material, reason=reason)
    return material
