"""Text messages: under which name they are sent, and what the operators' registry knows them by."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from symposia.accounts.permissions import Permission
from symposia.notifications.actions.texts import SenderFacts, change_text_sender
from symposia.notifications.lists import TEXT_MESSAGES
from symposia.notifications.models import TextChannel
from symposia.notifications.queries import wording_of
from symposia.notifications.text_queries import text_sender, text_templates
from symposia.notifications.text_rules import objection_to_texting
from symposia.notifications.wording import PLACEHOLDER, shipped_messages
from symposia.outreach.sending import TEXT
from symposia.web.gates import requires
from symposia.web.learner.incoming_texts import incoming_address
from symposia.web.office.asking import Question, ask, given
from symposia.web.requests import UserRequest


class TextSenderForm(forms.Form):
    """The name of the sender, and the ids of the registry."""

    channel: str = TextChannel.SMS
    template_label = gettext_lazy("Template id of the words in %(language)s")
    sender_id = forms.CharField(
        label=gettext_lazy("Sender id"),
        help_text=gettext_lazy("As the recipients read it, as the operator registered it."),
        max_length=20,
    )
    entity_id = forms.CharField(
        label=gettext_lazy("Entity id (DLT)"),
        help_text=gettext_lazy(
            "For Indian numbers: the organisation's id on the operators' DLT registry. Empty where"
            " nothing is registered."
        ),
        max_length=40,
        required=False,
    )

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in languages:
            self.fields[f"template_{language}"] = forms.CharField(
                label=self.template_label % {"language": language},
                max_length=40,
                required=False,
            )

    @property
    def facts(self) -> SenderFacts:
        """What was said."""
        said = self.cleaned_data
        templates = {
            name.removeprefix("template_"): value
            for name, value in said.items()
            if name.startswith("template_")
        }
        return SenderFacts(said["sender_id"], said.get("entity_id", ""), templates, self.channel)


class ChatSenderForm(TextSenderForm):
    """From which number one chats, and the names of the approved templates."""

    sender_id = forms.CharField(
        label=gettext_lazy("Id of the number"),
        help_text=gettext_lazy("As the provider names it (phone number ID), digits alone."),
        max_length=20,
    )
    entity_id = None  # type: ignore[assignment]  # how a form lets go of a field
    channel = TextChannel.CHAT
    template_label = gettext_lazy("Template of the words in %(language)s")


def listed(request: UserRequest) -> dict[str, Any]:
    """Around the list: whether text messages can be sent, and where that is mended."""
    return {
        "objection": objection_to_texting(text_sender()),
        "may_manage": request.access.holds(Permission.MANAGE_MESSAGES),
    }


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_MESSAGES)
def sender(request: UserRequest) -> HttpResponse:
    """Say under which name texts are sent."""
    note = _(
        "Under India's rules for commercial communication (TCCCPR 2018) operators deliver only what"
        " is registered: the sender, and the words exactly as they are sent."
    )
    note += " " + _(
        "What people send to your number, as the code of a session, the gateway posts to"
        " %(address)s."
    ) % {"address": incoming_address(request.organisation)}
    return _ask(request, TextSenderForm, _("Sender of text messages"), note)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_MESSAGES)
def chat_sender(request: UserRequest) -> HttpResponse:
    """Say from which number one chats."""
    filled = dict.fromkeys(PLACEHOLDER.findall(wording_of(TEXT, "").body))
    order = ", ".join(f"{{{{{n}}}}} {name}" for n, name in enumerate(filled, start=1))
    note = _(
        "Whoever is written to first gets an approved template alone. Its variables, in this order:"
        " %(order)s. Receipts come to %(address)s."
    ) % {"order": order, "address": settings.ORIGIN + reverse("chat_messages")}
    return _ask(request, ChatSenderForm, _("Sender of chat messages"), note)


def _ask(request: UserRequest, kind: type[TextSenderForm], title: str, note: str) -> HttpResponse:
    found, templates = text_sender(kind.channel), text_templates(TEXT, kind.channel)
    shipped = {w.language for w in shipped_messages() if w.code == TEXT}
    languages = sorted(shipped | set(templates))
    first = {f"template_{language}": each for language, each in templates.items()}
    if found:
        first |= {"sender_id": found.sender_id, "entity_id": found.entity_id}
    form = kind(given(request), initial=first, languages=languages)
    back = reverse(TEXT_MESSAGES.name)

    def act(_said: dict[str, Any]) -> str:
        change_text_sender(TEXT, form.facts, by=request.actor)
        return back

    return ask(request, form, Question(title, TEXT_MESSAGES.title, back, _("Save"), note), act)
