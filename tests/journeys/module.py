"""A module that is studied at any time, for journeys: a film, a page, a case and a test.

Made beside the product (`Installation.asks`); film and case are those of the demonstration.
"""

from decimal import Decimal

from symposia.activities.actions.content_reviews import Upload
from symposia.activities.actions.disclosures import lock_statement
from symposia.assessment.actions import prepare_evaluation
from symposia.assessment.models import BankKind
from symposia.assessment.wording import OptionFacts, Wording
from symposia.demonstration.deciding import FILE, INTRODUCTION, SOURCES, WELL
from symposia.demonstration.studying import CUES, FILM, TEXT, captions
from symposia.learning.actions.cases import publish_case, write_case
from symposia.learning.actions.courses import add_module, begin_course
from symposia.learning.actions.lessons import LessonFacts, add_lesson
from symposia.learning.actions.studying import complete_lesson, confirm_start
from symposia.learning.cases.files import read_case_file
from symposia.learning.cases.reading import case_of
from symposia.learning.letters import LEARNING
from symposia.learning.models import Lesson
from symposia.learning.notice import notice_of
from symposia.shared.actors import SYSTEM
from symposia.shared.links import make_link
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.activities import ActivityObjectiveFactory, SessionFacultyFactory
from tests.factories.assessment import knowledge_test, taken
from tests.factories.credits import CreditOfferFactory
from tests.factories.curriculum import ObjectiveFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.learning import enduring, released
from tests.factories.registrations import RegistrationFactory
from tests.factories.team import disclose_nothing
from tests.journeys.beside import colleague, session_of

TITLE = "The first hour: sepsis and wake-up stroke"
LEARNER, READY = "Asha Pereira", "Bilal Qureshi"
EMAIL = "asha.pereira@clinic.example"
ATTEMPTS, PASS_MARK = 3, 75
FILM_TITLE, PAGE_TITLE, CASE_TITLE = "Who can still be treated?", "Maps and risks", "Mr Adler"
WHAT_NEXT = "Go through the lessons once more and write to education@riverside.example."
WAY = [tuple(each.split("-")) for each in WELL]
# What is asked, what is right, what is not.
ASKED = (
    (
        "A patient wakes up with a weak arm. What decides on treatment?",
        "What the image shows of the tissue",
        "The hour at which they fell asleep",
    ),
    (
        "Which map speaks for treatment?",
        "A small core and a large mismatch",
        "A large core and no mismatch",
    ),
    (
        "Suspected sepsis, pressure 82 over 40. What comes first?",
        "Cultures, antibiotics and fluid within the hour",
        "Antibiotics once the cultures are back",
    ),
    (
        "The pressure stays low after the fluid. What now?",
        "Norepinephrine, with a target of 65 mmHg",
        "Two more litres of fluid",
    ),
)
STATEMENT = (
    "Riverside Medical School is accredited by the Accreditation Council for Continuing Medical "
    "Education (ACCME) to provide continuing medical education for physicians."
)


def make_module():
    """Open to be studied by one; an office that may allow more."""
    organisation = _school("riverside-module")
    lead = colleague(organisation, "Anita Sen", "coordinator")
    with acting_in(organisation.pk):
        activity = _offered()
        course = begin_course(activity, by=SYSTEM)
        see = add_module(course, "See it", by=SYSTEM)
        decide = add_module(course, "Decide it", by=SYSTEM)
        for facts in (_film(), LessonFacts("text", PAGE_TITLE, 15, text=TEXT)):
            released(add_lesson(see, facts, by=SYSTEM))
        _case(decide)
        place = _place(activity, LEARNER)
    return {
        "activity": f"activities/{activity.pk}",
        "link": f"/l/{make_link(LEARNING, place.pk, organisation.code)}/",
        "session": session_of(lead),
    }


def make_studied():
    """Somebody has studied it and passed; the evaluation is left."""
    organisation = _school("riverside-studied")
    with acting_in(organisation.pk):
        activity = _offered()
        module = add_module(begin_course(activity, by=SYSTEM), "Read it", by=SYSTEM)
        lesson = released(
            add_lesson(module, LessonFacts("text", PAGE_TITLE, 60, text=TEXT), by=SYSTEM)
        )
        place = _place(activity, READY)
        confirm_start(place, seen=notice_of(activity).sha256, by=SYSTEM)
        complete_lesson(place, lesson, by=SYSTEM)
        taken(place)
    return {"link": f"/l/{make_link(LEARNING, place.pk, organisation.code)}/"}


def _school(slug):
    """Of the demonstration, for its mail to be read."""
    return OrganisationFactory(
        name="Riverside Medical School",
        slug=slug,
        accreditation_statement=STATEMENT,
        is_demonstration=True,
    )


def _offered():
    activity = enduring(title=TITLE, venue_name="", city="")
    objective = ObjectiveFactory(text="Choose treatment by what the image shows")
    ActivityObjectiveFactory(activity=activity, objective=objective)
    SessionFacultyFactory(session=activity.sessions.get(), name="Dr. Ingrid Halvorsen")
    disclose_nothing(activity)
    lock_statement(activity, by=SYSTEM)
    CreditOfferFactory(
        activity=activity,
        learning_format="enduring material",
        creditable_minutes=60,
        maximum=Decimal("1.00"),
    )
    prepare_evaluation(activity, by=SYSTEM)
    knowledge_test(
        activity,
        *map(_question, ASKED),
        attempts=ATTEMPTS,
        pass_mark=PASS_MARK,
        what_next=WHAT_NEXT,
        shuffles_questions=False,
        shuffles_options=False,
    )
    return activity


def _question(asked):
    text, right, wrong = asked
    options = (
        OptionFacts(right, True, "", "It is what the lessons show.", "Registry of the network"),
        OptionFacts(wrong, False, "", "It waits for what does not help.", ""),
        OptionFacts("Neither", False, "", "", ""),
    )
    return Wording(BankKind.SINGLE, text, options)


def _film():
    return LessonFacts(
        "video",
        FILM_TITLE,
        15,
        file=Upload(FILM.name, FILM.read_bytes()),
        captions=Upload("captions.vtt", captions().encode()),
        transcript="\n\n".join(CUES),
    )


def _case(module):
    facts = LessonFacts("case", CASE_TITLE, 30, text=INTRODUCTION, sources=SOURCES)
    lesson = add_lesson(module, facts, by=SYSTEM)
    case = case_of(lesson)
    document = read_case_file(FILE.read_bytes())
    case = write_case(case, document, seen_version=case.version, by=SYSTEM)
    publish_case(case, seen_version=case.version, by=SYSTEM)
    released(Lesson.objects.with_content().get(pk=lesson.pk))


def _place(activity, name):
    email = f"{name.lower().replace(' ', '.')}@clinic.example"
    doctor = ClinicianFactory(full_name=name, email=email)
    return RegistrationFactory(activity=activity, clinician=doctor)
