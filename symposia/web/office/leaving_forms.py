"""What is asked when somebody leaves: why, and who goes on with which kind of work."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.accounts.memberships import Member
from symposia.accounts.models import Membership
from symposia.accounts.open_work import Left
from symposia.accounts.succession import Succession, who_may

NOBODY = "nobody"


class LeavingForm(forms.Form):
    """Why somebody does not work here any more, and who goes on."""

    reason = forms.CharField(
        label=gettext_lazy("Why the person leaves"),
        help_text=gettext_lazy("It stays in the journal."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )
    successor = forms.ChoiceField(
        label=gettext_lazy("Who goes on with the open work"),
        required=False,
        help_text=gettext_lazy("Nobody: it stays in the name of who leaves until it is given on."),
    )
    in_spite = forms.BooleanField(
        label=gettext_lazy("I have read what stands against it, and it shall be so"),
        required=False,
    )

    def __init__(
        self,
        leaver: Membership,
        left: Sequence[Left],
        colleagues: Sequence[Member],
        data: Any = None,
    ) -> None:
        super().__init__(data)
        able = who_may(now())
        others = [
            (str(each.membership.user_id), str(each.membership.user))
            for each in colleagues
            if each.membership.pk != leaver.pk
        ]
        self.kinds = [each.name for each in left if each.work.handed_over]
        self.fields["successor"].choices = [  # type: ignore[attr-defined]  # a choice field has them
            ("", _("Nobody yet")),
            *others,
        ]
        for each in left:
            if each.work.handed_over:
                self.fields[self.name_of(each.name)] = _choice(each, others, able)

    @staticmethod
    def name_of(kind: str) -> str:
        """The field of one kind of work."""
        return f"for_{kind}"

    def succession(self) -> Succession:
        """Who goes on with everything, and who with some kinds."""
        everything = self.cleaned_data.get("successor")
        otherwise = {
            kind: None if chosen == NOBODY else uuid.UUID(chosen)
            for kind in self.kinds
            if (chosen := self.cleaned_data.get(self.name_of(kind)))
        }
        return Succession(uuid.UUID(everything) if everything else None, otherwise)

    def said(self) -> dict[str, Any]:
        """What the action asks for."""
        chosen = self.succession()
        return {
            "reason": self.cleaned_data["reason"],
            "successor": chosen.successor_id,
            "otherwise": chosen.otherwise,
            "in_spite": self.cleaned_data.get("in_spite", False),
        }

    def is_valid_choice(self) -> bool:
        """Whether those who are named can be, whatever the reason."""
        return not set(self.errors) - {"reason"}

    def chosen(self) -> dict[str, str]:
        """The same choices, to stand in an address."""
        names = ["successor", *map(self.name_of, self.kinds)]
        return {name: value for name in names if (value := self.data.get(name))}


def _choice(
    left: Left, others: list[tuple[str, str]], able: Mapping[str, set[uuid.UUID]]
) -> forms.ChoiceField:
    """Another one for this kind: of those whose role lets them go on with it."""
    needs = left.work.needs
    people = [each for each in others if not needs or uuid.UUID(each[0]) in able.get(needs, set())]
    return forms.ChoiceField(
        label=_("Who goes on with: %(kind)s") % {"kind": left.work.label},
        required=False,
        choices=[("", _("As above")), (NOBODY, _("Nobody yet")), *people],
    )
