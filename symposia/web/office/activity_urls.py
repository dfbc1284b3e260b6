"""Addresses around activities: their types, who organises them, when and where things happen."""

from django.urls import URLPattern, path

from symposia.activities.duty_lists import DOCUMENTS, MILESTONES
from symposia.activities.small_rooms import SMALL_ROOMS
from symposia.activities.type_lists import ORGANISERS, OWN_TYPES
from symposia.activities.venue_lists import EQUIPMENT, VENUES
from symposia.web.lists import list_urls
from symposia.web.office import (
    activity_types,
    agenda_board,
    organisers,
    papers,
    session_objectives,
    tasks,
    venue_choice,
    venues,
)

urlpatterns: list[URLPattern] = [
    *list_urls(
        "activities/types/",
        OWN_TYPES,
        template="office/activities/types.html",
        extra=activity_types.list_extra,
    ),
    path("activities/types/<slug:code>/", activity_types.show, name="activity_type"),
    path("activities/types/<slug:code>/edit/", activity_types.edit, name="activity_type_edit"),
    path(
        "activities/types/<slug:code>/giving-up/",
        activity_types.give_up,
        name="activity_type_giving_up",
    ),
    path(
        "activities/<uuid:pk>/type-questions/",
        activity_types.questions,
        name="activity_type_questions",
    ),
    *list_urls("activities/organisers/", ORGANISERS),
    path("activities/<uuid:pk>/organiser/", organisers.edit, name="activity_organiser"),
    path(
        "activities/<uuid:pk>/organiser/approval/",
        organisers.approval,
        name="activity_approval_number",
    ),
    path(
        "activities/<uuid:pk>/organiser/removal/",
        organisers.remove,
        name="activity_organiser_removal",
    ),
    # venues, rooms, equipment
    *list_urls("venues/too-small/", SMALL_ROOMS),
    *list_urls("venues/", VENUES, template="office/venues/list.html", extra=venues.listed),
    path("venues/new/", venues.new, name="venue_new"),
    path("venues/<uuid:pk>/", venues.show, name="venue"),
    path("venues/<uuid:pk>/edit/", venues.edit, name="venue_edit"),
    path("venues/<uuid:pk>/retirement/", venues.retire, name="venue_retirement"),
    path("venues/<uuid:pk>/rooms/", venues.room, name="venue_room_new"),
    path(
        "venues/<uuid:pk>/rooms/<uuid:room_pk>/removal/",
        venues.room_remove,
        name="venue_room_removal",
    ),
    *list_urls("equipment/", EQUIPMENT, template="office/venues/things.html", extra=venues.listed),
    path("equipment/new/", venues.thing_new, name="equipment_new"),
    path("equipment/<uuid:pk>/", venues.thing, name="equipment_item"),
    path("equipment/<uuid:pk>/retirement/", venues.thing_retire, name="equipment_retirement"),
    # what is owed
    *list_urls("milestones/", MILESTONES),
    *list_urls("documents/", DOCUMENTS),
    path("activities/<uuid:pk>/tasks/", tasks.tasks, name="activity_tasks"),
    path("activities/<uuid:pk>/milestones/", tasks.milestone_new, name="activity_milestone_new"),
    path(
        "activities/<uuid:pk>/milestones/<uuid:milestone_pk>/tick/",
        tasks.tick,
        name="activity_milestone_tick",
    ),
    path(
        "activities/<uuid:pk>/milestones/<uuid:milestone_pk>/owner/",
        tasks.owner,
        name="activity_milestone_owner",
    ),
    path("activities/<uuid:pk>/documents/", tasks.document_new, name="activity_document_new"),
    path("activities/<uuid:pk>/venue/", venue_choice.choose, name="activity_venue"),
    path("activities/<uuid:pk>/documents.zip", papers.take_home, name="activity_papers"),
    path("documents/<uuid:pk>/", tasks.document, name="document"),
    path("documents/<uuid:pk>/versions/", tasks.hand_in, name="document_handing_in"),
    path("documents/<uuid:pk>/waiver/", tasks.waive, name="document_waiver"),
    # the agenda's grid
    path("activities/<uuid:pk>/agenda/board/", agenda_board.show, name="activity_agenda_board"),
    path(
        "activities/<uuid:pk>/agenda/calendar.ics",
        agenda_board.calendar,
        name="activity_agenda_calendar",
    ),
    path(
        "activities/<uuid:pk>/sessions/<uuid:session_pk>/move/",
        agenda_board.move,
        name="activity_session_move",
    ),
    path(
        "activities/<uuid:pk>/sessions/<uuid:session_pk>/shift/",
        agenda_board.shift,
        name="activity_session_shift",
    ),
    path(
        "activities/<uuid:pk>/sessions/<uuid:session_pk>/objectives/",
        session_objectives.choose,
        name="activity_session_objectives",
    ),
    path(
        "activities/<uuid:pk>/sessions/<uuid:session_pk>/equipment/",
        agenda_board.things,
        name="activity_session_equipment",
    ),
]
