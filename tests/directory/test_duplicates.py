import pytest

from benchmarks.dedupe import directory_of
from benchmarks.noisy_people import noisy_people
from symposia.audit.verification import verify_journal
from symposia.directory.actions.duplicates import keep_pairs, put_side_by_side, tell_apart
from symposia.directory.actions.merging import merge_clinicians
from symposia.directory.duplicates.finding import LEAST, Found, NotCompared, among, of_newcomers
from symposia.directory.duplicates.model import OUTCOMES
from symposia.directory.duplicates.words import REASONS, speaks_against, speaks_for
from symposia.directory.models import Clinician, PossibleDuplicate
from symposia.directory.tasks import look_for_duplicates, start_looking
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.work.models import Job
from tests.factories.directory import ClinicianFactory


def test_of_a_noisy_directory_nearly_all_are_found_and_nearly_nobody_wrongly(organisation):
    truth = directory_of(noisy_people(1_500, seed=11))

    found = {(pair.first, pair.second) for pair in among(Clinician.objects.active())}

    right = len(found & truth)
    assert len(truth) > 100
    assert right / len(truth) >= 0.95
    assert right / len(found) >= 0.99


def test_a_pair_says_why(organisation):
    one = ClinicianFactory(full_name="Asha Kulkarni", email="asha.k@example.org", npi=False)
    other = ClinicianFactory(full_name="A. Kulkarni", email="asha.k@example.org", city="Pune")
    ClinicianFactory(full_name="Noor Quist")

    (pair,) = among(Clinician.objects.active())

    assert {pair.first, pair.second} == {one.pk, other.pk}
    assert pair.probability >= LEAST
    assert speaks_for(pair.reasons)[:2] == ["name with initials or fewer words", "same e-mail"]
    assert "other place" not in speaks_for(pair.reasons)


def test_two_numbers_of_one_register_speak_against_it(organisation):
    for _ in range(2):
        ClinicianFactory(full_name="Asha Kulkarni", email="", phone="")

    found = among(Clinician.objects.active(), least=0.0001)

    assert all("other number of the same register" in speaks_against(p.reasons) for p in found)
    assert all(pair.probability < LEAST for pair in found)


def test_every_outcome_has_its_words():
    possible = {
        f"{name}:{word}"
        for name, (_nothing, outcomes) in OUTCOMES.items()
        for word in [*(word for word, _condition in outcomes), "different"]
    }

    assert possible == set(REASONS)


def test_a_newcomer_is_compared_with_whoever_shares_something(organisation):
    known = ClinicianFactory(full_name="Asha Kulkarni", email="asha.k@example.org")
    ClinicianFactory(full_name="Noor Quist")
    newcomer = ClinicianFactory(full_name="Kulkarni Asha", email="asha.k@example.org", npi=False)

    (pair,) = of_newcomers([newcomer])

    assert {pair.first, pair.second} == {known.pk, newcomer.pk}


def test_a_comparison_of_nobody_finds_nobody(organisation):
    assert among(Clinician.objects.active()) == []


def test_a_comparison_that_broke_is_an_error_and_not_an_answer(organisation, monkeypatch):
    monkeypatch.setattr("symposia.directory.duplicates.finding.MEMORY", "no memory")
    ClinicianFactory.create_batch(2)

    with pytest.raises(NotCompared):
        among(Clinician.objects.active())


def found(one, other, probability=0.9):
    first, second = sorted([one.pk, other.pk])
    return Found(first, second, probability, ["name:same"])


def test_what_somebody_decided_stays_decided_and_what_is_gone_is_not_asked(organisation):
    one, other, third = ClinicianFactory.create_batch(3, npi=False)
    everything = [found(one, other), found(one, third), found(other, third)]
    assert keep_pairs(everything, everybody=True, by=SYSTEM) == 3
    by_hand = put_side_by_side(one, third, by=SYSTEM)
    apart = PossibleDuplicate.objects.of(one, other).get()
    tell_apart(apart, reason="Sisters", by=SYSTEM)

    assert keep_pairs([found(one, other), found(one, third, 0.8)], everybody=True, by=SYSTEM) == 0

    assert set(PossibleDuplicate.objects.all()) == {apart, by_hand}
    apart.refresh_from_db()
    by_hand.refresh_from_db()
    assert (apart.state, by_hand.probability) == ("distinct", 0.8)
    assert verify_journal().faults == []


def test_two_people_stay_two_when_one_of_them_is_merged_into_a_third(organisation):
    one, other, third = ClinicianFactory.create_batch(3, npi=False)
    tell_apart(put_side_by_side(one, other, by=SYSTEM), reason="Sisters", by=SYSTEM)
    merge_clinicians(third, other, by=SYSTEM)

    assert keep_pairs([found(one, third)], by=SYSTEM) == 0
    assert not PossibleDuplicate.objects.to_decide().exists()


def test_a_record_is_not_its_own_double_and_two_people_need_a_reason(organisation):
    one, other = ClinicianFactory.create_batch(2, npi=False)
    with pytest.raises(Refused):
        put_side_by_side(one, one, by=SYSTEM)
    pair = put_side_by_side(one, other, by=SYSTEM)
    assert put_side_by_side(other, one, by=SYSTEM) == pair

    with pytest.raises(Refused, match="Write how you know"):
        tell_apart(pair, reason=" ", by=SYSTEM)
    merge_clinicians(one, other, by=SYSTEM)
    with pytest.raises(Refused, match="undo the merge instead"):
        tell_apart(pair, reason="Sisters", by=SYSTEM)


def test_the_job_keeps_what_it_finds(organisation):
    for name in ("Asha Kulkarni", "Kulkarni Asha"):
        ClinicianFactory(full_name=name, email="asha.k@example.org", npi=False)
    start_looking(by=SYSTEM, href="")
    job = Job.objects.get()

    look_for_duplicates.work(organisation.pk, str(job.pk))

    job.refresh_from_db()
    assert (job.state, PossibleDuplicate.objects.count()) == ("done", 1)
