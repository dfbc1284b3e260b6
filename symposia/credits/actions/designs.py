from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.models import Organisation
from symposia.audit.actions import record
from symposia.credits.designs import Design, design_in
from symposia.credits.events import CertificatesRedesigned
from symposia.credits.models import CertificateDesign
from symposia.credits.policies import objection_to_design, objection_to_length
from symposia.credits.samples import pages_of
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@transaction.atomic
def design_certificates(
    organisation: Organisation, design: Design, *, by: Actor
) -> CertificateDesign:
    """Have certificates look so from now on; those that were issued keep the look they have."""
    rows = Organisation.objects.select_for_update(of=("self",), no_key=True)
    organisation = rows.get(pk=organisation.pk)
    before = CertificateDesign.objects.present()
    if before is not None and design_in(before) == design:
        return before

    refuse_if(objection_to_design(design))
    refuse_if(objection_to_length(pages_of(organisation, design)))

    made = CertificateDesign.objects.create(
        **design.as_row(),
        number=before.number + 1 if before else 1,
        made_by_name=by.name,
        made_at=now(),
    )
    record(by, "certificate_design.made", made)
    announce(CertificatesRedesigned(made.number))
    return made
