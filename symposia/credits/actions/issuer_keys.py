from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.models import Organisation
from symposia.audit.actions import record
from symposia.credits.events import IssuerKeyChanged
from symposia.credits.issuer_keys import new_key
from symposia.credits.models import IssuerKey, KeyKind
from symposia.credits.policies import objection_to_changing_key
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@transaction.atomic
def provide_issuer_key(organisation: Organisation, *, by: Actor) -> IssuerKey:
    """The key that signs badges now; the first is made when somebody needs it."""
    if key := IssuerKey.objects.present():
        return key
    _hold(organisation)
    return IssuerKey.objects.present() or _make(KeyKind.PROOF, 1, "", by=by)


@transaction.atomic
def provide_token_key(organisation: Organisation, *, by: Actor) -> IssuerKey:
    """The key that signs tokens now; the first is made behind the first papers."""
    if key := IssuerKey.objects.present(KeyKind.TOKEN):
        return key
    _hold(organisation)
    return IssuerKey.objects.present(KeyKind.TOKEN) or _make(KeyKind.TOKEN, 1, "", by=by)


@transaction.atomic
def change_issuer_key(organisation: Organisation, *, reason: str, by: Actor) -> IssuerKey:
    """Sign badges with new keys from now on; what the earlier ones signed stays valid."""
    _hold(organisation)
    before = IssuerKey.objects.present()

    refuse_if(objection_to_changing_key(is_first=before is None, reason=reason))

    key = _make(KeyKind.PROOF, before.number + 1 if before else 1, reason, by=by)
    token = IssuerKey.objects.present(KeyKind.TOKEN)
    _make(KeyKind.TOKEN, token.number + 1 if token else 1, reason, by=by)
    announce(IssuerKeyChanged(key.number))
    return key


def _make(kind: KeyKind, number: int, reason: str, *, by: Actor) -> IssuerKey:
    fresh = new_key(kind)
    key = IssuerKey.objects.create(
        kind=kind,
        number=number,
        public_key=fresh.public_key,
        sealed_key=fresh.sealed_key,
        seed=fresh.seed,
        reason=reason[:300],
        made_by_name=by.name,
        made_at=now(),
    )
    record(by, "issuer_key.made", key, reason=reason)
    return key


def _hold(organisation: Organisation) -> None:
    """One key at a time."""
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
