from datetime import date

import factory
from factory.django import DjangoModelFactory

from symposia.curriculum.models import (
    Curriculum,
    Gap,
    GapEvidence,
    Guideline,
    Meeting,
    NewsItem,
    Objective,
    Plan,
    Survey,
    SurveyInvitation,
    SurveyQuestion,
)
from symposia.shared.ids import uuid7
from tests.factories.directory import ClinicianFactory


class GapFactory(DjangoModelFactory):
    """A gap in practice; needs an organisation's transaction around it."""

    class Meta:
        model = Gap

    number = factory.Sequence("GAP-2026-{:04d}".format)
    title = "Door-to-needle time in acute stroke"
    statement = "Half of the patients who could be treated are treated after the first hour."
    need_type = "performance"
    population = "Emergency physicians and neurologists"
    measure = "Patients treated within 60 minutes"
    baseline = "48 %"
    target = "75 %"


class GapEvidenceFactory(DjangoModelFactory):
    class Meta:
        model = GapEvidence

    gap = factory.SubFactory(GapFactory)
    kind = "guideline"
    citation = "Early management of patients with acute ischaemic stroke, 2019 update"
    figure = "48 % within 60 minutes"


class ObjectiveFactory(DjangoModelFactory):
    class Meta:
        model = Objective

    gap = factory.SubFactory(GapFactory)
    text = factory.Sequence("Decide on thrombolysis within ten minutes of imaging ({})".format)
    competency = "patient_care"
    position = factory.Sequence(int)


class GuidelineFactory(DjangoModelFactory):
    class Meta:
        model = Guideline

    number = factory.Sequence("GDL-1999-{:04d}".format)
    body = "Stroke Council"
    title = factory.Sequence("Early management of acute ischaemic stroke {}".format)
    year = 2019


class SurveyFactory(DjangoModelFactory):
    class Meta:
        model = Survey

    number = factory.Sequence("SUR-1999-{:04d}".format)
    title = "What do you need in stroke care?"
    series_id = factory.LazyFunction(uuid7)


class SurveyQuestionFactory(DjangoModelFactory):
    class Meta:
        model = SurveyQuestion

    survey = factory.SubFactory(SurveyFactory)
    position = factory.Sequence(int)
    kind = "rating"
    text = factory.Sequence("How sure are you about imaging ({})?".format)


class SurveyInvitationFactory(DjangoModelFactory):
    class Meta:
        model = SurveyInvitation

    survey = factory.SubFactory(SurveyFactory, state="open")
    clinician = factory.SubFactory(ClinicianFactory)
    address = factory.Sequence("asked{}@example.org".format)


class PlanFactory(DjangoModelFactory):
    class Meta:
        model = Plan

    number = factory.Sequence("PLN-1999-{:04d}".format)
    title = "Education plan"
    starts_on = date(2027, 1, 1)
    ends_on = date(2027, 12, 31)
    envelope_minor = 10_000_000
    currency = "USD"


class CurriculumFactory(DjangoModelFactory):
    class Meta:
        model = Curriculum

    number = factory.Sequence("CUR-1999-{:04d}".format)
    title = "Acute stroke, first year"
    audience = "Residents of neurology"
    series_id = factory.LazyFunction(uuid7)


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = Meeting

    number = factory.Sequence("MTG-1999-{:04d}".format)
    title = "Curriculum review"
    on = date(2027, 1, 15)


class NewsItemFactory(DjangoModelFactory):
    class Meta:
        model = NewsItem

    number = factory.Sequence("NWS-1999-{:04d}".format)
    title = "New wording of the accreditation statement"
    body = "An accreditor"
    came_by = "typed"
