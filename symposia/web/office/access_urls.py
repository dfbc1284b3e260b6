"""Addresses of who works here: members, roles, their changes, files of people, keys."""

from django.urls import URLPattern, path

from symposia.accounts.lists import ACCESS_CHANGES, MEMBERS
from symposia.accounts.synced_lists import DIRECTORY_GROUPS, SYNC_STEPS
from symposia.directory.colleague_lists import COLLEAGUE_IMPORT_ROWS, COLLEAGUE_IMPORTS
from symposia.directory.territory_lists import TERRITORIES, TERRITORY_HISTORY
from symposia.statements.lists import PROVIDER_KEYS, STATEMENTS
from symposia.web.lists import list_urls
from symposia.web.office import (
    access,
    access_changes,
    colleagues,
    leaving,
    placing,
    reaches,
    statements,
    synced,
    territories,
)

urlpatterns: list[URLPattern] = [
    path("access/", access.members, name="access"),
    path("access/offers/", access.offer, name="access_offer"),
    path("access/offers/<uuid:pk>/withdrawal/", access.withdraw, name="access_withdrawal"),
    path("access/members/<uuid:pk>/grants/new/", reaches.give, name="access_grant"),
    path("access/members/<uuid:pk>/place/", placing.place, name="member_place"),
    path("access/members/<uuid:pk>/end/", leaving.end, name="membership_end"),
    path("access/members/<uuid:pk>/end/preview.csv", leaving.preview_file, name="leaving_preview"),
    *list_urls("access/members/", MEMBERS),
    *list_urls("access/changes/", ACCESS_CHANGES),
    path("access/changes/<uuid:pk>/agreement/", access_changes.agree, name="access_agreement"),
    path("access/changes/<uuid:pk>/dropping/", access_changes.drop, name="access_dropping"),
    path("access/grants/<uuid:pk>/confirmation/", access.confirm, name="access_confirmation"),
    path("access/grants/<uuid:pk>/removal/", access.remove, name="access_removal"),
    path("access/roles/", access.roles, name="roles"),
    # the organisation's own directory
    path("access/scim/", synced.connection, name="scim"),
    path("access/scim/key/", synced.make_key, name="scim_key"),
    *list_urls("access/scim/groups/", DIRECTORY_GROUPS),
    path("access/scim/groups/<uuid:pk>/role/", synced.group_role, name="directory_group_role"),
    *list_urls("access/scim/steps/", SYNC_STEPS),
    # the store of statements
    path("access/statements/", statements.store, name="statement_store"),
    path("access/statements/keys/new/", statements.make_key, name="provider_key_new"),
    *list_urls("access/statements/keys/", PROVIDER_KEYS),
    path(
        "access/statements/keys/<uuid:pk>/revocation/",
        statements.revoke_key,
        name="provider_key_revocation",
    ),
    *list_urls("access/statements/all/", STATEMENTS),
    path("access/statements/<uuid:pk>/", statements.statement, name="statement"),
    # files of people
    *list_urls("access/files/", COLLEAGUE_IMPORTS, template="office/colleagues/list.html"),
    path("access/files/new/", colleagues.new, name="colleague_import_new"),
    path(
        "access/files/template/<slug:kind>/",
        colleagues.template,
        name="colleague_import_template",
    ),
    *list_urls(
        "access/files/<uuid:pk>/",
        COLLEAGUE_IMPORT_ROWS,
        template="office/colleagues/show.html",
        extra=colleagues.shown,
    ),
    path("access/files/<uuid:pk>/columns/", colleagues.columns, name="colleague_import_columns"),
    path("access/files/<uuid:pk>/check/", colleagues.check, name="colleague_import_check"),
    path("access/files/<uuid:pk>/run/", colleagues.bring_in, name="colleague_import_run"),
    # who holds which part of the map
    *list_urls(
        "territories/",
        TERRITORIES,
        template="office/territories/list.html",
        extra=territories.listed,
    ),
    *list_urls(
        "territories/<uuid:pk>/",
        TERRITORY_HISTORY,
        template="office/territories/show.html",
        extra=territories.shown,
    ),
    path("territories/<uuid:pk>/holder/", territories.assign, name="territory_assignment"),
    path("territories/assignments/<uuid:pk>/end/", territories.end, name="assignment_end"),
    path("clinicians/<uuid:pk>/holders/", territories.holders, name="clinician_holders"),
    path("tokens/", access.tokens, name="tokens"),
    path("tokens/new/", access.make_token, name="token_new"),
    path("tokens/<uuid:pk>/revocation/", access.revoke_token, name="token_revocation"),
]
