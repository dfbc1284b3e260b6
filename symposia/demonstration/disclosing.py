"""What those in control of an activity's content disclose, and what is done about it."""

from django.utils.text import slugify

from symposia.accounts.models import User
from symposia.activities.actions.content_reviews import (
    ReviewFacts,
    Upload,
    comment_on_slide,
    expect_content,
    hand_in_content,
    review_content,
)
from symposia.activities.actions.disclosures import (
    DeclaredRelationship,
    DisclosureFacts,
    Judgement,
    decide_relevance,
    give_disclosure,
    mitigate_relationship,
)
from symposia.activities.actions.faculty_invitations import (
    answer_faculty_invitation,
    invite_faculty,
    say_travel,
    write_biography,
)
from symposia.activities.actions.team import (
    add_team_member,
    enter_contributor,
    enter_own_contributor,
)
from symposia.activities.control import latest_disclosure, relationships_of
from symposia.activities.models import (
    Activity,
    Contributor,
    FacultyInvitation,
    TeamRole,
    Verdict,
)
from symposia.activities.queries import faculty_of
from symposia.activities.standards.reading import review_questions
from symposia.shared.actors import Actor

NOTHING = DisclosureFacts(nothing=True, attested=True)
CONSULTS = DisclosureFacts(
    nothing=False,
    relationships=[DeclaredRelationship("Northwind Biologics", "consultant")],
    attested=True,
)
SLIDES = b"%PDF-1.7\n1 0 obj << /Type /Pages /Kids [] /Count 12 >> endobj\n%%EOF"
WHY = "The company makes a medicine that the session discusses."


def disclose_all(activity: Activity, lead: User) -> None:
    """The lead plans; the faculty disclose by their own links, the last of them a relationship."""
    by = lead.actor()
    planner = enter_own_contributor(lead, by=by)
    _disclose(planner, NOTHING, by)
    add_team_member(activity, planner, role=TeamRole.PLANNER, by=by)
    people = [
        enter_contributor(
            clinician=each.clinician, name=each.name, email=_address_of(each.name), by=by
        )
        for each in faculty_of(activity)
    ]
    for person in dict.fromkeys(people):
        said = CONSULTS if person == people[-1] and person != people[0] else NOTHING
        _disclose(person, said, Actor("link", person.pk, person.name))
        _mitigate(activity, person, by)


def review_all(activity: Activity, lead: User, officer: User) -> None:
    """The first of the faculty is asked, hands in slides; the officer reviews and releases them."""
    first = faculty_of(activity)[0]
    by = lead.actor()
    person = enter_contributor(
        clinician=first.clinician, name=first.name, email=_address_of(first.name), by=by
    )
    item = expect_content(
        activity, person, f"Slides: {first.session.title}", session=first.session, by=by
    )
    if person.email:
        _answer(invite_faculty(activity, person, by=by))
    version = hand_in_content(item, Upload("slides.pdf", SLIDES), by=by)
    reviewer = enter_own_contributor(officer, by=officer.actor())
    _disclose(reviewer, NOTHING, officer.actor())
    add_team_member(activity, reviewer, role=TeamRole.REVIEWER, by=by)
    comment_on_slide(version, slide=2, text="The trial is cited: good.", by=officer.actor())
    checklist = {question.code: "yes" for question in review_questions()}
    review_content(version, ReviewFacts(Verdict.ACCEPTED, checklist), by=officer.actor())


def _address_of(name: str) -> str:
    """Faculty from outside have an address too; no mail leaves a demonstration."""
    return f"{slugify(name)}@faculty.example"


def _answer(invitation: FacultyInvitation) -> None:
    by = Actor("link", invitation.pk, invitation.contributor.name)
    answer_faculty_invitation(invitation, accepted=True, by=by)
    write_biography(invitation, "Consultant at a teaching hospital.", by=by)
    say_travel(invitation, "Nothing, thank you.", by=by)


def _disclose(person: Contributor, said: DisclosureFacts, by: Actor) -> None:
    if latest_disclosure(person) is None:
        give_disclosure(person, said, by=by)


def _mitigate(activity: Activity, person: Contributor, by: Actor) -> None:
    for each in relationships_of(latest_disclosure(person)):
        judgement = Judgement(each, is_relevant=True, reason=WHY)
        decide_relevance(activity, person, judgement, by=by)
        mitigate_relationship(activity, person, each, step="content_review", by=by)
