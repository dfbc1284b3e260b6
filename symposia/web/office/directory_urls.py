"""Addresses of what the directory knows of people beyond who they are."""

from django.urls import URLPattern, path

from symposia.activities.person_lists import AGREEMENTS_OF_PERSON
from symposia.activities.speaker_lists import SPEAKERS, TEACHING_OF_PERSON
from symposia.attendance.person_lists import PRESENCE_OF_PERSON
from symposia.credits.person_lists import CREDITS_OF_PERSON
from symposia.directory.affiliation_lists import AFFILIATIONS, INSTITUTION, INSTITUTIONS
from symposia.directory.change_lists import CHANGE_REQUESTS
from symposia.directory.consent_lists import CONSENTS
from symposia.directory.contact_lists import CONTACTS
from symposia.directory.duplicate_lists import DUPLICATES, MERGES
from symposia.directory.own_lists import OWN_FIELDS
from symposia.directory.restriction_lists import RESTRICTED_PEOPLE
from symposia.directory.segment_lists import SEGMENT_CANDIDATES, SEGMENT_MEMBERS, SEGMENTS
from symposia.directory.undo_lists import IMPORT_UNDO
from symposia.registrations.person_lists import PARTICIPATION
from symposia.web.lists import list_urls
from symposia.web.office import (
    affiliations,
    clinician_record,
    consents,
    contacts,
    directory_changes,
    duplicates,
    import_undo,
    institutions,
    own_fields,
    person_restrictions,
    registry,
    segments,
)

PERSON_TABS = (
    (PARTICIPATION, "participation"),
    (PRESENCE_OF_PERSON, "presence"),
    (CREDITS_OF_PERSON, "credits"),
    (AGREEMENTS_OF_PERSON, "money"),
    (TEACHING_OF_PERSON, "teaching"),
)
urlpatterns: list[URLPattern] = [
    # tabs of a person's page, each a list of the context that knows it
    *(
        route
        for listed, path_ in PERSON_TABS
        for route in list_urls(
            f"clinicians/<uuid:pk>/{path_}/",
            listed,
            template="office/clinicians/tab_list.html",
            extra=clinician_record.tab(listed.name),
        )
    ),
    # who speaks
    *list_urls(
        "speakers/",
        SPEAKERS,
        template="office/clinicians/speakers.html",
        extra=clinician_record.speakers,
    ),
    # where people work
    *list_urls(
        "affiliations/",
        AFFILIATIONS,
        template="office/affiliations/list.html",
        extra=affiliations.listed,
    ),
    path("affiliations/many/", affiliations.many, name="affiliations_many"),
    path("affiliations/<uuid:pk>/", affiliations.change, name="affiliation"),
    path("affiliations/<uuid:pk>/end/", affiliations.end, name="affiliation_end"),
    path("affiliations/<uuid:pk>/removal/", affiliations.remove, name="affiliation_removal"),
    path("clinicians/<uuid:pk>/places/", affiliations.of_person, name="clinician_places"),
    path("clinicians/<uuid:pk>/places/new/", affiliations.new, name="clinician_place_new"),
    *list_urls(
        "institutions/",
        INSTITUTIONS,
        template="office/affiliations/institutions.html",
        extra=institutions.listed,
    ),
    *list_urls(
        "institutions/<uuid:institution_pk>/",
        INSTITUTION,
        template="office/affiliations/institution.html",
        extra=institutions.shown,
    ),
    path("institutions/new/", institutions.new, name="institution_new"),
    path("institutions/<uuid:pk>/edit/", institutions.edit, name="institution_edit"),
    # how people are reached
    *list_urls("contacts/", CONTACTS, template="office/contacts/list.html", extra=contacts.listed),
    path("contacts/many/", contacts.many, name="contacts_many"),
    path("contacts/<uuid:pk>/", contacts.describe, name="contact"),
    path("contacts/<uuid:pk>/preference/", contacts.prefer, name="contact_preference"),
    path("contacts/<uuid:pk>/trial/", contacts.tried, name="contact_trial"),
    path("contacts/<uuid:pk>/removal/", contacts.remove, name="contact_removal"),
    path("clinicians/<uuid:pk>/contacts/", contacts.of_person, name="clinician_contacts"),
    path("clinicians/<uuid:pk>/contacts/new/", contacts.new, name="clinician_contact_new"),
    # consent
    path("registry/", registry.show, name="registry"),
    path("registry/<slug:number>/person/", registry.add, name="registry_add"),
    path("clinicians/<uuid:pk>/registry/", registry.of_person, name="clinician_registry"),
    path("clinicians/<uuid:pk>/registry/fill/", registry.fill, name="clinician_registry_fill"),
    path("clinicians/<uuid:pk>/consent/", consents.show, name="clinician_consent"),
    path("clinicians/<uuid:pk>/consent/note/", consents.note, name="clinician_consent_note"),
    path("clinicians/<uuid:pk>/consent/page/", consents.own_page, name="clinician_own_page"),
    *list_urls("consents/", CONSENTS, template="office/consents/list.html", extra=consents.listed),
    path("consents/many/", consents.many, name="consents_many"),
    path("consents/bases/", consents.basis_list, name="consent_bases"),
    path("consents/bases/<slug:purpose>/", consents.basis, name="consent_basis"),
    # changes that two people make
    *list_urls(
        "changes/",
        CHANGE_REQUESTS,
        template="office/changes/list.html",
        extra=directory_changes.listed,
    ),
    path("changes/fields/", directory_changes.guard, name="guarded_fields"),
    path("changes/<uuid:pk>/", directory_changes.show, name="change_request"),
    path("changes/<uuid:pk>/decision/", directory_changes.decide, name="change_request_decision"),
    path(
        "changes/<uuid:pk>/withdrawal/",
        directory_changes.take_back,
        name="change_request_withdrawal",
    ),
    path("clinicians/<uuid:pk>/requests/", directory_changes.of_person, name="clinician_requests"),
    path(
        "clinicians/<uuid:pk>/requests/new/",
        directory_changes.propose,
        name="clinician_change_proposal",
    ),
    # records of the same person
    *list_urls(
        "duplicates/", DUPLICATES, template="office/duplicates/list.html", extra=duplicates.listed
    ),
    path("duplicates/comparison/", duplicates.look, name="duplicates_comparison"),
    path("duplicates/<uuid:pk>/", duplicates.show, name="duplicate"),
    path("duplicates/<uuid:pk>/decision/", duplicates.decide, name="duplicate_decision"),
    path("duplicates/<uuid:pk>/reopening/", duplicates.again, name="duplicate_reopening"),
    path("clinicians/<uuid:pk>/same/", duplicates.same_as, name="clinician_same"),
    *list_urls("merges/", MERGES, template="office/duplicates/merges.html"),
    path("merges/<uuid:pk>/", duplicates.merge, name="merge"),
    path("merges/<uuid:pk>/undo/", duplicates.undo, name="merge_undo"),
    # an import taken back
    *list_urls(
        "imports/<uuid:pk>/undo/",
        IMPORT_UNDO,
        template="office/imports/undo.html",
        extra=import_undo.shown,
    ),
    path("imports/<uuid:pk>/undo/look/", import_undo.look, name="import_undo_look"),
    path("imports/<uuid:pk>/undo/run/", import_undo.run, name="import_undo_run"),
    # fields of one's own
    *list_urls("own-fields/", OWN_FIELDS, template="office/own_fields/list.html"),
    path("own-fields/new/", own_fields.new, name="own_field_new"),
    path("own-fields/<uuid:pk>/", own_fields.edit, name="own_field"),
    path("own-fields/<uuid:pk>/retirement/", own_fields.retire, name="own_field_retirement"),
    path("own-fields/<uuid:pk>/return/", own_fields.bring_back, name="own_field_return"),
    path("own-fields/<uuid:pk>/removal/", own_fields.remove, name="own_field_removal"),
    # segments
    *list_urls("segments/", SEGMENTS, template="office/segments/list.html"),
    path("segments/new/", segments.new, name="segment_new"),
    path("segments/<uuid:pk>/edit/", segments.edit, name="segment_edit"),
    path("segments/<uuid:pk>/retirement/", segments.retire, name="segment_retirement"),
    path("segments/<uuid:pk>/paste/", segments.paste, name="segment_paste"),
    path("segments/<uuid:pk>/add/", segments.add, name="segment_add"),
    path("segments/<uuid:pk>/removal/", segments.remove, name="segment_removal"),
    *list_urls(
        "segments/<uuid:pk>/choose/",
        SEGMENT_CANDIDATES,
        template="office/segments/choose.html",
        extra=segments.choosing,
    ),
    *list_urls(
        "segments/<uuid:segment_pk>/",
        SEGMENT_MEMBERS,
        template="office/segments/show.html",
        extra=segments.shown,
    ),
    # who is not asked
    *list_urls("restricted/", RESTRICTED_PEOPLE, template="office/consents/restricted.html"),
    path("restricted/kinds/", person_restrictions.kinds, name="restriction_kinds"),
    path("restricted/kinds/new/", person_restrictions.new_kind, name="restriction_kind_new"),
    path(
        "clinicians/<uuid:pk>/restrictions/new/",
        person_restrictions.new,
        name="person_restriction_new",
    ),
    path(
        "restricted/<uuid:pk>/letter/",
        person_restrictions.letter,
        name="person_restriction_letter",
    ),
    path(
        "restricted/<uuid:pk>/lifting/",
        person_restrictions.lift,
        name="person_restriction_lifting",
    ),
]
