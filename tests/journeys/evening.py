"""From the invitation to the end of the evening."""

import zxingcpp
from PIL import Image

from tests.journeys.papers import doctors
from tests.journeys.stage import CAMERA, LAUNCH, Person, link_in_mail

INVITED = doctors()[:6]
SAYS = {"in": "Checked in", "out": "Checked out"}


def invite(coordinator, activity):
    """Open it, choose six people by their names, look, send."""
    coordinator.open(f"/{activity}/").press("Open for registration").sees("Open: people can be")
    coordinator.open(f"/{activity}/invitations/new/")
    for doctor in INVITED:
        coordinator.page.locator(f"main input[aria-label='{doctor.name}']").check()
    coordinator.press("Review the chosen").shoot("invite")
    coordinator.press("Send 6 invitations")
    coordinator.sees("6 people will receive wave 1.")


def answer(browser, address, doctor, *, verb="Accept", picture=None, mail=None):
    """On a phone, from the mail, without a password."""
    person = Person(browser, address, phone=True)
    link = link_in_mail(person, doctor.email, "Invitation: ", "/r/")
    if mail:
        person.page.wait_for_timeout(2000)
        person.shoot(mail, fresh=True)
    person.open(link)
    if picture:
        person.shoot(picture)
    person.press(verb)
    return person


def take_places(browser, address):
    """Four places: the fifth yes waits, one says no, a cancellation promotes."""
    ana, second, third, nurse, fifth, sixth = INVITED
    answer(browser, address, ana, picture="reply", mail="mail").sees("You are coming.").close()
    for doctor in (second, third, nurse):
        answer(browser, address, doctor).sees("You are coming.").close()
    waiting = answer(browser, address, fifth, verb="Join the waitlist").sees(
        "You are number 1 on the waitlist."
    )
    answer(browser, address, sixth, verb="Decline").sees("You are not coming.").close()
    leaving = Person(browser, address, phone=True)
    leaving.open(link_in_mail(leaving, third.email, "You have a place", "/t/"))
    leaving.press("Give up my place").sees("This place was given up.").close()
    waiting.open(link_in_mail(waiting, fifth.email, "A place came free", "/t/"))
    waiting.sees("Code to type").close()


def film(browser, address, doctor, folder):
    """The ticket on somebody's phone, as the door's camera sees it; and its code to type."""
    person = Person(browser, address, phone=True)
    person.open(link_in_mail(person, doctor.email, "You have a place", "/t/"))
    person.shoot("ticket")
    picture = folder / "ticket.png"
    person.page.locator(".ticket svg").first.screenshot(path=picture)
    person.close()
    return _y4m(picture, folder / "ticket.y4m")


def code_to_type(browser, address, doctor, subject="You have a place"):
    person = Person(browser, address, phone=True)
    person.open(link_in_mail(person, doctor.email, subject, "/t/"))
    code = person.page.locator(".ticket-code").inner_text()
    person.close()
    return code


def _y4m(picture, path, size=(640, 480), frames=3):
    """A film of one picture: grey levels, then colourless halves."""
    code = Image.open(picture).convert("L").resize((360, 360))
    scene = Image.new("L", size, 235)
    scene.paste(code, ((size[0] - 360) // 2, (size[1] - 360) // 2))
    assert zxingcpp.read_barcodes(scene), "the ticket cannot be read"
    colour = bytes([128]) * (size[0] * size[1] // 2)
    with path.open("wb") as out:
        out.write(f"YUV4MPEG2 W{size[0]} H{size[1]} F10:1 Ip A1:1 C420jpeg\n".encode())
        for _ in range(frames):
            out.write(b"FRAME\n" + scene.tobytes() + colour)
    return path


def scan(playwright, door, activity, film_path, *, kind, picture=None):
    """A door's phone whose camera looks at that ticket."""
    browser = playwright.chromium.launch(
        executable_path="/usr/bin/chromium",
        args=[*LAUNCH, *CAMERA, f"--use-file-for-fake-video-capture={film_path}"],
    )
    state = door.context.storage_state()
    person = Person(browser, door.address, phone=True, storage_state=state, permissions=["camera"])
    person.open(f"{_door(activity)}?kind={kind}").sees(SAYS[kind])
    if picture:
        person.shoot(picture)
    person.close()
    browser.close()


def type_code(door, activity, code, *, kind):
    """Where no camera is: the code that stands under the square."""
    door.open(f"{_door(activity)}?kind={kind}").fill(code=code).press("Check").sees(SAYS[kind])


def walk_in(door, activity, name):
    """Somebody nobody invited: the room is full, the door lets the person in all the same."""
    door.open(f"{_door(activity)}walk-in/")
    door.fill(full_name=name, email="nora.whitlock@clinic.example")
    door.choose(profession="Physician")
    door.press("Register and check in").sees("All 4 places are taken.")
    door.page.locator("main [name=beyond_capacity]").check()
    door.press("Register and check in").sees("Checked in")


def _door(activity):
    return f"/door/{activity.split('/')[1]}/"


def hold(playwright, browser, team, activity, clock, folder):
    """Doors at ten to six, the end at eight: by camera, by typed code, and somebody new."""
    coordinator, door = team["coordinator"], team["door"]
    address = door.address
    ana, second, _left, nurse, fifth, _no = INVITED
    ticket = film(browser, address, ana, folder)
    codes = {
        second: code_to_type(browser, address, second),
        nurse: code_to_type(browser, address, nurse),
        fifth: code_to_type(browser, address, fifth, "A place came free"),
    }
    clock(17, 50)
    coordinator.open(f"/{activity}/").press("Start").sees("It is running.")
    door.open("/door/").sees("Stroke in the first hour")
    scan(playwright, door, activity, ticket, kind="in", picture="door")
    for code in codes.values():
        type_code(door, activity, code, kind="in")
    walk_in(door, activity, "Nora Whitlock")
    coordinator.open(f"/{activity}/").shoot("activity", fresh=True)
    clock(20, 1)
    scan(playwright, door, activity, ticket, kind="out")
    for doctor in (second, nurse):
        type_code(door, activity, codes[doctor], kind="out")
    coordinator.open(f"/{activity}/attendance/").shoot("attendance", fresh=True)
    clock(20, 5)
    coordinator.open(f"/{activity}/").press("Mark as held").sees("Held.")
