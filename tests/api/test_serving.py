from tests.api.test_activity_types import ask
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.curriculum import ObjectiveFactory

__all__ = ["ask"]


def test_a_session_works_on_an_objective_of_its_activity(ask):
    session, objective = SessionFactory(activity=ActivityFactory(state="draft")), ObjectiveFactory()
    here = f"/activities/{session.activity_id}"
    ask("put", f"{here}/objectives", {"objectives": [str(objective.pk)]})
    body = {"objectives": [str(objective.pk)]}

    served = ask("put", f"{here}/sessions/{session.pk}/objectives", body)

    assert served.json() == ask("get", f"{here}/objectives").json()
    assert served.json()[0]["sessions"] == [str(session.pk)]
    foreign = {"objectives": [str(ObjectiveFactory().pk)]}
    refused = ask("put", f"{here}/sessions/{session.pk}/objectives", foreign)
    assert refused.json()["code"] == "objective_not_taken_on"
