"""An evening in a hall and online: who came when, what the meeting's report says, and what it must
amount to.

The evening is made beside the product (`Installation.asks`); times are those on the venue's wall.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from symposia.registrations.tickets import ticket_text
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.directory import ClinicianFactory, InstitutionFactory
from tests.factories.registrations import RegistrationFactory
from tests.journeys.beside import colleague, session_of

TITLE = "Heart failure after discharge"
SESSIONS = (("Ninety days: what goes wrong", "18:00:00", 55), ("Five cases", "19:00:00", 60))
END = "20:00:00"
DOORS = {"Hall A": "both", "Foyer": "in"}


@dataclass(frozen=True)
class Guest:
    """Somebody who was there: stays in the room and connections, each from and until."""

    name: str
    room: tuple[tuple[str, str], ...] = ()
    online: tuple[tuple[str, str], ...] = ()
    # What the meeting's report says instead of name and e-mail address.
    called: str = ""

    @property
    def email(self):
        return f"{self.name.lower().replace(' ', '.')}@riverside.example"


STAYED = (
    *("Asha Pereira", "Bilal Qureshi", "Clara Jansen", "Dilip Menon", "Elena Rossi"),
    *("Farid Haddad", "Gita Solanki", "Henrik Dahl", "Ines Cardoso", "Jonas Weber"),
    *("Kavya Bhatt", "Lionel Mercier", "Marta Nowak", "Nikhil Sood", "Olga Petrova"),
)
AT_THE_FOYER = STAYED[10:]
TWICE_AT_ONE_DOOR, AT_BOTH_DOORS = STAYED[3], STAYED[6]
LATE = {"Paulo Ribeiro": "18:12:20", "Qamar Siddiqui": "18:31:20"}
LEAVERS = {"Rosa Delgado": "18:40:30", "Stefan Kovac": "19:25:40", "Tara Lindgren": "19:50:20"}
RETURNER, WENT, CAME_BACK = "Umesh Vaidya", "18:30:30", "18:47:10"
IN_BOTH, LEFT_THE_HALL = "Vera Castellan", "19:05:20"
# Name, whether the person has a place that the desk did not find, when.
WALK_INS = {
    "Leela Fernandes": ("17:58:30", False),
    "Vikram Deshmukh": ("18:05:30", True),
    "Oscar Whitfield": ("18:20:20", False),
}
ABSENT = ("Willem Bakker", "Xenia Marchetti")
CAME, CAME_TO_THE_FOYER = "17:50:00", "17:52:00"

IN_THE_ROOM = (
    *(
        Guest(name, ((CAME_TO_THE_FOYER if name in AT_THE_FOYER else CAME, END),))
        for name in STAYED
    ),
    *(Guest(name, ((at, END),)) for name, at in LATE.items()),
    *(Guest(name, ((CAME, left),)) for name, left in LEAVERS.items()),
    Guest(RETURNER, ((CAME, WENT), (CAME_BACK, END))),
    Guest(IN_BOTH, ((CAME, LEFT_THE_HALL),), (("19:01:10", "20:00:40"),)),
)
CAME_UNASKED = tuple(Guest(name, ((at, END),)) for name, (at, _known) in WALK_INS.items())
AT_HOME = (
    Guest("Yusuf Rahmani", online=(("17:55:00", "20:05:00"),)),
    Guest("Zoe Lambert", online=(("18:10:20", "18:40:20"), ("18:44:50", "20:01:00"))),
    Guest("Anil Bhargava", online=(("18:00:30", "19:30:30"),)),
    Guest("Beatriz Fonseca", online=(("18:20:10", "20:02:00"),)),
    Guest("Callum Drummond", online=(("17:58:00", "18:50:40"),)),
    Guest("Devika Nambiar", online=(("17:59:10", "20:03:20"),)),
    Guest("Sharmila Chatterjee", online=(("17:50:00", "20:03:00"),), called="S. Chatterjee"),
    Guest("Sunil Khatri", online=(("18:01:20", "20:00:40"),), called="Galaxy S23"),
)
LIKE_A_NAME, LIKE_NOBODY = AT_HOME[-2:]
EVERYBODY = (*IN_THE_ROOM, *CAME_UNASKED, *AT_HOME)


def make_evening(day):
    """It is running, and everybody who was asked has a place."""
    organisation = OrganisationFactory(name="Riverside Medical School", slug="riverside")
    office = colleague(organisation, "Meera Whitlock", "coordinator")
    with acting_in(organisation.pk):
        activity, hospital = _running(day), InstitutionFactory(name="Riverside Hospital")
        asked = [guest.name for guest in (*IN_THE_ROOM, *AT_HOME)]
        asked += [name for name, (_at, is_known) in WALK_INS.items() if is_known]
        tickets = {}
        for name in [*asked, *ABSENT]:
            doctor = ClinicianFactory(full_name=name, email=Guest(name).email, institution=hospital)
            place = RegistrationFactory(activity=activity, clinician=doctor)
            tickets[name] = ticket_text(organisation.code, place.pk)
    return {
        "activity": f"activities/{activity.pk}",
        "tickets": tickets,
        "session": session_of(office),
    }


def _running(day):
    begins = datetime.fromisoformat(f"{day}T{SESSIONS[0][1]}")
    activity = ActivityFactory(
        title=TITLE,
        type="hybrid",
        delivery="hybrid",
        state="running",
        minutes=120,
        wall_starts=begins,
    )
    for title, starts, minutes in SESSIONS:
        after = datetime.fromisoformat(f"{day}T{starts}") - begins
        SessionFactory(
            activity=activity, title=title, minutes=minutes, after=after // timedelta(minutes=1)
        )
    return activity


def report(day):
    """The report of the meeting as its vendor writes it: a line for each time somebody joined."""
    form = f"{day:%m/%d/%Y} "
    lines = ["Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"]
    for guest in (*AT_HOME, *(one for one in IN_THE_ROOM if one.online)):
        email = "" if guest.called else guest.email
        for span in guest.online:
            joined, left = (f"{form}{_half_day(clock)}" for clock in span)
            lines.append(f"{guest.called or guest.name},{email},{joined},{left},,Yes")
    return "\n".join(lines) + "\n"


def _half_day(clock):
    return f"{datetime.fromisoformat(f'2000-01-01T{clock}'):%I:%M:%S %p}"


def minutes_due(guest, slow=0):
    """The oracle: of each session every second in which somebody was there, in whole minutes.

    `slow` moves what the phones saw, for the seconds that their clocks may be off.
    """
    there = set()
    for begins, ends in guest.room:
        there.update(range(_second(begins) + slow, _second(ends) + (slow if ends != END else 0)))
    for begins, ends in guest.online:
        there.update(range(_second(begins), _second(ends)))
    due = 0
    for _title, starts, minutes in SESSIONS:
        first = _second(starts)
        due += len(there & set(range(first, first + minutes * 60))) // 60
    return due


def _second(clock):
    hours, minutes, seconds = map(int, clock.split(":"))
    return (hours * 60 + minutes) * 60 + seconds


def counted_twice(guest):
    """What adding up the room and the connection would give."""
    return minutes_due(Guest(guest.name, room=guest.room)) + minutes_due(
        Guest(guest.name, online=guest.online)
    )
