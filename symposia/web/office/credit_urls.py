"""Addresses of credit beyond one activity: systems, transcripts, requirements."""

from functools import partial

from django.urls import URLPattern, path

from symposia.credits.appeal_lists import APPEALS
from symposia.credits.external_lists import EXTERNAL_CREDITS
from symposia.credits.licence_lists import LICENCES
from symposia.credits.proof_lists import DESIGNS, ISSUER_KEYS, PAPER_KEYS
from symposia.web.lists import list_urls
from symposia.web.office import (
    appeals,
    certificate_design,
    credit_proofs,
    credit_systems,
    requirements,
    transcripts,
)
from symposia.web.office.credit_views import LIST, credit_views

urlpatterns: list[URLPattern] = [
    *list_urls(
        "organisation/issuer-keys/",
        ISSUER_KEYS,
        template="office/organisation/issuer_keys.html",
        extra=credit_proofs.listed,
    ),
    path("organisation/issuer-keys/new/", credit_proofs.change_key, name="issuer_key_new"),
    *list_urls(
        "organisation/paper-keys/",
        PAPER_KEYS,
        template="office/organisation/paper_keys.html",
        extra=credit_proofs.papers_listed,
    ),
    path("organisation/paper-keys/new/", credit_proofs.change_paper, name="paper_key_new"),
    path("organisation/paper-keys/bought/", credit_proofs.bring_paper, name="paper_key_bought"),
    path(
        "organisation/paper-keys/<uuid:pk>/certificate.pem",
        credit_proofs.paper_certificate,
        name="paper_certificate",
    ),
    *list_urls(
        "organisation/certificate-designs/",
        DESIGNS,
        template="office/organisation/designs.html",
    ),
    path(
        "organisation/certificate-designs/new/",
        certificate_design.new,
        name="certificate_design_new",
    ),
    path(
        "organisation/certificate-designs/preview/",
        certificate_design.preview,
        name="certificate_preview",
    ),
    path(
        "organisation/certificate-designs/sample.<slug:kind>",
        certificate_design.sample,
        name="certificate_sample",
    ),
    path("certificates/<uuid:pk>/badge.<slug:kind>", credit_proofs.badge, name="certificate_badge"),
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
    path(
        "clinicians/<uuid:pk>/learner-record.json",
        transcripts.transcript_record,
        name="clinician_transcript_record",
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
