import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from symposia.audit.hashing import row_hash
from symposia.audit.models import Entry
from symposia.notifications.actions import (
    cancel_delivery,
    lift_suppression,
    queue_each,
    retry_delivery,
    suppress_address,
)
from symposia.notifications.actions.wordings import (
    Words,
    return_to_shipped_words,
    send_wording_test,
    use_wording,
    write_wording,
)
from symposia.notifications.messages import Message
from symposia.notifications.models import Delivery, State
from symposia.notifications.queries import suppressed_among, wording_of
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.notifications import VALUES, message

CODE = "notifications.test_message"


@pytest.mark.parametrize(
    "address",
    ["", "ada", "ada@", "a@b@example.org", "ada@example.org\nBcc: x@example.org", "a b@example.org",
     "ada@example.org, bob@example.org", "<ada@example.org>", "ada@example.org\x00"],
)  # fmt: skip
def test_what_is_no_single_address_is_refused(organisation, address):
    with pytest.raises(Refused) as refused:
        message(to_address=address)

    assert refused.value.objection.code == "bad_address"
    assert not Delivery.objects.exists()


def test_a_message_is_journalled_when_it_is_written(organisation):
    delivery = message()

    assert Entry.objects.get(action="message.queued").subject_id == delivery.pk


def test_another_organisation_does_not_see_it(organisation):
    message()

    with acting_in(OrganisationFactory().pk):
        assert not Delivery.objects.exists()


def test_a_waiting_message_can_be_kept_back(organisation, mail_server, send):
    delivery = cancel_delivery(message(), by=SYSTEM, reason="wrong date")

    assert delivery.state == State.CANCELLED
    send(delivery)
    assert mail_server.taken == []


def test_a_message_that_left_cannot_be_kept_back(organisation, mail_server, send):
    with pytest.raises(Refused) as refused:
        cancel_delivery(send(message()), by=SYSTEM)

    assert refused.value.objection.code == "too_late"


def test_only_a_failed_message_is_sent_again(organisation):
    with pytest.raises(Refused) as refused:
        retry_delivery(message(), by=SYSTEM)

    assert refused.value.objection.code == "not_failed"


def test_an_address_that_wants_no_more_is_remembered_once(organisation):
    suppress_address("Ada@Example.org", by=SYSTEM)
    suppress_address("ada@example.org", by=SYSTEM)

    assert suppressed_among(["ADA@example.org", "bob@example.org"]) == {"ada@example.org"}
    assert Entry.objects.filter(action="address.suppressed").count() == 1


def test_a_person_may_ask_to_be_invited_again(organisation):
    lift_suppression(suppress_address("ada@example.org", by=SYSTEM), by=SYSTEM, reason="asked")

    assert not suppressed_among(["ada@example.org"])


def worded(subject, body, language="en", preview=""):
    return write_wording(CODE, language, Words(subject, body, preview), by=SYSTEM)


def test_an_organisation_may_choose_its_words(organisation):
    use_wording(worded("Dear {name}", "Hello\n\n[Go]({reply_link})"), by=SYSTEM)

    assert message().subject == "Dear Dr Ada Moreno"
    assert "Nothing needs to be done" not in message().text
    with acting_in(OrganisationFactory().pk):
        assert "look" in wording_of(CODE, "en").subject


@pytest.mark.parametrize(
    ("subject", "body", "code"),
    [
        ("Dear {secret}", "[Go]({reply_link})", "unknown_placeholders"),
        ("Dear", "{name.__class__} {settings}\n\n[Go]({reply_link})", "unknown_placeholders"),
        ("Dear", "No way to answer", "lost_link"),
    ],
)
def test_words_that_would_break_the_message_are_refused(organisation, subject, body, code):
    with pytest.raises(Refused) as refused:
        worded(subject, body)

    assert refused.value.objection.code == code


def test_a_version_is_looked_at_before_anybody_gets_it(organisation):
    first = worded("Dear {name}", "Hello\n\n[Go]({reply_link})", preview="Soon")
    assert "look" in wording_of(CODE, "en").subject

    use_wording(first, by=SYSTEM)
    second = worded("Good day {name}", "Hello\n\n[Go]({reply_link})")
    said = wording_of(CODE, "en")

    assert (said.subject, said.preview) == ("Dear {name}", "Soon")
    assert (first.number, second.number) == (1, 2)
    assert Entry.objects.filter(action="wording.written").count() == 2
    with pytest.raises(Refused, match="in use already"):
        use_wording(first, by=SYSTEM)


def test_an_earlier_version_comes_back_and_so_do_the_shipped_words(organisation):
    first, second = worded("One", "[Go]({reply_link})"), worded("Two", "[Go]({reply_link})")
    use_wording(second, by=SYSTEM)
    template = use_wording(first, by=SYSTEM)
    assert wording_of(CODE, "en").subject == "One"

    return_to_shipped_words(template, by=SYSTEM)

    assert "look" in wording_of(CODE, "en").subject
    assert Entry.objects.filter(action="wording.given_up").count() == 1


def test_words_in_a_language_that_is_not_shipped_are_for_its_readers(organisation):
    hindi = worded("{activity}", "नमस्ते {name}\n\n[जवाब दें]({reply_link})", language="hi")
    use_wording(hindi, by=SYSTEM)

    assert message(language="hi").language == "hi"
    assert message(language="hi-IN").language == "hi"
    assert "नमस्ते" in message(language="hi").text
    assert message(language="en").language == "en"


def test_who_reads_a_language_without_words_gets_the_organisations(organisation):
    use_wording(worded("{activity}", "नमस्ते\n\n[जवाब दें]({reply_link})", language="hi"), by=SYSTEM)
    assert message(language="ta").language == "en"

    organisation.language = "hi"
    organisation.save()

    assert message(language="ta").language == "hi"
    assert message(language="").language == "hi"


def test_a_test_of_a_version_goes_to_oneself_alone(organisation):
    version = worded("Dear {name}", "Hello\n\n[Go]({reply_link})")
    values = {"name": "Dr Ada", "organisation": "Here", "reply_link": "https://x.example/"}

    sent = send_wording_test(version, values, to_address="me@example.org", by=SYSTEM)

    assert (sent.subject, sent.to_address) == ("Dear Dr Ada", "me@example.org")
    assert Entry.objects.get(action="wording.test_sent").details["message"] == str(sent.pk)


def test_many_letters_are_those_that_would_have_been_written_singly(
    organisation, django_assert_max_num_queries
):
    single = message(to_address="p0@example.org")
    told = {"template_code": single.template_code, "values": VALUES}
    wanted = [Message(to_address=f"p{n}@example.org", **told) for n in range(3)]
    with django_assert_max_num_queries(12):
        written = queue_each(wanted, by=SYSTEM)

    kept = [Delivery.objects.get(pk=each.pk) for each in written]
    assert [each.to_address for each in kept] == [f"p{n}@example.org" for n in range(3)]
    assert len({each.html for each in kept}) == 1
    lines = Entry.objects.filter(action="message.queued", subject_id__in=[e.pk for e in kept])
    assert {line.subject_id: line.row_hash for line in lines} == {
        each.pk: row_hash(each) for each in kept
    }
    assert (
        ProcrastinateJob.objects.filter(
            args__delivery_id__in=[str(each.pk) for each in kept]
        ).count()
        == 3
    )


def test_of_many_letters_none_is_written_where_one_has_no_address(organisation):
    told = {"template_code": message().template_code, "values": VALUES}
    wanted = [Message(to_address=to, **told) for to in ("a@example.org", "nobody")]

    with pytest.raises(Refused):
        queue_each(wanted, by=SYSTEM)

    assert not Delivery.objects.filter(to_address="a@example.org").exists()
