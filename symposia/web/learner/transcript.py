"""The learner's transcript: days, totals, credit from elsewhere, links for boards, files."""

import uuid
from typing import Any

from allauth.core import ratelimit
from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.credits.actions.transcripts import (
    Proof,
    hand_in_external_credit,
    revoke_transcript_share,
    share_transcript,
    withdraw_external_credit,
)
from symposia.credits.external import LARGEST, ExternalFacts, end_of_share, is_open
from symposia.credits.external_lists import EXTERNAL_TONES
from symposia.credits.letters import SHARED, shared_address
from symposia.credits.models import ExternalCredit, TranscriptShare
from symposia.credits.queries import all_systems
from symposia.credits.subjects import subject_choices
from symposia.credits.transcript_papers import (
    days_in_words,
    print_transcript,
    transcript_sheet,
)
from symposia.credits.transcripts import Transcript, transcript_of
from symposia.directory.models import Clinician
from symposia.web.gates import requires
from symposia.web.links import personal_link
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.pdfs import pdf_file
from symposia.web.record_files import record_file, record_words
from symposia.web.requests import UserRequest
from symposia.work.kinds import PAPERS

FOLDER = "learner/transcript"
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DaysForm(forms.Form):
    """From when to when; open where nothing is given."""

    from_on = forms.DateField(label=gettext_lazy("From"), widget=DAY, required=False)
    until_on = forms.DateField(label=gettext_lazy("Until"), widget=DAY, required=False)


class ExternalForm(forms.Form):
    """Credit that was earned elsewhere, and what shows it."""

    file = forms.FileField(
        label=gettext_lazy("Certificate or letter"),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(PAPERS)}),
        help_text=gettext_lazy("A PDF, or a picture of the paper, up to 10 megabytes."),
    )
    title = forms.CharField(label=gettext_lazy("What it was"), max_length=200)
    provider = forms.CharField(label=gettext_lazy("Who held it"), max_length=200)
    earned_on = forms.DateField(label=gettext_lazy("Day it was earned"), widget=DAY)
    system = forms.ChoiceField(label=gettext_lazy("Credit system"))
    amount = forms.DecimalField(
        label=gettext_lazy("Credit"), min_value=0, max_digits=7, decimal_places=2
    )
    subjects = forms.MultipleChoiceField(
        label=gettext_lazy("Subjects that boards ask for"),
        widget=forms.SelectMultiple(attrs={"size": 6}),
        required=False,
        help_text=gettext_lazy("Only what the paper itself says it was about."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._systems = {each.pk: each for each in all_systems()}
        known = [(each.pk, each.name) for each in self._systems.values()]
        self.fields["system"].choices = known  # type: ignore[attr-defined]
        self.fields["subjects"].choices = subject_choices()  # type: ignore[attr-defined]

    def facts(self) -> ExternalFacts:
        said = dict(self.cleaned_data)
        said.pop("file")
        return ExternalFacts(**said | {"system": self._systems[said["system"]]})

    def proof(self) -> Proof:
        sent = self.cleaned_data["file"]
        return Proof(sent.name, sent.read(LARGEST + 1))


class ShareForm(DaysForm):
    """Who may read it, until when, and which days."""

    board = forms.CharField(label=gettext_lazy("Who is to read it"), max_length=200)
    expires_on = forms.DateField(
        label=gettext_lazy("The link opens until"),
        widget=DAY,
        help_text=gettext_lazy("At most a year. You can end it earlier."),
    )
    field_order = ["board", "expires_on", "from_on", "until_on"]


@require_GET
@requires(Permission.OWN_LEARNING)
def show(request: UserRequest) -> HttpResponse:
    """Everything the learner holds here, with what is under way."""
    clinician = Clinician.objects.of_user(request.user.pk).first()
    if clinician is None:
        return render(request, "learner/own_data/nobody.html")
    form, transcript = _asked(request, clinician)
    shares = [
        (each, shared_address(each, request.organisation.code) if is_open(each, at=now()) else "")
        for each in TranscriptShare.objects.of(clinician)[:20]
    ]
    external = ExternalCredit.objects.own_of(request.access).select_related("system", "file")
    context = {
        "form": form,
        "transcript": transcript,
        "days": days_in_words(transcript),
        "query": request.GET.urlencode(),
        **record_words(transcript),
        "shares": shares,
        "external": [
            (each, EXTERNAL_TONES[each.state])
            for each in external.order_by("-handed_in_at", "-pk")[:50]
        ],
    }
    return render(request, f"{FOLDER}/show.html", context)


@require_GET
@requires(Permission.OWN_LEARNING)
def pdf(request: UserRequest) -> HttpResponse:
    """The transcript on paper."""
    _form, transcript = _asked(request, _mine(request))
    return pdf_file(print_transcript(transcript, now()), "transcript")


@require_GET
@requires(Permission.OWN_LEARNING)
def sheet(request: UserRequest) -> HttpResponse:
    """The same lines for a spreadsheet."""
    _form, transcript = _asked(request, _mine(request))
    return csv_of(transcript)


@require_GET
@requires(Permission.OWN_LEARNING)
def record(request: UserRequest) -> HttpResponse:
    """The same lines as a learner record, for a wallet or a program."""
    _form, transcript = _asked(request, _mine(request))
    return record_file(transcript, request.organisation)


@require_http_methods(["GET", "POST"])
@requires(Permission.OWN_LEARNING)
def new_external(request: UserRequest) -> HttpResponse:
    """Enter credit from elsewhere with its proof."""
    clinician, back = _mine(request), reverse("transcript")
    form = ExternalForm(given(request), request.FILES or None)

    def act(_said: dict[str, Any]) -> str:
        hand_in_external_credit(clinician, form.facts(), form.proof(), by=request.actor)
        return back

    note = _("The office looks at the proof. From then on it counts in your transcript.")
    question = Question(
        *(_("Credit from elsewhere"), _("My transcript"), back, _("Hand it in"), note),
        template=f"{FOLDER}/external.html",
    )
    return ask(request, form, question, act)


@require_POST
@requires(Permission.OWN_LEARNING)
def withdraw_external(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take it back while nobody has decided."""
    credit = get_object_or_404(ExternalCredit.objects.own_of(request.access), pk=pk)
    done = _("It is taken back.")
    return do(
        request,
        lambda: withdraw_external_credit(credit, by=request.actor),
        reverse("transcript"),
        done,
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.OWN_LEARNING)
def new_share(request: UserRequest) -> HttpResponse:
    """Make a link for one board."""
    clinician, back = _mine(request), reverse("transcript")
    form = ShareForm(given(request))

    def act(said: dict[str, Any]) -> str:
        expires_at = end_of_share(said["expires_on"], request.organisation.zone)
        days = (said["from_on"], said["until_on"])
        share_transcript(clinician, said["board"], expires_at, days=days, by=request.actor)
        return back

    note = _("Whoever has the link reads your transcript of these days, and nothing else of you.")
    question = Question(
        _("Share my transcript"), _("My transcript"), back, _("Make the link"), note
    )
    return ask(request, form, question, act)


@require_POST
@requires(Permission.OWN_LEARNING)
def revoke_share(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """End a link at once."""
    share = get_object_or_404(TranscriptShare.objects.of(_mine(request)), pk=pk)
    done = _("The link opens nothing any more.")
    return do(
        request,
        lambda: revoke_transcript_share(share, by=request.actor),
        reverse("transcript"),
        done,
    )


@require_GET
@personal_link(SHARED)
def shared(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """What a board reads: the transcript of the shared days, or that the link is over."""
    share = get_object_or_404(TranscriptShare.objects.select_related("clinician"), pk=pk)
    if not is_open(share, at=now()):
        return render(request, f"{FOLDER}/over.html", {"share": share}, status=410)
    transcript = _of_share(share)
    context = {
        "share": share,
        "token": token,
        "transcript": transcript,
        "days": days_in_words(transcript),
        "organisation": request.organisation,
        **record_words(transcript),
    }
    return render(request, f"{FOLDER}/shared.html", context)


@require_GET
@personal_link(SHARED)
def shared_pdf(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:  # of the link
    """The same on paper."""
    share = get_object_or_404(TranscriptShare.objects.select_related("clinician"), pk=pk)
    if not is_open(share, at=now()):
        raise Http404
    return pdf_file(print_transcript(_of_share(share), now()), "transcript")


@require_GET
@personal_link(SHARED)
def shared_record(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:  # of the link
    """The same as a learner record."""
    if not ratelimit.consume(request, action="learner_record"):
        too_often: HttpResponse = ratelimit.respond_429(request)
        return too_often
    share = get_object_or_404(TranscriptShare.objects.select_related("clinician"), pk=pk)
    if not is_open(share, at=now()):
        raise Http404
    return record_file(_of_share(share), request.organisation)


def csv_of(transcript: Transcript) -> HttpResponse:
    response = HttpResponse(transcript_sheet(transcript), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="transcript.csv"'
    return response


def _mine(request: UserRequest) -> Clinician:
    return get_object_or_404(Clinician.objects.of_user(request.user.pk))


def _asked(request: UserRequest, clinician: Clinician) -> tuple[DaysForm, Transcript]:
    """The days somebody asked for; what is no day counts as not given."""
    form = DaysForm(request.GET)
    form.is_valid()
    said = getattr(form, "cleaned_data", {})
    return form, transcript_of(clinician, said.get("from_on"), said.get("until_on"))


def _of_share(share: TranscriptShare) -> Transcript:
    return transcript_of(share.clinician.as_kept, share.from_on, share.until_on)
