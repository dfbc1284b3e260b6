import threading

import pytest
from django.db import connection

from symposia.accounts.models import Role
from symposia.shared.tenancy import acting_in
from symposia.work.models import AnsweredRequest
from symposia.work.once import Answer, OtherBody, answer_once
from tests.factories.accounts import OrganisationFactory


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("clients", [2, 8])
def test_the_same_request_at_the_same_time_is_done_once(clients):
    organisation = OrganisationFactory()
    start, answers = threading.Barrier(clients), []

    def send():
        start.wait()
        with acting_in(organisation.pk):
            answers.append(answer_once("person:1", "k", "h", work))
        connection.close()

    def work():
        Role.objects.create(code=f"made-{len(answers)}", name="Made", description="")
        return Answer(201, "made")

    threads = [threading.Thread(target=send) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {answer.body for answer, _again in answers} == {"made"}
    assert sorted(again for _answer, again in answers) == [False] + [True] * (clients - 1)
    with acting_in(organisation.pk):
        assert Role.objects.filter(name="Made").count() == 1


@pytest.mark.django_db
def test_a_key_used_for_something_else_is_refused(organisation):
    answer_once("person:1", "k", "one", lambda: Answer(200, ""))

    with pytest.raises(OtherBody):
        answer_once("person:1", "k", "another", lambda: Answer(200, ""))


@pytest.mark.django_db
def test_two_actors_may_use_the_same_key(organisation):
    answer_once("person:1", "k", "one", lambda: Answer(200, "a"))

    answer, again = answer_once("person:2", "k", "one", lambda: Answer(200, "b"))

    assert (answer.body, again) == ("b", False)


@pytest.mark.django_db
def test_a_refused_request_does_not_use_up_its_key(organisation):
    answer_once("person:1", "k", "one", lambda: Answer(422, "wrong"))

    answer, again = answer_once("person:1", "k", "two", lambda: Answer(200, "right"))

    assert (answer.body, again) == ("right", False)
    assert AnsweredRequest.objects.count() == 1
