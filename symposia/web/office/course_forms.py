"""Forms of courses, modules, lessons and of what an activity asks of learners."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.activities.actions.content_reviews import Upload
from symposia.activities.models import Activity, ContentItem
from symposia.activities.queries import objectives_of
from symposia.activities.reviewed import contents_of
from symposia.learning.actions.courses import CourseFacts
from symposia.learning.actions.lessons import LessonFacts
from symposia.learning.defaults import Asked
from symposia.learning.lesson_rules import LARGEST_VIDEO
from symposia.learning.models import Lesson, Module
from symposia.learning.policies import kind_shows
from symposia.registrations.requirements import RequirementKind, Setting


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CourseForm(forms.Form):
    """How the lessons are studied, and what is told of it before the start."""

    is_ordered = forms.BooleanField(
        label=gettext_lazy("A lesson opens once the one before it is done"), required=False
    )
    method = forms.CharField(
        label=gettext_lazy("How one takes part"), widget=_area(3), max_length=500, required=False
    )
    needs = forms.CharField(
        label=gettext_lazy("Hardware and software that is needed"),
        widget=_area(2),
        max_length=500,
        required=False,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def facts(self) -> CourseFacts:
        said = self.cleaned_data
        return CourseFacts(said["is_ordered"], said["method"], said["needs"])


class ModuleForm(forms.Form):
    """The title of a module."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)


class ModulePlaceForm(forms.Form):
    """Where a module goes."""

    position = forms.IntegerField(
        label=gettext_lazy("Place in the order"), min_value=1, max_value=500
    )


class LessonPlaceForm(forms.Form):
    """Where a lesson goes."""

    module = forms.ChoiceField(label=gettext_lazy("Module"))
    position = forms.IntegerField(
        label=gettext_lazy("Place in the module"), min_value=1, max_value=500
    )

    def __init__(self, *args: Any, modules: list[Module], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["module"].choices = [(str(m.pk), m.title) for m in modules]  # type: ignore[attr-defined]


class LessonForm(forms.Form):
    """A lesson of a kind: only what the kind is made of is asked."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    minutes = forms.IntegerField(
        label=gettext_lazy("Estimated minutes"), min_value=1, max_value=600
    )
    is_required = forms.BooleanField(
        label=gettext_lazy("Required for the credit"), required=False, initial=True
    )
    file = forms.FileField(label=gettext_lazy("File"), required=False)
    item = forms.ChoiceField(
        label=gettext_lazy("Or take released content of this activity"), required=False
    )
    address = forms.URLField(
        label=gettext_lazy("Address"), max_length=500, required=False, assume_scheme="https"
    )
    captions = forms.FileField(label=gettext_lazy("Captions (WebVTT)"), required=False)
    transcript = forms.CharField(
        label=gettext_lazy("Transcript"), widget=_area(6), max_length=100_000, required=False
    )
    description = forms.CharField(
        label=gettext_lazy("What the image shows"), max_length=300, required=False
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy(
            "An empty line begins a paragraph, “# ” a heading, “- ” a line of a list; **strong**, "
            "*emphasised*, [words](https://…)."
        ),
        widget=_area(8),
        max_length=100_000,
        required=False,
    )
    sources = forms.CharField(
        label=gettext_lazy("References, one a line"),
        widget=_area(3),
        max_length=10_000,
        required=False,
    )
    objective = forms.ChoiceField(label=gettext_lazy("Objective"), required=False)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, activity: Activity, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self._objectives = {str(each.pk): each for each in objectives_of(activity)}
        self.fields["file"].widget.attrs["data-sending"] = _("Sent: %(n)s %")
        for name in ("file", "item", "address", "captions", "transcript", "description"):
            if name not in kind_shows(kind):
                del self.fields[name]
        known = [(pk, each.text) for pk, each in self._objectives.items()]
        self.fields["objective"].choices = [("", _("none in particular")), *known]  # type: ignore[attr-defined]
        self._items: dict[str, ContentItem] = {}
        if "item" in self.fields:
            found = [each for each in contents_of(activity) if each.is_released]
            self._items = {str(each.item.pk): each.item for each in found}
            items = [(pk, each.title) for pk, each in self._items.items()]
            self.fields["item"].choices = [("", _("none")), *items]  # type: ignore[attr-defined]

    def facts(self) -> LessonFacts:
        said = self.cleaned_data
        return LessonFacts(
            kind=self.kind,
            title=said["title"],
            minutes=said["minutes"],
            is_required=said["is_required"],
            text=said["text"],
            address=said.get("address", ""),
            transcript=said.get("transcript", ""),
            description=said.get("description", ""),
            sources=said["sources"],
            objective=self._objectives.get(said["objective"]),
            item=self._items.get(said.get("item", "")),
            file=_upload(said.get("file")),
            captions=_upload(said.get("captions")),
        )


def _upload(sent: Any) -> Upload | None:
    return Upload(sent.name, sent.read(LARGEST_VIDEO + 1)) if sent else None


def lesson_as_asked(lesson: Lesson) -> dict[str, Any]:
    """What a form of a lesson begins with."""
    names = ("title", "minutes", "is_required", "address", "transcript", "description")
    first = {name: getattr(lesson, name) for name in (*names, "text", "sources")}
    first |= {"objective": str(lesson.objective_id or ""), "seen_version": lesson.version}
    return first | {"item": str(lesson.item_id or "")}


class RequirementsForm(forms.Form):
    """At which place of the order each kind is asked; 0 is not at all."""

    def __init__(self, *args: Any, kinds: list[RequirementKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        for kind in kinds:
            label = _("%s: place in the order, 0 is not asked") % kind.label
            self.fields[f"at_{kind.code}"] = forms.IntegerField(
                label=label, min_value=0, max_value=20, initial=0
            )
            for each in kind.settings:
                self.fields[_name(kind, each)] = forms.IntegerField(
                    label=str(each.label),
                    min_value=each.least,
                    max_value=each.most,
                    initial=each.default,
                    # Of what is not asked nobody says how much; left empty it is as usual.
                    required=False,
                )

    def asked(self) -> list[Asked]:
        said = self.cleaned_data
        wanted = sorted((said[f"at_{k.code}"], n) for n, k in enumerate(self.kinds))
        return [
            Asked(kind.code, {each.name: self._said(kind, each) for each in kind.settings})
            for place, number in wanted
            if place
            for kind in [self.kinds[number]]
        ]

    def _said(self, kind: RequirementKind, setting: Setting) -> int:
        number: int | None = self.cleaned_data[_name(kind, setting)]
        return setting.default if number is None else number


def _name(kind: RequirementKind, setting: Setting) -> str:
    return f"{kind.code}_{setting.name}"


def requirements_as_asked(asked: list[Any]) -> dict[str, Any]:
    """What the form of requirements begins with."""
    first: dict[str, Any] = {}
    for number, each in enumerate(asked, start=1):
        first[f"at_{each.kind}"] = number
        first |= {f"{each.kind}_{name}": value for name, value in each.settings.items()}
    return first
