from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

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
    """The certificate that signs papers now; the organisation's own is made when it is needed: for
    the first paper, and when the one before has run out."""
    if key := _good():
        return key
    organisation = _held(organisation)
    if key := _good():
        return key
    before, own = PaperKey.objects.present(), own_key(organisation.name, now())
    if before is None:
        return _keep(own, "", by=by)
    why = _("The certificate before was good until %(day)s.") % {"day": f"{before.valid_until:%F}"}
    return _announced(_keep(own, why, by=by))


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


def _good() -> PaperKey | None:
    """The present certificate, while readers trust what it signs."""
    key = PaperKey.objects.present()
    return key if key and key.is_good(now()) else None


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
