"""A content package, made and not borrowed: two parts, a page of reading and a few questions.

It talks SCORM 1.2 or 2004, keeps its place and its answers, and works with a thumb.
"""

import io
import json
from collections.abc import Mapping, Sequence
from html import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_MADE = (2026, 1, 5, 9, 0, 0)
_SPACES = {
    "1.2": (
        'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" '
        'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"'
    ),
    "2004": (
        'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" '
        'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" '
        'xmlns:imsss="http://www.imsglobal.org/xsd/imsss"'
    ),
}
QUESTIONS = (
    ("Who may still be treated?", ("Whoever has tissue to save", "Nobody after six hours"), 0),
    ("What is looked at first?", ("The clock", "The core"), 1),
    ("When is it decided?", ("Together, before treatment", "Once the images are filed"), 0),
)
PAGES = (
    "Nobody saw it begin. Ask when the patient was last well, and write that time down.",
    "The image answers what the clock cannot: a small core and a large mismatch can be saved.",
    "Speak of ten people like this patient: how many walk, how many bleed. Then decide together.",
)


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """An archive of these files, the same bytes each time."""
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = ZipInfo(name, _MADE)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, content)
    return made.getvalue()


def package(standard: str = "1.2", *, title: str = "Images before clocks") -> bytes:
    """The whole package: read it, then answer."""
    parts = [("read", "Read it", "read.html"), ("ask", "Three questions", "ask.html")]
    return zipped(
        {
            "imsmanifest.xml": manifest(standard, title, parts, mastery={"ask": 60}),
            "read.html": _page("Read it", "read"),
            "ask.html": _page("Three questions", "ask"),
            "course.js": _script(),
            "course.css": _STYLE,
        }
    )


def manifest(
    standard: str,
    title: str,
    parts: Sequence[tuple[str, str, str]],
    *,
    mastery: Mapping[str, int] | None = None,
) -> str:
    """A manifest of these parts: identifier, title and address; a mastery is of a hundred."""
    is_12 = standard == "1.2"
    kind = "adlcp:scormtype" if is_12 else "adlcp:scormType"
    items = "".join(
        f'<item identifier="{known}" identifierref="r-{known}"><title>{escape(said)}</title>'
        f"{_mastery((mastery or {}).get(known), is_12=is_12)}</item>"
        for known, said, _href in parts
    )
    resources = "".join(
        f'<resource identifier="r-{known}" type="webcontent" {kind}="sco" href="{escape(href)}">'
        f'<file href="{escape(href)}"/></resource>'
        for known, _said, href in parts
    )
    version = "1.2" if is_12 else "2004 4th Edition"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<manifest identifier="made" version="1" {_SPACES[standard]}>'
        f"<metadata><schema>ADL SCORM</schema><schemaversion>{version}</schemaversion></metadata>"
        f'<organizations default="all"><organization identifier="all">'
        f"<title>{escape(title)}</title>{items}</organization></organizations>"
        f"<resources>{resources}</resources></manifest>"
    )


def _mastery(of: int | None, *, is_12: bool) -> str:
    if of is None:
        return ""
    if is_12:
        return f"<adlcp:masteryscore>{of}</adlcp:masteryscore>"
    return (
        '<imsss:sequencing><imsss:objectives><imsss:primaryObjective satisfiedByMeasure="true">'
        f"<imsss:minNormalizedMeasure>{of / 100:g}</imsss:minNormalizedMeasure>"
        "</imsss:primaryObjective></imsss:objectives></imsss:sequencing>"
    )


def _page(title: str, kind: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="course.css"></head>'
        f'<body><main data-kind="{kind}"><h1>{escape(title)}</h1><div id="at"></div></main>'
        '<script src="course.js"></script></body></html>'
    )


def _script() -> str:
    facts = {
        "pages": PAGES,
        "questions": [{"asks": a, "choices": b, "right": c} for a, b, c in QUESTIONS],
    }
    return f"const facts = {json.dumps(facts)};\n{_TALK}"


_STYLE = """
body { margin: 0; font: 1.0625rem/1.5 system-ui, sans-serif; color: #20241f; background: #fbfaf7; }
main { max-width: 40rem; margin: 0 auto; padding: 1.25rem; }
h1 { font-size: 1.25rem; }
button { display: block; width: 100%; margin: .5rem 0; padding: .75rem 1rem; font: inherit;
  text-align: start; border: 1px solid #8a9187; border-radius: .5rem; background: #fff;
  color: inherit; }
button.next { background: #0b5a5e; color: #fff; text-align: center; border-color: #0b5a5e; }
.small { color: #575e55; font-size: .9375rem; }
"""

_TALK = r"""
// The interface is looked for as the standard says: here, in who frames this, in who opened it.
function find(name) {
  for (let at = window, tries = 0; at && tries < 8; tries += 1) {
    if (at[name]) return at[name];
    if (at.parent === at) break;
    at = at.parent;
  }
  return window.opener ? window.opener[name] : null;
}
const old = find("API"), later = find("API_1484_11");
const begun = Date.now();
const names = {
  place: ["cmi.core.lesson_location", "cmi.location"],
  kept: ["cmi.suspend_data", "cmi.suspend_data"],
  status: ["cmi.core.lesson_status", "cmi.completion_status"],
  exit: ["cmi.core.exit", "cmi.exit"],
  entry: ["cmi.core.entry", "cmi.entry"],
};
const get = (name) => (old ? old.LMSGetValue(name[0]) : later ? later.GetValue(name[1]) : "");
const set = (name, value) =>
  old ? old.LMSSetValue(name[0], value) : later && later.SetValue(name[1], value);
const commit = () => (old ? old.LMSCommit("") : later && later.Commit(""));
if (old) old.LMSInitialize("");
else if (later) later.Initialize("");

const at = document.getElementById("at");
const isReading = document.querySelector("main").dataset.kind === "read";
let place = Number(get(names.place) || 0);
let answers = JSON.parse(get(names.kept) || "[]");

function say(tag, words, className) {
  const made = document.createElement(tag);
  made.textContent = words;
  if (className) made.className = className;
  at.append(made);
  return made;
}
function keep() {
  set(names.place, String(place));
  set(names.kept, JSON.stringify(answers));
  commit();
}
function score(points) {
  if (old) {
    old.LMSSetValue("cmi.core.score.min", "0");
    old.LMSSetValue("cmi.core.score.max", "100");
    old.LMSSetValue("cmi.core.score.raw", String(points));
  } else if (later) {
    later.SetValue("cmi.score.scaled", String(points / 100));
    later.SetValue("cmi.score.raw", String(points));
  }
}
function done() {
  set(names.status, "completed");
  keep();
}
function read() {
  at.replaceChildren();
  say("p", facts.pages[place]);
  say("p", `Page ${place + 1} of ${facts.pages.length}`, "small");
  const isLast = place === facts.pages.length - 1;
  if (isLast) done();
  else say("button", "Next page", "next").onclick = () => { place += 1; keep(); read(); };
}
function ask() {
  at.replaceChildren();
  if (answers.length === facts.questions.length) return tell();
  const asked = facts.questions[answers.length];
  say("p", asked.asks);
  asked.choices.forEach((words, number) => {
    say("button", words).onclick = () => { answers = [...answers, number]; keep(); ask(); };
  });
  say("p", `Question ${answers.length + 1} of ${facts.questions.length}`, "small");
}
function tell() {
  const right = facts.questions.filter((one, number) => one.right === answers[number]).length;
  const points = Math.round((100 * right) / facts.questions.length);
  score(points);
  done();
  say("p", `${right} of ${facts.questions.length} right.`);
  if (right >= 2) return;
  say("button", "Answer again", "next").onclick = () => { answers = []; keep(); ask(); };
}
isReading ? read() : ask();

let over = false;
addEventListener("pagehide", () => {
  if (over) return;
  over = true;
  const seconds = Math.round((Date.now() - begun) / 1000);
  const two = (number) => String(number).padStart(2, "0");
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60];
  const clock = parts.map((each) => two(Math.floor(each)));
  set(["cmi.core.session_time", "cmi.session_time"], old ? clock.join(":") : `PT${seconds}S`);
  set(names.exit, "suspend");
  if (old) old.LMSFinish("");
  else if (later) later.Terminate("");
});
"""
