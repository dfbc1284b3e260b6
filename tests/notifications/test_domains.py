"""A domain of one's own: what it publishes, what is found of it, and mail that leaves from it."""

from datetime import UTC, datetime, timedelta

import dkim
import pytest
import time_machine
from procrastinate.contrib.django.models import ProcrastinateJob

from symposia.audit.models import Entry
from symposia.notifications import name_servers
from symposia.notifications.actions.domains import (
    ask_for_check,
    give_up_sender_domain,
    set_sender_domain,
    settle_domain_check,
)
from symposia.notifications.models import Delivery, DomainState, SenderDomain
from symposia.notifications.sender import expected_of, sender_here, signing_key
from symposia.notifications.sender_records import Expected, Unanswered, findings_of
from symposia.notifications.tasks import check_sender_domain, look_at_sender_domains
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.notifications import message
from tests.fakes.name_server import NameServer

SPF = "include:spf.mail.example"


@pytest.fixture
def name_server(settings, monkeypatch):
    monkeypatch.setattr(name_servers, "SECONDS", 0.3)
    settings.MAIL_SPF = SPF
    with NameServer() as server:
        settings.DNS_SERVER = server.address
        yield server


def named(domain="events.harbour.example"):
    return set_sender_domain(domain, f"cme@{domain}", by=SYSTEM)


def publish(server, own):
    for each in expected_of(own).records:
        server.texts[each.name] = [each.value]


def check(own):
    check_sender_domain.run(str(own.organisation_id), domain_id=str(own.pk))
    own.refresh_from_db()
    return own


def problems(own):
    return {each["kind"]: each["problem"] for each in own.findings}


def refusal(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.objection.code


def test_a_domain_gets_a_key_whose_private_half_is_sealed(organisation, name_server):
    own = named()

    assert own.state == DomainState.NEW
    assert "PRIVATE" not in own.private_key
    assert "BEGIN RSA PRIVATE KEY" in signing_key(own).private
    entry = Entry.objects.get(action="sender_domain.set")
    assert entry.details == {"domain": own.domain, "from": own.from_address}
    assert ProcrastinateJob.objects.filter(args__domain_id=str(own.pk)).count() == 1


@pytest.mark.parametrize(
    ("domain", "address", "code"),
    [
        ("no domain", "a@no domain", "no_sender_domain"),
        ("localhost_", "a@localhost_", "no_sender_domain"),
        (f"{'a.' * 120}example", f"a@{'a.' * 120}example", "no_sender_domain"),
        ("harbour.example", "a@mail.harbour.example", "not_at_domain"),
        ("harbour.example", "no address", "not_at_domain"),
    ],
)
def test_what_mail_cannot_come_from_is_refused(organisation, domain, address, code):
    assert refusal(lambda: set_sender_domain(domain, address, by=SYSTEM)) == code
    assert not SenderDomain.objects.exists()


def test_a_domain_is_written_as_dns_has_it(organisation):
    own = set_sender_domain("@Fürth.Example.", "CME@Fürth.example", by=SYSTEM)

    assert own.domain == "xn--frth-0ra.example"
    assert own.from_address == "cme@xn--frth-0ra.example"


def test_mail_leaves_from_the_domain_once_its_records_hold(
    organisation, name_server, mail_server, send
):
    own = named()
    send(message())
    assert mail_server.taken[0]["From"].addresses[0].addr_spec == "noreply@localhost"
    assert mail_server.taken[0]["DKIM-Signature"] is None
    publish(name_server, own)

    assert check(own).state == DomainState.HOLDS

    delivery = send(message(to_name="Žofie Nováková", values={"name": "Žofie"}))
    signed, raw = mail_server.taken[1], mail_server.raw[1]
    assert signed["From"].addresses[0].addr_spec == own.from_address
    assert mail_server.senders == ["noreply@localhost", own.from_address]
    assert dkim.verify(raw, dnsfunc=name_server.lookup)
    assert not dkim.verify(raw.replace(b"Subject: ", b"Subject: Re: "), dnsfunc=name_server.lookup)
    assert not dkim.verify(raw + b"more\r\n", dnsfunc=name_server.lookup)
    sent = Entry.objects.get(action="message.sent", subject_id=delivery.pk)
    assert sent.details["from"] == own.from_address


def test_each_record_says_what_is_the_matter(organisation, name_server):
    own = check(named())
    assert problems(own) == {"SPF": "spf_missing", "DKIM": "dkim_missing", "DMARC": "dmarc_missing"}
    assert own.state == DomainState.FAILING

    name_server.texts = {
        own.domain: ["v=spf1 mx -all", "google-site-verification=1"],
        f"{own.selector}._domainkey.{own.domain}": ["v=DKIM1; k=rsa; p=AAAA"],
        f"_dmarc.{own.domain}": ["v=DMARC1; rua=mailto:a@harbour.example"],
    }
    assert problems(check(own)) == {
        "SPF": "spf_without_us",
        "DKIM": "dkim_other_key",
        "DMARC": "dmarc_without_policy",
    }
    for each, texts in name_server.texts.items():
        name_server.texts[each] = [texts[0], f"{texts[0]};"]
    assert problems(check(own)) == {
        "SPF": "spf_twice",
        "DKIM": "dkim_twice",
        "DMARC": "dmarc_twice",
    }


def found(texts, spf=SPF, domain="a.b.example"):
    expected = Expected(domain, "s", "KEY", spf)
    findings = findings_of(expected, lambda name: texts.get(name, []))
    return {each.kind: (each.name, each.problem) for each in findings}


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        (f"v=spf1 {SPF} ~all", ""),
        (f"V=SPF1 +{SPF.upper()} -all", ""),
        ("v=spf1 include:other.example -all", ""),
        ("v=spf1 redirect=other.example", ""),
        (f"v=spf1 -{SPF} -all", "spf_without_us"),
        (f"v=spf1 -all {SPF}", "spf_without_us"),
        ("v=spf1 include:loop.example -all", "spf_too_long"),
        (f"v=spf1 {SPF} {'a mx ' * 6} -all", "spf_too_long"),
        (f"v=spf10 {SPF}", "spf_missing"),
    ],
)
def test_spf_names_us_before_its_end_or_through_what_it_includes(record, problem):
    texts = {
        "a.b.example": [record],
        "other.example": [f"v=spf1 ip4:192.0.2.0/24 {SPF} -all"],
        "loop.example": ["v=spf1 include:loop.example -all"],
    }

    assert found(texts)["SPF"] == ("a.b.example", problem)


def test_the_dmarc_record_of_the_domain_above_counts(organisation):
    texts = {"_dmarc.b.example": ["v=DMARC1; p=none"], "_dmarc.example": ["v=DMARC1; p=reject"]}

    assert found(texts)["DMARC"] == ("_dmarc.b.example", "")
    assert found({"_dmarc.example": ["v=DMARC1; p=reject"]})["DMARC"][1] == "dmarc_missing"


def test_a_domain_whose_records_went_falls_back_and_administrators_hear_why(
    organisation, name_server, mail_server, send
):
    administrator = member(organisation, "administrator")
    own = named()
    publish(name_server, own)
    check(own)
    del name_server.texts[f"_dmarc.{own.domain}"]

    assert check(own).state == DomainState.FAILING

    assert sender_here().address == "noreply@localhost"
    told = Delivery.objects.get(template_code="accounts.sender_domain")
    assert told.to_address == administrator.email
    assert "There is no DMARC record." in told.text
    assert check(own).state == DomainState.FAILING
    assert Delivery.objects.filter(template_code="accounts.sender_domain").count() == 1
    send(told)
    assert mail_server.senders == ["noreply@localhost"]
    said = Entry.objects.filter(action__startswith="sender_domain.").values_list(
        "action", flat=True
    )
    assert sorted(said) == ["sender_domain.failing", "sender_domain.holds", "sender_domain.set"]


def test_silent_name_servers_change_nothing_for_three_days(organisation, name_server):
    with time_machine.travel(datetime(2027, 1, 11, 9, tzinfo=UTC), tick=True) as clock:
        own = named()
        publish(name_server, own)
        check(own)
        name_server.silent.add(own.domain)
        clock.shift(timedelta(days=2))

        assert check(own).state == DomainState.HOLDS
        assert own.unanswered_at
        clock.shift(timedelta(days=2))
        assert check(own).state == DomainState.FAILING
        assert problems(own) == {"DKIM": "unanswered"}
        name_server.silent.clear()
        assert check(own).state == DomainState.HOLDS
        assert own.unanswered_at is None


def test_a_name_server_that_says_nothing_of_a_name_is_not_silent(name_server):
    name_server.texts["empty.example"] = []
    name_server.silent.add("silent.example")

    assert name_servers.texts_of("empty.example") == []
    assert name_servers.texts_of("nowhere.example") == []
    with pytest.raises(Unanswered):
        name_servers.texts_of("silent.example")


def test_a_key_that_cannot_be_opened_signs_nothing(organisation, name_server, settings):
    own = named()
    publish(name_server, own)
    check(own)
    settings.SECRET_KEY = "another key of the installation"

    assert sender_here().key is None
    assert problems(check(own))["DKIM"] == "dkim_key_lost"


def test_a_domain_is_looked_at_once_a_day(organisation, name_server):
    asked = ProcrastinateJob.objects.filter(task_name="notifications.check_sender_domain")
    with time_machine.travel(datetime(2027, 1, 11, 9, tzinfo=UTC), tick=False) as clock:
        own = named()
        publish(name_server, own)
        check(own)
        before = asked.count()
        look_at_sender_domains()
        assert asked.count() == before
        clock.shift(timedelta(hours=25))
        look_at_sender_domains()
        assert asked.count() == before + 1


def test_one_check_at_a_time_and_none_of_a_domain_set_anew(organisation, name_server):
    own = named()
    assert refusal(lambda: ask_for_check(own, by=SYSTEM)) == "check_asked"
    check(own)
    ask_for_check(own, by=SYSTEM)

    selector = own.selector
    with time_machine.travel(datetime(2099, 1, 1, tzinfo=UTC)):
        again = named("other.example")
    assert again.pk == own.pk
    assert again.selector != selector
    assert settle_domain_check(own.pk, selector, []) is None
    again.refresh_from_db()
    assert again.state == DomainState.NEW


def test_a_domain_given_up_is_gone_with_its_keys(organisation, name_server):
    own = named()
    publish(name_server, own)
    check(own)

    give_up_sender_domain(own, by=SYSTEM)

    assert sender_here().address == "noreply@localhost"
    check_sender_domain.run(str(organisation.pk), domain_id=str(own.pk))
    assert Entry.objects.filter(action="sender_domain.given_up").count() == 1


def test_another_organisation_sends_from_its_own_address(organisation, name_server):
    own = named()
    publish(name_server, own)
    check(own)

    with acting_in(OrganisationFactory().pk):
        assert sender_here().address == "noreply@localhost"
        assert not SenderDomain.objects.exists()
