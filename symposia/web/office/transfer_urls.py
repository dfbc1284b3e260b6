"""Addresses of transfers of value and of their files."""

from django.urls import URLPattern, path

from symposia.reporting.transfer_lists import (
    DECLARATIONS,
    TRANSFER_DISPUTES,
    TRANSFER_FILE,
    TRANSFER_FILES,
    TRANSFER_RECORDS,
    TRANSFERS,
    YEARLY_DUES,
)
from symposia.web.lists import list_urls
from symposia.web.office import transfer_files, transfers
from symposia.web.office.transfers import views_of

LIST = "office/transfers/list.html"

_LISTS = (
    ("transfers/", TRANSFERS),
    ("transfers/objections/", TRANSFER_DISPUTES),
    ("transfers/yearly-dues/", YEARLY_DUES),
    ("transfers/files/", TRANSFER_FILES),
    ("transfers/records/", TRANSFER_RECORDS),
    ("transfers/declarations/", DECLARATIONS),
)
urlpatterns: list[URLPattern] = [
    *(
        pattern
        for route, listed in _LISTS
        for pattern in list_urls(route, listed, template=LIST, extra=views_of(listed.name))
    ),
    path("transfers/<uuid:pk>/", transfers.show, name="transfer"),
    path("transfers/<uuid:pk>/recipient/", transfers.recipient, name="transfer_recipient"),
    path(
        "transfers/objections/<uuid:pk>/answer/", transfers.answer, name="transfer_dispute_answer"
    ),
    path("transfers/yearly-dues/<uuid:pk>/", transfers.due, name="yearly_due"),
    path("transfers/yearly-dues/<uuid:pk>/waiver/", transfers.waive, name="yearly_due_waiver"),
    path(
        "transfers/yearly-dues/<uuid:pk>/waiver/removal/",
        transfers.owe_again,
        name="yearly_due_reopening",
    ),
    path("transfers/files/new/", transfer_files.new, name="transfer_file_new"),
    *list_urls(
        "transfers/files/<uuid:pk>/",
        TRANSFER_FILE,
        template="office/reports/submission.html",
        extra=transfer_files.around,
    ),
    path(
        "transfers/files/<uuid:pk>/trial/<slug:ending>/",
        transfer_files.trial,
        name="transfer_file_trial",
    ),
    path("transfers/files/<uuid:pk>/check/", transfer_files.check, name="transfer_file_check"),
    path(
        "transfers/files/<uuid:pk>/declaration/",
        transfer_files.declare,
        name="transfer_file_declaration",
    ),
    path("transfers/files/<uuid:pk>/sending/", transfer_files.send, name="transfer_file_sending"),
    path("transfers/files/<uuid:pk>/answer/", transfer_files.answer, name="transfer_file_answer"),
    path(
        "transfers/files/<uuid:pk>/correction/",
        transfer_files.resend,
        name="transfer_file_correction",
    ),
    path(
        "transfers/files/<uuid:pk>/discarding/",
        transfer_files.discard,
        name="transfer_file_discarding",
    ),
    path("transfers/records/<uuid:pk>/", transfer_files.row, name="transfer_record"),
    path("activities/<uuid:pk>/transfers/", transfers.of_activity, name="activity_transfers"),
    path(
        "activities/<uuid:pk>/transfers/division/",
        transfers.divide,
        name="activity_transfers_division",
    ),
    path(
        "activities/<uuid:activity_pk>/transfers/costs/<uuid:pk>/",
        transfers.cost,
        name="transfer_cost",
    ),
]
