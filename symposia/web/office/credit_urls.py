"""Addresses of credit beyond one activity: systems, transcripts, requirements."""

from functools import partial

from django.urls import URLPattern, path

from symposia.credits.appeal_lists import APPEALS
from symposia.credits.external_lists import EXTERNAL_CREDITS
from symposia.credits.licence_lists import LICENCES
from symposia.web.lists import list_urls
from symposia.web.office import appeals, credit_systems, requirements, transcripts
from symposia.web.office.credit_views import LIST, credit_views

urlpatterns: list[URLPattern] = [
    path("credit-systems/", credit_systems.listed, name="credit_systems"),
    path("credit-systems/<slug:code>/", credit_systems.show, name="credit_system"),
    *list_urls(
        "credit-appeals/", APPEALS, template=LIST, extra=partial(credit_views, name=APPEALS.name)
    ),
    path("credit-appeals/<uuid:pk>/", appeals.show, name="credit_appeal"),
    path("credit-appeals/<uuid:pk>/decision/", appeals.decide, name="credit_appeal_decision"),
    *list_urls(
        "external-credits/",
        EXTERNAL_CREDITS,
        template=LIST,
        extra=partial(credit_views, name=EXTERNAL_CREDITS.name),
    ),
    path("external-credits/<uuid:pk>/", transcripts.show_external, name="external_credit"),
    path(
        "external-credits/<uuid:pk>/acceptance/",
        transcripts.accept_external,
        name="external_credit_acceptance",
    ),
    path(
        "external-credits/<uuid:pk>/return/",
        transcripts.return_external,
        name="external_credit_return",
    ),
    path("clinicians/<uuid:pk>/transcript/", transcripts.transcript, name="clinician_transcript"),
    path(
        "clinicians/<uuid:pk>/transcript.pdf",
        transcripts.transcript_pdf,
        name="clinician_transcript_pdf",
    ),
    path("requirement-packs/", requirements.packs, name="requirement_packs"),
    path("requirement-packs/new/", requirements.new_pack, name="requirement_pack_new"),
    path(
        "requirement-packs/<uuid:pk>/version/",
        requirements.new_version,
        name="requirement_pack_version",
    ),
    path("requirement-packs/<str:key>/", requirements.pack, name="requirement_pack"),
    *list_urls(
        "licences/", LICENCES, template=LIST, extra=partial(credit_views, name=LICENCES.name)
    ),
    path("licences/<uuid:pk>/", requirements.licence, name="licence"),
    path("activities/<uuid:pk>/subjects/", requirements.subjects, name="activity_subjects"),
]
