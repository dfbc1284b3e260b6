from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.models import Organisation
from symposia.audit.actions import record
from symposia.credits.events import PaperKeyChanged
from symposia.credits.models import PaperKey
from symposia.credits.paper_keys import NewPaperKey, bought_key, own_key
from symposia.credits.policies import objection_to_paper_key
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@transaction.atomic
def provide_paper_key(organisation: Organisation, *, by: Actor) -> PaperKey:
    """The certificate that signs papers now; the organisation's own is made when it is needed."""
    if key := PaperKey.objects.present():
        return key
    organisation = _held(organisation)
    return PaperKey.objects.present() or _keep(own_key(organisation.name, now()), "", by=by)


@transaction.atomic
def change_paper_key(organisation: Organisation, *, reason: str, by: Actor) -> PaperKey:
    """Sign papers with a new certificate of our own from now on."""
    organisation = _held(organisation)
    fresh = own_key(organisation.name, now())

    refuse_if(objection_to_paper_key(fresh, at=now(), reason=reason))

    return _announced(_keep(fresh, reason, by=by))


@transaction.atomic
def bring_paper_key(
    organisation: Organisation, content: bytes, password: str, *, reason: str, by: Actor
) -> PaperKey:
    """Sign papers with a certificate that was bought, out of its PKCS #12 file."""
    _held(organisation)
    bought = bought_key(content, password)

    refuse_if(objection_to_paper_key(bought, at=now(), reason=reason))

    if bought is None:
        raise TypeError("no certificate, and no objection to it")
    return _announced(_keep(bought, reason, by=by))


def _keep(fresh: NewPaperKey, reason: str, *, by: Actor) -> PaperKey:
    before = PaperKey.objects.present()
    key = PaperKey.objects.create(
        **fresh.as_row(),
        number=before.number + 1 if before else 1,
        reason=reason[:300],
        made_by_name=by.name,
        made_at=now(),
    )
    record(by, "paper_key.made", key, reason=reason)
    return key


def _announced(key: PaperKey) -> PaperKey:
    announce(PaperKeyChanged(key.number))
    return key


def _held(organisation: Organisation) -> Organisation:
    """One certificate at a time."""
    rows = Organisation.objects.select_for_update(of=("self",), no_key=True)
    return rows.get(pk=organisation.pk)
