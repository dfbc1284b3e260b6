"""Addresses of agreements with faculty, of the rate card and of people from outside."""

from django.urls import URLPattern, path

from symposia.activities.agency_lists import AGENCIES
from symposia.activities.agreement_lists import AGREEMENTS, RATES
from symposia.activities.external_lists import EXTERNALS
from symposia.web.lists import list_urls
from symposia.web.office import agencies, agreements, call_offs, externals, rates

urlpatterns: list[URLPattern] = [
    *list_urls("agreements/", AGREEMENTS, template="office/agreements/list.html"),
    path("agreements/<uuid:pk>/", agreements.show, name="agreement"),
    path("agreements/<uuid:pk>/edit/", agreements.edit, name="agreement_edit"),
    path("agreements/<uuid:pk>/above/", agreements.agree_above, name="agreement_above"),
    path("agreements/<uuid:pk>/sending/", agreements.send, name="agreement_sending"),
    path("agreements/<uuid:pk>/recall/", agreements.recall, name="agreement_recall"),
    path("agreements/<uuid:pk>/signature/", agreements.sign, name="agreement_signature"),
    path("agreements/<uuid:pk>/paper/", agreements.paper, name="agreement_paper"),
    path("agreements/<uuid:pk>/end/", agreements.end, name="agreement_end"),
    path("activities/<uuid:pk>/agreements/", agreements.of_activity, name="activity_agreements"),
    path("activities/<uuid:pk>/agreements/new/", agreements.new, name="agreement_new"),
    path("activities/<uuid:pk>/agreements/under/", call_offs.new, name="agreement_call_off"),
    *list_urls("rates/", RATES, template="office/agreements/rates.html", extra=rates.listed),
    path("rates/new/", rates.new, name="rate_new"),
    path("rates/words/", rates.words, name="agreement_words"),
    *list_urls("externals/", EXTERNALS),
    *list_urls("agencies/", AGENCIES, template="office/agencies/list.html", extra=agencies.listed),
    path("agencies/new/", agencies.new, name="agency_new"),
    path("agencies/<uuid:pk>/", agencies.show, name="agency"),
    path("agencies/<uuid:pk>/edit/", agencies.edit, name="agency_edit"),
    path("agencies/<uuid:pk>/end/", agencies.end, name="agency_end"),
    path("activities/<uuid:pk>/externals/", externals.show, name="activity_externals"),
    path("activities/<uuid:pk>/externals/new/", externals.new, name="external_new"),
    path("externals/<uuid:pk>/access/", externals.let_in, name="external_access"),
    path("externals/<uuid:pk>/end/", externals.end, name="external_end"),
]
