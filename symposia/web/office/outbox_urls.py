"""Addresses of the outbox: what left, in which words, and what mail servers said."""

from django.urls import URLPattern, path

from symposia.notifications.lists import (
    DOMAIN_PACES,
    MESSAGE_VERSIONS,
    OUTBOX,
    SUPPRESSIONS,
    TEXT_MESSAGES,
)
from symposia.outreach.campaign_lists import ADDRESSES
from symposia.web.lists import list_urls
from symposia.web.office import outbox, paces, sender_domains, texts, wordings

urlpatterns: list[URLPattern] = [
    *list_urls("outbox/", OUTBOX, template="office/outbox/list.html", extra=outbox.listed),
    path("outbox/test/", wordings.send_test, name="message_test"),
    path("outbox/words/", wordings.wordings, name="wordings"),
    path("outbox/words/language/", wordings.in_language, name="wording_language"),
    *list_urls(
        "outbox/words/versions/", MESSAGE_VERSIONS, template="office/wordings/versions.html"
    ),
    path("outbox/words/versions/<uuid:pk>/", wordings.version, name="message_version"),
    path(
        "outbox/words/versions/<uuid:pk>/test/",
        wordings.try_version,
        name="message_version_test",
    ),
    path("outbox/words/versions/<uuid:pk>/use/", wordings.use_version, name="message_version_use"),
    path("outbox/words/<str:code>/<str:language>/", wordings.wording, name="wording"),
    path(
        "outbox/words/<str:code>/<str:language>/shipped/",
        wordings.to_shipped,
        name="wording_shipped",
    ),
    *list_urls("outbox/suppressions/", SUPPRESSIONS, template="office/outbox/suppressions.html"),
    path("outbox/suppressions/<uuid:pk>/", outbox.suppression, name="suppression"),
    path("outbox/suppressions/<uuid:pk>/lifting/", outbox.lift, name="suppression_lifting"),
    *list_urls(
        "outbox/addresses/", ADDRESSES, template="office/outbox/addresses.html", extra=outbox.listed
    ),
    *list_urls(
        "outbox/texts/", TEXT_MESSAGES, template="office/outbox/texts.html", extra=texts.listed
    ),
    path("outbox/texts/sender/", texts.sender, name="text_sender"),
    path("outbox/texts/chat/", texts.chat_sender, name="chat_sender"),
    *list_urls(
        "outbox/paces/", DOMAIN_PACES, template="office/outbox/paces.html", extra=paces.listed
    ),
    path("outbox/paces/new/", paces.new, name="pace_new"),
    path("outbox/paces/<uuid:pk>/", paces.edit, name="pace"),
    path("outbox/paces/<uuid:pk>/lifting/", paces.lift, name="pace_lifting"),
    path("outbox/sender/", sender_domains.show, name="sender_domain"),
    path("outbox/sender/domain/", sender_domains.edit, name="sender_domain_edit"),
    path("outbox/sender/check/", sender_domains.check, name="sender_domain_check"),
    path("outbox/sender/giving-up/", sender_domains.give_up, name="sender_domain_giving_up"),
    path("outbox/reports/", outbox.reports, name="mail_reports"),
    path("outbox/<uuid:pk>/", outbox.message, name="message"),
    path("outbox/<uuid:pk>/retry/", outbox.retry, name="message_retry"),
    path("outbox/<uuid:pk>/cancellation/", outbox.cancel, name="message_cancellation"),
]
