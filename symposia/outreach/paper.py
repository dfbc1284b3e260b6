"""Letters on paper: one page for each recipient, with a square code of the personal link."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from django.utils.formats import date_format
from django.utils.translation import get_language_info, gettext, override

from symposia.accounts.queries import local_day, this_organisation
from symposia.directory.reaching import postal_addresses
from symposia.notifications.filling import fill, is_empty, one_line
from symposia.notifications.queries import wording_of
from symposia.notifications.wording import Block, Button, Facts, Heading, Paragraph, Small
from symposia.outreach.letters import Letters
from symposia.outreach.models import Invitation, Recipient, RecipientState, Wave
from symposia.outreach.reaching import postal_lines
from symposia.shared.paper import print_paper

LETTER = "outreach.letter"
TEMPLATE = Path(__file__).with_name("letter.typ")
Paper = dict[str, Any]


def paper_for(letters: Letters, invitation: Invitation, address: str = "") -> Paper:
    """What one page says: the envelope's lines, the words, the code of the answer."""
    language = letters.language(invitation.clinician)
    wording = wording_of(LETTER, language)
    values = letters.values(invitation)
    with override(wording.language):
        return {
            "language": wording.language.partition("-")[0],
            "rtl": bool(get_language_info(wording.language)["bidi"]),
            "organisation": letters.organisation.name,
            "to": postal_lines(invitation.clinician, address),
            "date": date_format(local_day(letters.at), "j F Y"),
            "subject": one_line(fill(wording.subject, values, one_line)),
            "blocks": [_drawn(each, values) for each in wording.blocks if _says(each, values)],
            "scan": gettext("Scan to answer"),
        }


def letters_of_wave(wave_id: uuid.UUID) -> tuple[list[Paper], datetime]:
    """Every page of a wave in the order of the names, and when it was released."""
    wave = Wave.objects.select_related("campaign__activity__owner").get(pk=wave_id)
    sent = Recipient.objects.filter(wave=wave, state=RecipientState.SENT)
    rows = sent.select_related("invitation__clinician__institution", "invitation__activity")
    activity, at = wave.campaign.activity, wave.released_at
    letters = Letters.for_activity(activity, this_organisation(), at=at)
    ordered = rows.order_by("clinician__search_text", "pk")
    asked = [row.invitation for row in ordered if row.invitation]
    noted = postal_addresses([each.clinician_id for each in asked], local_day())
    return [paper_for(letters, each, noted.get(each.clinician_id, "")) for each in asked], at


def print_letters(papers: Sequence[Paper], at: datetime) -> bytes:
    """One file; a name in a script that our fonts do not have prints with a sign in its place."""
    paper = {"papers": list(papers), "title": papers[0]["subject"] if papers else "-"}
    return print_paper(TEMPLATE, paper, at)


def _says(block: Block, values: Mapping[str, str]) -> bool:
    match block:
        case Heading(text) | Paragraph(text) | Small(text):
            return not is_empty(text, values)
        case Facts(rows):
            return any(not is_empty(value, values) for _label, value in rows)
        case Button():
            return True


def _drawn(block: Block, values: Mapping[str, str]) -> Paper:
    match block:
        case Heading(text):
            return {"kind": "heading", "text": fill(text, values, str)}
        case Small(text):
            return {"kind": "small", "text": fill(text, values, str)}
        case Facts(rows):
            said = [
                [fill(label, values, str), fill(value, values, str)]
                for label, value in rows
                if not is_empty(value, values)
            ]
            return {"kind": "facts", "rows": said}
        case Button(label, link):
            address = values[link]
            text = fill(label, values, str)
            return {"kind": "button", "text": text, "address": address, "qr": _square(address)}
        case Paragraph(text):
            return {"kind": "paragraph", "text": fill(text, values, str)}


def _square(address: str) -> str:
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=True, border=2
    )
    return drawn.getvalue().decode()
