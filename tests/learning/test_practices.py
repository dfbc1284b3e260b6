"""What a colleague shares: answered, sent, judged by somebody else, taken up once each."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import now

from symposia.assessment.queries.levels import outcomes_of
from symposia.learning.actions.adoptions import adopt_practice, take_back_adoption
from symposia.learning.actions.contributions import Said, comment_on_practice
from symposia.learning.actions.practice_decisions import publish_practice, return_practice
from symposia.learning.actions.practices import (
    Identifier,
    answer_identifier,
    change_practice,
    draft_practice,
    send_practice,
    withdraw_practice,
)
from symposia.learning.discussing import voice_of_place
from symposia.learning.models import Adopting, Adoption, Practice, PracticeDecision
from symposia.learning.practice_rules import digest_of_practice
from symposia.learning.sharing import checked, left_open, practices_for
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.discussing import practice_of, published_practice, sent_practice, words
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db
HANDS = 8


def refusal(act, *given, **named):
    with pytest.raises(Refused) as refused:
        act(*given, **named)
    return refused.value.objection.code


def seen(practice):
    return {"seen_sha256": digest_of_practice(practice), "by": SYSTEM}


@pytest.fixture
def place(organisation):
    return RegistrationFactory()


@pytest.fixture
def colleague(place):
    return RegistrationFactory(activity=ActivityFactory(state="open"))


def test_nothing_is_sent_before_everything_found_in_it_is_answered(place):
    voice = voice_of_place(place)
    practice = practice_of(
        place, done="Mr Paul Bose was seen on 2024-03-12.", setting="Dr Watts wrote the score."
    )

    with pytest.raises(Refused) as refused:
        send_practice(practice, voice, by=SYSTEM)
    assert refused.value.objection.code == "identifiers_left"
    assert "“Mr Paul Bose”, “2024-03-12”, “Dr Watts”" in str(refused.value)

    for one in left_open(checked(practice)):
        is_patient = one.field == "done"
        practice = answer_identifier(
            practice,
            voice,
            Identifier(*one.key),
            removed=is_patient,
            reason="" if is_patient else "An author, no patient.",
            by=SYSTEM,
        )
    assert practice.done == "[…] was seen on […]."
    assert send_practice(practice, voice, by=SYSTEM).state == "waiting"


def test_an_answer_says_why_and_is_about_what_stands_there(place):
    voice, practice = voice_of_place(place), practice_of(place, setting="Dr Watts wrote it.")
    (one,) = left_open(checked(practice))
    named = Identifier(*one.key)

    answer = {"removed": False, "by": SYSTEM}
    assert refusal(answer_identifier, practice, voice, named, **answer) == "why_no_patient"
    gone = Identifier("name", "done", "Dr Watts")
    assert refusal(answer_identifier, practice, voice, gone, **answer) == "no_such_finding"


def test_what_is_written_anew_is_answered_anew(place):
    voice, practice = voice_of_place(place), practice_of(place, setting="Dr Watts wrote it.")
    (one,) = left_open(checked(practice))
    answer_identifier(
        practice, voice, Identifier(*one.key), removed=False, reason="An author", by=SYSTEM
    )
    facts = words(setting="Dr Watts wrote it, Mrs Ann Day was seen.")

    practice = change_practice(practice, voice, facts, seen_version=1, by=SYSTEM)

    assert [each.quoted for each in left_open(checked(practice))] == ["Mrs Ann Day"]


def test_whoever_has_no_place_shares_nothing_and_says_what_was_done(organisation, place):
    queued = RegistrationFactory(state="queued")

    assert refusal(draft_practice, queued, words(), by=SYSTEM) == "discussion_without_place"
    assert refusal(draft_practice, place, words(done=" "), by=SYSTEM) == "practice_words"


def test_only_its_author_writes_sends_and_takes_back(place, colleague):
    practice, stranger = practice_of(place), voice_of_place(colleague)
    facts = words()

    for act, more in (
        (change_practice, (facts,)),
        (send_practice, ()),
        (withdraw_practice, ()),
    ):
        version = {"seen_version": 1} if act is change_practice else {}
        assert refusal(act, practice, stranger, *more, by=SYSTEM, **version) == "not_author"


def test_what_is_sent_does_not_change_and_is_not_sent_twice(place):
    practice, voice = sent_practice(place), voice_of_place(place)

    changed = {"seen_version": 1, "by": SYSTEM}
    assert refusal(change_practice, practice, voice, words(), **changed) == "practice_sent"
    assert refusal(send_practice, practice, voice, by=SYSTEM) == "practice_not_to_send"


def test_an_editor_publishes_exactly_what_was_read_and_never_the_own(place):
    practice = sent_practice(place)
    user = UserFactory()
    place.clinician.user = user
    place.clinician.save()

    own = {"seen_sha256": digest_of_practice(practice), "by": user.actor()}
    assert refusal(publish_practice, practice, **own) == "own_practice"
    assert refusal(return_practice, practice, "No", by=user.actor()) == "own_practice"
    other = {"seen_sha256": "something else", "by": SYSTEM}
    assert refusal(publish_practice, practice, **other) == "practice_changed"
    publish_practice(practice, **seen(practice))
    assert refusal(publish_practice, practice, **seen(practice)) == "practice_not_waiting"
    assert Delivery.objects.get(template_code="learning.practice_decided").to_name
    assert PracticeDecision.objects.get().sha256 == digest_of_practice(practice)


def test_it_comes_back_with_words_and_goes_again(place, colleague):
    practice, voice = sent_practice(place), voice_of_place(place)

    assert refusal(return_practice, practice, " ", by=SYSTEM) == "words_for_author"
    return_practice(practice, "Say how many.", by=SYSTEM)
    facts = words(result="31 of 36.")
    changed = change_practice(practice, voice, facts, seen_version=1, by=SYSTEM)
    assert (changed.state, changed.decided_because) == ("returned", "Say how many.")
    again = send_practice(changed, voice, by=SYSTEM)
    publish_practice(again, **seen(again))
    assert list(practices_for(colleague)) == [again]
    return_practice(again, "A ward can be recognised.", by=SYSTEM)
    assert list(practices_for(colleague)) == []


def test_colleagues_of_the_same_mode_read_it_and_no_others(place, colleague):
    practice = published_practice(place)
    promoted = RegistrationFactory(activity=ActivityFactory(state="open", mode="promotional"))

    assert list(practices_for(colleague)) == [practice]
    assert list(practices_for(promoted)) == []
    kind = Adopting.TRYING
    code = refusal(adopt_practice, practice, promoted, kind, by=SYSTEM)
    assert code == "practice_not_published"


def test_a_colleague_takes_it_up_once_and_may_come_further(place, colleague):
    practice = published_practice(place)

    adopt_practice(practice, colleague, Adopting.TRYING, by=SYSTEM)
    adopt_practice(practice, colleague, Adopting.DOING, "Since Monday", by=SYSTEM)

    assert [(each.kind, each.note) for each in Adoption.objects.all()] == [
        ("doing", "Since Monday")
    ]
    assert refusal(adopt_practice, practice, place, Adopting.DOING, by=SYSTEM) == "own_adoption"
    take_back_adoption(practice, colleague, by=SYSTEM)
    assert refusal(take_back_adoption, practice, colleague, by=SYSTEM) == "not_adopted"


def test_the_same_person_by_another_place_is_one(place, colleague):
    practice = published_practice(place)
    again = RegistrationFactory(clinician=colleague.clinician)

    for each in (colleague, again):
        adopt_practice(practice, each, Adopting.TRYING, by=SYSTEM)

    assert Adoption.objects.count() == 1


def test_the_database_keeps_a_second_adoption_out(place, colleague):
    """The negative control of the race: without the lock a second row is still impossible."""
    practice = published_practice(place)
    adopt_practice(practice, colleague, Adopting.TRYING, by=SYSTEM)

    with pytest.raises(IntegrityError), transaction.atomic():
        Adoption.objects.create(
            activity=practice.activity,
            practice=practice,
            registration=colleague,
            clinician=colleague.clinician,
            kind="doing",
        )


@pytest.mark.django_db(transaction=True)
def test_many_hands_of_one_person_take_it_up_once():
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        practice, colleague = published_practice(), RegistrationFactory()
    start = threading.Barrier(HANDS)

    def hand(number):
        kind = Adopting.DOING if number % 2 else Adopting.TRYING
        try:
            start.wait()
            with acting_in(organisation.pk):
                return adopt_practice(practice, colleague, kind, by=SYSTEM).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        made = set(pool.map(hand, range(HANDS)))

    with acting_in(organisation.pk):
        assert made == {Adoption.objects.get().pk}


def test_colleagues_comment_on_what_is_published(place, colleague):
    practice, voice = published_practice(place), voice_of_place(colleague)

    comment_on_practice(practice, voice, Said("At night too?"), by=SYSTEM)
    withdraw_practice(practice, voice_of_place(place), by=SYSTEM)

    late = refusal(comment_on_practice, practice, voice, Said("And now?"), by=SYSTEM)
    assert late == "practice_not_read"


def test_what_it_came_to_stands_among_the_outcomes_of_its_activity(place):
    practice = published_practice(place)
    for kind in (Adopting.DOING, Adopting.DOING, Adopting.DOING, Adopting.TRYING):
        adopt_practice(practice, RegistrationFactory(), kind, by=SYSTEM)

    figures = {each.name: each for each in outcomes_of(practice.activity, now()).figures}

    does, tries = figures["Do a shared practice too"], figures["Will try a shared practice"]
    assert (does.level, does.people, does.value) == ("performance", 3, 3.0)
    assert (tries.people, tries.value, tries.is_kept_back) == (1, None, True)


def test_a_practice_of_another_organisation_does_not_exist(place):
    other = OrganisationFactory()
    with acting_in(other.pk):
        foreign = published_practice(RegistrationFactory(clinician=ClinicianFactory()))

    assert not Practice.objects.filter(pk=foreign.pk).exists()
