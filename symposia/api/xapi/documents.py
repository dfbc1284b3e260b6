"""States and profiles: documents that providers keep under a name, with entity tags."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from symposia.api.xapi.answers import as_document, as_json, changed_at, nothing
from symposia.api.xapi.asked import Answered, Asked, json_of
from symposia.api.xapi.reading import identified, registration_of, since_of
from symposia.shared.refusals import refuse_if
from symposia.statements.actions.documents import drop_document, drop_states, keep_document
from symposia.statements.authorities import provider_actor
from symposia.statements.checking import Wrong
from symposia.statements.checking.walking import At
from symposia.statements.checking.words import iri
from symposia.statements.documents import Change, Place, is_json
from symposia.statements.entering import Provider
from symposia.statements.models import DocumentKind
from symposia.statements.policies import objection_to_documents
from symposia.statements.queries import document_at, document_names

Handler = Callable[[Asked, Provider], HttpResponse]
_LONGEST_TYPE = 200


@dataclass(frozen=True)
class Resource:
    """A kind of documents: what names one, and what it is about."""

    kind: DocumentKind
    named_by: str
    about: tuple[str, ...]
    more: tuple[str, ...] = ()

    def get(self, asked: Asked, provider: Provider) -> HttpResponse:
        """One document, or the names of all."""
        refuse_if(objection_to_documents(provider.key, writing=False))
        asked.only({self.named_by, "since", *self.about, *self.more}, self.about)
        place, since = self._place(asked), since_of(asked)
        if self.named_by not in asked.params:
            names, at = document_names(place.owner, registration=place.registration, since=since)
            return changed_at(as_json(names), at)
        found = document_at(place.key)
        if found is None:
            raise Answered(404, _("There is no such document."))
        if found.etag in asked.tags("if-none-match"):
            return HttpResponse(status=304)
        answer = as_document(bytes(found.content), found.content_type, found.etag)
        return changed_at(answer, found.changed_at)

    def put(self, asked: Asked, provider: Provider) -> HttpResponse:
        """A document in the place of the one that is there."""
        return self._keep(asked, provider, merges=False)

    def post(self, asked: Asked, provider: Provider) -> HttpResponse:
        """A document, or more of the one that is there."""
        return self._keep(asked, provider, merges=True)

    def delete(self, asked: Asked, provider: Provider) -> HttpResponse:
        """No document any more; of states, all at once where none is named."""
        refuse_if(objection_to_documents(provider.key, writing=True))
        is_all = self.kind == DocumentKind.STATE and self.named_by not in asked.params
        needed = self.about if is_all else (self.named_by, *self.about)
        asked.only({self.named_by, *self.about, *self.more}, needed)
        place, by = self._place(asked), provider_actor(provider.key)
        if is_all:
            drop_states(place, by=by)
        else:
            drop_document(place, self._change(asked), by=by)
        return nothing()

    def _keep(self, asked: Asked, provider: Provider, *, merges: bool) -> HttpResponse:
        refuse_if(objection_to_documents(provider.key, writing=True))
        asked.only({self.named_by, *self.about, *self.more}, {self.named_by, *self.about})
        place = self._place(asked)
        if is_json(asked.content_type):
            told = json_of(asked.body)
            if merges and not isinstance(told, dict):
                raise Wrong("body", _("An object is wanted."))
        # A state is replaced by whoever sends one; only since 2.0 it has to be named too.
        names = self.kind != DocumentKind.STATE or asked.major > 1
        change = self._change(asked, merges=merges, must_name=names and not merges)
        keep_document(place, change, at=provider.at, by=provider_actor(provider.key))
        return nothing()

    def _place(self, asked: Asked) -> Place:
        activity = agent = ""
        if "activityId" in self.about:
            activity = asked.params["activityId"]
            iri(At(activity, "activityId"))
        if "agent" in self.about:
            agent = str(identified(asked))
        name = asked.params.get(self.named_by, "")
        return Place(self.kind, activity, agent, registration_of(asked), name)

    def _change(self, asked: Asked, *, merges: bool = False, must_name: bool = False) -> Change:
        return Change(
            asked.body,
            (asked.content_type or "application/octet-stream")[:_LONGEST_TYPE],
            merges,
            asked.tags("if-match"),
            asked.tags("if-none-match"),
            must_name,
        )

    def handlers(self) -> dict[str, Handler]:
        return {"GET": self.get, "PUT": self.put, "POST": self.post, "DELETE": self.delete}


STATE = Resource(DocumentKind.STATE, "stateId", ("activityId", "agent"), ("registration",))
ACTIVITY_PROFILE = Resource(DocumentKind.ACTIVITY, "profileId", ("activityId",))
AGENT_PROFILE = Resource(DocumentKind.AGENT, "profileId", ("agent",))
