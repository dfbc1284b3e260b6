"""A signature stands under exactly what was signed: whatever is flipped, it falls (G3)."""

import copy
import uuid
from datetime import datetime, timedelta

import pytest

from symposia.approvals.models import Decision, RequestVersion
from symposia.approvals.signing import fault_of
from tests.factories.accounts import member
from tests.factories.approvals import sign, submitted

pytestmark = pytest.mark.nightly
FACTS = {
    "title": "Acute stroke update",
    "venue": {"name": "Hotel Raigad View", "country": "IN", "rooms": 2},
    "doctors": 12,
    "is_hybrid": True,
    "price": None,
    "faculty": [{"id": "a", "name": "Dr Rao"}, {"id": "b", "name": "Dr Kulkarni"}],
    "files": [{"name": "agenda.pdf", "sha256": "9f3c" * 16}, {"name": "cv.pdf", "sha256": "00"}],
}
# The row's own bookkeeping: which organisation and request it hangs on is tried by itself.
OWN = {"id", "organisation", "request"}


@pytest.fixture
def signed(organisation):
    asked = submitted(organisation, frozen=FACTS)
    decision = sign(asked, member(organisation, "compliance_officer"), organisation)
    return Decision.objects.select_related("request").get(pk=decision.pk)


@pytest.fixture
def kept(signed):
    return RequestVersion.objects.get(request=signed.request, version=signed.version)


def flips(value):
    """Every value that is one step away from another."""
    match value:
        case bool():
            yield not value
        case None:
            yield "something"
        case int():
            yield from (value + 1, value - 1, str(value))
        case str():
            for place in range(len(value)):
                for bit in (1, 4, 32):
                    yield value[:place] + chr(ord(value[place]) ^ bit) + value[place + 1 :]
            yield from (value + " ", value[:-1], value[1:], value.upper(), "")
        case uuid.UUID():
            for place in range(128):
                yield uuid.UUID(int=value.int ^ (1 << place))
        case datetime():
            yield from (value + timedelta(microseconds=1), value - timedelta(days=1))


def altered(facts, path=()):
    """Every fact with one part flipped, renamed, taken away, added or put elsewhere."""
    items = facts.items() if isinstance(facts, dict) else enumerate(facts)
    for name, item in list(items):
        if isinstance(item, dict | list):
            for changed in altered(item):
                yield _with(facts, name, changed)
        else:
            for changed in flips(item):
                if changed != item or type(changed) is not type(item):
                    yield _with(facts, name, changed)
        less = copy.deepcopy(facts)
        del less[name]
        yield less
    if isinstance(facts, list):
        yield facts[::-1]
        yield [*facts, {"name": "one.pdf", "sha256": "1"}]
    else:
        yield {**facts, "more": 1}
        for name in facts:
            yield {(f"{key}x" if key == name else key): value for key, value in facts.items()}


def _with(facts, name, changed):
    made = copy.deepcopy(facts)
    made[name] = changed
    return made


def test_every_byte_of_every_field_of_a_signature_is_bound(signed, kept):
    tried, stands = 0, []
    for field in Decision._meta.concrete_fields:
        if field.name in OWN:
            continue
        was = getattr(signed, field.attname)
        for changed in flips(was):
            if changed == was:
                continue
            setattr(signed, field.attname, changed)
            tried += 1
            if fault_of(signed, signed.request, kept) is None:
                stands.append((field.name, changed))
        setattr(signed, field.attname, was)

    assert fault_of(signed, signed.request, kept) is None
    assert tried > 800
    assert stands == []


def test_every_part_of_what_was_signed_is_bound(signed, kept):
    tried, stands, was = 0, [], kept.frozen
    for changed in altered(was):
        if changed == was:
            continue
        kept.frozen = changed
        tried += 1
        if fault_of(signed, signed.request, kept) is None:
            stands.append(changed)

    kept.frozen = was
    assert fault_of(signed, signed.request, kept) is None
    assert tried > 300
    assert stands == []


def test_a_signature_is_worth_nothing_under_another_subject(organisation, signed, kept):
    other = submitted(organisation, frozen=FACTS)
    for name in ("id", "number", "subject_id", "subject_type"):
        request = copy.copy(signed.request)
        setattr(request, name, getattr(other, name) if name != "subject_type" else "plan")
        assert fault_of(signed, request, kept) is not None, name
    signed.organisation_id = uuid.uuid4()
    assert fault_of(signed, signed.request, kept) is not None
