"""How every message looks: one column of at most 600 px, made of MJML once per wording."""

import html
from functools import lru_cache

import mjml
from django.utils.translation import get_language_info, gettext, override

from symposia.notifications.wording import (
    Block,
    Button,
    Facts,
    Heading,
    Paragraph,
    Small,
    Wording,
)

FONT = "'IBM Plex Sans',Arial,sans-serif"
# Marks around a part that is dropped when it has nothing to say; no text of ours contains them.
OPENS, SHUTS = "⟦if {}⟧", "⟦fi⟧"

_DARK = """
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  body, .canvas { background: #0C1314 !important; }
  .card, .card > table { background: #131C1E !important; }
  .card > table > tbody > tr > td { border-color: #29373A !important; }
  .text div, .rows td { color: #E7EEEE !important; }
  .muted div, .rows .label { color: #A8B8BA !important; }
  .rows td { border-color: #29373A !important; } .name div, .foot a { color: #80D2DB !important; }
  .go td, .go a { background: #55BAC6 !important; color: #04211F !important; }
}
@media (max-width: 479px) { .rows td { display: block !important; width: auto !important; }
  .rows .value { border-top: 0 !important; padding-top: 0 !important; } }
"""


@lru_cache(maxsize=256)
def compiled(wording: Wording) -> str:
    """The HTML of a wording with its placeholders still in it."""
    with override(wording.language):
        rtl = get_language_info(wording.language)["bidi"]
        source = _document(wording, "rtl" if rtl else "ltr")
    # No fonts: nothing of a message is ever fetched from another host.
    made: str = mjml.mjml2html(source, fonts={})
    if rtl:
        made = made.replace("direction:ltr", "direction:rtl").replace(
            "text-align:left", "text-align:right"
        )
    return made


def _document(wording: Wording, direction: str) -> str:
    start = "right" if direction == "rtl" else "left"
    blocks = "".join(_drawn(n, block) for n, block in enumerate(wording.blocks))
    return f"""<mjml lang="{wording.language}" dir="{direction}"><mj-head>
<mj-title>{_words(wording.subject)}</mj-title><mj-preview>{_words(wording.preview)}</mj-preview>
<mj-attributes><mj-button align="{start}" /><mj-all font-family="{FONT}" />
<mj-text align="{start}"
 font-size="15px" line-height="23px" color="#11201F" padding="6px 28px" /></mj-attributes>
<mj-style>{_DARK}</mj-style></mj-head>
<mj-body width="600px" background-color="#F5F7F7" css-class="canvas">
<mj-section padding="12px 0"></mj-section>
<mj-wrapper css-class="card" background-color="#FFFFFF" padding="0" border="1px solid #D8E0E1"
 border-radius="10px"><mj-section padding="0 0 20px"><mj-column>
<mj-text css-class="name" padding="18px 28px" font-weight="600" color="#0A5660">
{{organisation}}</mj-text>
{blocks}</mj-column></mj-section></mj-wrapper>
<mj-section padding="12px 0 24px"><mj-column>{_foot(wording)}</mj-column></mj-section>
</mj-body></mjml>"""


def _drawn(number: int, block: Block) -> str:
    match block:
        case Heading(text):
            look = 'css-class="text" font-size="24px" line-height="31px" font-weight="600"'
            return _part(number, f"<mj-text {look}>{_words(text)}</mj-text>")
        case Paragraph(text):
            return _part(number, f'<mj-text css-class="text">{_words(text)}</mj-text>')
        case Small(text):
            look = 'css-class="muted" font-size="13px" line-height="19px" color="#46575A"'
            return _part(number, f"<mj-text {look}>{_words(text)}</mj-text>")
        case Button(label, link):
            return (
                f'<mj-button css-class="go" href="{{{link}}}" padding="16px 28px"'
                ' inner-padding="14px 26px" background-color="#0B6470" color="#FFFFFF"'
                f' font-size="16px" font-weight="600" border-radius="8px">'
                f"{_words(label)}</mj-button>"
            )
        case Facts(rows):
            drawn = "".join(_row(number, n, *row) for n, row in enumerate(rows))
            return f'<mj-table css-class="rows" padding="8px 28px">{drawn}</mj-table>'


def _part(number: int, drawn: str) -> str:
    return f"<mj-raw>{OPENS.format(number)}</mj-raw>{drawn}<mj-raw>{SHUTS}</mj-raw>"


def _row(number: int, row: int, label: str, value: str) -> str:
    line = f"border-top:1px solid #D8E0E1;font:400 15px/22px {FONT};vertical-align:top"
    return (
        f"{OPENS.format(f'{number}.{row}')}<tr>"
        f'<td class="label" style="width:96px;padding:10px 8px 10px 0;color:#46575A;{line}">'
        f"{_words(label)}</td>"
        f'<td class="value" style="padding:10px 0;color:#11201F;{line}">{_words(value)}</td>'
        f"</tr>{SHUTS}"
    )


def _foot(wording: Wording) -> str:
    look = 'css-class="muted foot" font-size="13px" line-height="19px" color="#46575A"'
    words = gettext("This message is from {organisation}.")
    if wording.unsubscribable:
        stop = html.escape(gettext("Stop invitations"))
        words += f' <a href="{{unsubscribe_link}}" style="color:#0A5660">{stop}</a>'
    return f"<mj-text {look}>{words}</mj-text>"


def _words(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br />")
