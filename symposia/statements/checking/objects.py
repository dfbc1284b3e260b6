"""What: activities with their definitions, and statements as objects of statements."""

from django.utils.translation import gettext_noop as _

from symposia.statements.checking.walking import At, one_of, text
from symposia.statements.checking.words import an_id, extensions, iri, language_map

# Which lists of components belong to which kind of interaction.
COMPONENTS = {
    "choice": ("choices",),
    "sequencing": ("choices",),
    "likert": ("scale",),
    "matching": ("source", "target"),
    "performance": ("steps",),
    "true-false": (),
    "fill-in": (),
    "long-fill-in": (),
    "numeric": (),
    "other": (),
}
_LISTS = ("choices", "scale", "source", "target", "steps")
_OF_DEFINITION = {
    *("name", "description", "type", "moreInfo", "extensions"),
    *("interactionType", "correctResponsesPattern", *_LISTS),
}


def activity(at: At) -> None:
    """An activity, described or not."""
    at.an_object({"objectType", "id", "definition"})
    at.if_any("objectType", one_of("Activity"))
    at.required("id", iri)
    at.if_any("definition", definition)


def definition(at: At) -> None:
    """How an activity is described."""
    at.an_object(_OF_DEFINITION)
    at.if_any("name", language_map)
    at.if_any("description", language_map)
    at.if_any("type", iri)
    at.if_any("moreInfo", iri)
    at.if_any("extensions", extensions)
    _interaction(at)


def _interaction(at: At) -> None:
    lists = [name for name in _LISTS if at.has(name)]
    at.if_any("interactionType", one_of(*COMPONENTS))
    asked = at.value.get("interactionType")
    if not asked:
        alone = [*lists, *(n for n in ["correctResponsesPattern"] if at.has(n))]
        at.refuse_unless(not alone, _("“interactionType” is missing."))
    at.if_any("correctResponsesPattern", lambda given: given.each(text))
    for name in lists:
        components = at.part(name)
        fits = name in COMPONENTS[asked]
        components.refuse_unless(fits, _("An interaction of this type has no such list."))
        components.each(_component)
        ids = [each["id"] for each in components.value]
        components.refuse_unless(len(ids) == len(set(ids)), _("Each id may stand here once."))


def _component(at: At) -> None:
    at.an_object({"id", "description"})
    at.required("id", text)
    at.if_any("description", language_map)


def reference(at: At) -> None:
    """Another statement, by its id."""
    at.an_object({"objectType", "id"})
    at.required("objectType", one_of("StatementRef"))
    at.required("id", an_id)
