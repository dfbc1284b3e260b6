// What the phone decides by itself, run by Node without a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Clock } from "../../../../symposia/web/frontend/ts/door/clock";
import { heard, told, undoable, type Seen } from "../../../../symposia/web/frontend/ts/door/events";
import { insideOf } from "../../../../symposia/web/frontend/ts/door/inside";
import { Book, hashed, type KeptPack, type Known } from "../../../../symposia/web/frontend/ts/door/pack";
import { waiting } from "../../../../symposia/web/frontend/ts/offline/outbox";
import { pause, standing } from "../../../../symposia/web/frontend/ts/offline/sync";
import { isOurs } from "../../../../symposia/web/frontend/ts/door/ticket";
import { decide } from "../../../../symposia/web/frontend/ts/door/verdict";
import { Wedge } from "../../../../symposia/web/frontend/ts/door/wedge";

const NOW = "2026-03-02T12:00:00.000Z";
const AT = new Date(NOW);
let number = 0;

function person(facts: Partial<Known> = {}): Known {
  number += 1;
  return { ref: `r${number}`, tickets: [`t${number}`], code: `c${number}`, name: "Radhika Iyer", credential: "MD", institution: "Sassoon", state: "confirmed", seats: [], needs: [], event: "", since: "", door: "", by: "", ...facts };
}

function slot(id: string, chosen: boolean) {
  return { id, title: `Session ${id}`, room: "", starts_at: NOW, ends_at: NOW, chosen };
}

function kept(people: Known[], facts: object = {}): KeptPack {
  const pack = { activity: "Stroke update", number: "ACT-1", zone: "UTC", door: "Hall A", holder: "Kiran", direction: "in", mode: "standard", session: "", expires_at: NOW, salt: "salt", keys: {}, sessions: [], people, ...facts } as KeptPack["pack"];
  return { version: "v", at: NOW, round: 1, pack };
}

function seen(ref: string, facts: Partial<Seen> = {}): Seen {
  number += 1;
  return { seq: number, event_uuid: `e${number}`, kind: "in", source: "scan", device_time: NOW, behind: 0, ref, stranger: null, code: "", session: "", undoes: "", heard: "", round: 0, reason: "", ...facts };
}

test("a ticket is found by its hash, however it is written", async () => {
  const one = person({ tickets: [await hashed("salt", "SYM1.ACME.X")] });
  const book = new Book(kept([one]).pack);
  assert.equal(await book.read(" sym1.acme.x\n"), one);
  assert.equal(await book.read("SYM1.ACME.Y"), undefined);
});

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{1,5}/g) ?? []).map((five) => LETTERS[parseInt(five.padEnd(5, "0"), 2)]).join("");
}

test("a ticket of ours is known by its signature, and no other is", async () => {
  const { privateKey, publicKey } = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
  const said = "SYM2.ACME.1.AEBAGBAF";
  const signature = new Uint8Array(await crypto.subtle.sign("Ed25519", privateKey, new TextEncoder().encode(said)));
  const hex = Buffer.from(await crypto.subtle.exportKey("raw", publicKey)).toString("hex");
  const text = `${said}.${base32(signature)}`;
  assert.equal(await isOurs(text, { 1: hex }), true);
  assert.equal(await isOurs(text.toLowerCase(), { 1: hex }), true);
  assert.equal(await isOurs(text.replace("AEBAGBAF", "AEBAGBAG"), { 1: hex }), false);
  assert.equal(await isOurs(text, { 2: hex }), false);
  const others = await Promise.all([...LETTERS].map(async (letter) => (await isOurs(text.slice(0, -1) + letter, { 1: hex })) ? letter : ""));
  assert.equal(others.join(""), text.at(-1));
  assert.equal(await isOurs(text.replace(/.$/, "1"), { 1: hex }), false);
  assert.equal(await isOurs("SYM1.ACME.X", { 1: hex }), false);
});

test("the hash is the one that the office makes", async () => {
  assert.equal(await hashed("abc", "k7 qf"), "92b6a7be04cc2b82ce541b2d");
});

test("three letters of any name find a person, accents or not", () => {
  const book = new Book(kept([person({ name: "Zoë Øster-Müller" }), person()]).pack);
  assert.deepEqual(book.search("mull").map((each) => each.name), ["Zoë Øster-Müller"]);
  assert.deepEqual(book.search("zoe").map((each) => each.name), ["Zoë Øster-Müller"]);
  assert.deepEqual(book.search("iye").map((each) => each.name), ["Radhika Iyer"]);
  assert.deepEqual(book.search("iy"), []);
});

for (const [state, reason] of [["cancelled", "cancelled"], ["queued", "queued"], ["declined", "declined"], ["requested", "requested"]] as const) {
  test(`whose place is ${state} sees the desk and does not count`, () => {
    const one = person({ state });
    const said = decide(new Book(kept([one]).pack), one, "in", undefined, AT);
    assert.deepEqual([said.look, said.reason, said.counts], ["desk", reason, false]);
  });
}

test("nobody we know sees the desk, and nothing of them is said", () => {
  const said = decide(new Book(kept([]).pack), undefined, "in", undefined, AT);
  assert.deepEqual([said.look, said.reason, said.known], ["desk", "unknown", undefined]);
});

test("somebody who is in already is told since when, and both readings count", () => {
  const one = person();
  const before = { event: "e", since: NOW, door: "Hall B", by: "Meera" };
  const said = decide(new Book(kept([one]).pack), one, "in", before, AT);
  assert.deepEqual([said.look, said.before, said.counts], ["again", before, true]);
});

test("a trial before the door opens says so, is kept, and lets nobody in", () => {
  const one = person();
  const list = kept([one], { opens_at: "2026-03-12T12:00:00.000Z" });
  const said = decide(new Book(list.pack), one, "in", undefined, AT);
  assert.deepEqual([said.look, said.title, said.counts], ["desk", "not_yet", true]);
  assert.equal(insideOf(list, [seen(one.ref)]).size, 0);
  const later = new Date("2026-03-12T12:00:00.000Z");
  assert.equal(decide(new Book(list.pack), one, "in", undefined, later).look, "in");
  assert.equal(insideOf(list, [seen(one.ref, { device_time: later.toISOString() })]).size, 1);
});

test("a seat in another session is named", () => {
  const one = person({ seats: ["s2"] });
  const book = new Book(kept([one], { session: "s1", sessions: [slot("s1", true), slot("s2", true)] }).pack);
  const said = decide(book, one, "in", undefined, AT);
  assert.deepEqual([said.title, said.reason, said.seat, said.counts], ["moved", "seat_in", "s2", false]);
});

test("whoever did not choose a session with places of its own has no seat there", () => {
  const one = person();
  const book = new Book(kept([one], { session: "s1", sessions: [slot("s1", true)] }).pack);
  assert.deepEqual([decide(book, one, "in", undefined, AT).title, decide(book, one, "in", undefined, AT).reason], ["moved", "no_seat"]);
});

test("a session that is open to everybody asks nobody for a seat", () => {
  const one = person({ seats: ["s2"] });
  const book = new Book(kept([one], { session: "s1", sessions: [slot("s1", false), slot("s2", true)] }).pack);
  assert.equal(decide(book, one, "in", undefined, AT).look, "in");
});

test("whoever goes out was in", () => {
  const one = person();
  const book = new Book(kept([one]).pack);
  assert.equal(decide(book, one, "out", undefined, AT).title, "not_inside");
  assert.equal(decide(book, one, "out", { event: "e", since: NOW, door: "", by: "" }, AT).title, "out");
});

test("who is inside follows from the list and from what the phone saw", () => {
  const listed = person({ event: "x", since: NOW, door: "Hall B", by: "Meera" });
  const [a, b] = [person(), person()];
  const list = kept([listed, a, b]);
  const in_a = seen(a.ref);
  const out = seen(listed.ref, { kind: "out" });
  assert.deepEqual([...insideOf(list, [in_a]).keys()], [listed.ref, a.ref]);
  assert.deepEqual([...insideOf(list, [in_a, out]).keys()], [a.ref]);
  assert.deepEqual([...insideOf(list, [in_a, seen(a.ref, { kind: "undo", undoes: in_a.event_uuid })]).keys()], [listed.ref]);
});

test("an undo takes back what the list still says", () => {
  const listed = person({ event: "mine", since: NOW });
  const mine = seen(listed.ref, { event_uuid: "mine", heard: "kept", round: 1 });
  const undo = seen(listed.ref, { kind: "undo", undoes: "mine" });
  assert.equal(insideOf(kept([listed]), [mine, undo]).size, 0);
});

test("what the office heard before it made the list is for the list to say", () => {
  const gone = person();
  const old = seen(gone.ref, { heard: "kept", round: 1 });
  const fresh = seen(gone.ref, { heard: "kept", round: 2 });
  assert.equal(insideOf(kept([gone]), [old]).size, 0);
  assert.equal(insideOf(kept([gone]), [fresh]).size, 1);
});

test("what the office refused lets nobody in", () => {
  const one = person();
  assert.equal(insideOf(kept([one]), [seen(one.ref, { heard: "refused", round: 1 })]).size, 0);
});

test("the oldest wait first, and an answer settles one", () => {
  const [first, second] = [seen("a"), seen("b")];
  assert.deepEqual(waiting([second, first]), [first, second]);
  const settled = heard(first, { event_uuid: first.event_uuid, code: "door_closed", reason: "Closed." }, 3);
  assert.deepEqual([settled.heard, settled.reason, settled.round], ["refused", "Closed.", 3]);
  assert.deepEqual(waiting([settled, second]), [second]);
});

test("of somebody the phone knows it sends no ticket", () => {
  assert.equal(told(seen("a", { code: "SECRET" })).code, "");
  assert.equal(told(seen("", { code: "SYM1.X" })).code, "SYM1.X");
});

test("the last observation that stands can be taken back", () => {
  const [first, second] = [seen("a"), seen("b")];
  const undo = seen("b", { kind: "undo", undoes: second.event_uuid });
  assert.equal(undoable([first, second]), second);
  assert.equal(undoable([first, second, undo]), first);
});

test("a clock three days off is known, and a jump while the page is open is noticed", () => {
  let wall = Date.parse(NOW) + 3 * 86_400_000;
  let steady = 1_000;
  const clock = new Clock(null, { wall: () => wall, steady: () => steady });
  assert.equal(clock.behind, null);
  clock.heard(NOW, 1_000);
  assert.equal(clock.behind, -3 * 86_400_000);
  steady += 60_000;
  wall += 60_000 - 7_200_000;
  assert.equal(clock.behind, -3 * 86_400_000 + 7_200_000);
  assert.equal(clock.now().toISOString(), "2026-03-02T12:01:00.000Z");
});

test("after a reload the last known offset stands in", () => {
  assert.equal(new Clock({ behind: 5_000 }).behind, 5_000);
});

test("a hardware scanner is told from a person by its speed", () => {
  const wedge = new Wedge();
  const type = (text: string, step: number, from: number) => [...text].map((key, n) => wedge.key(key, from + n * step));
  type("K7QF3M2P", 10, 1_000);
  assert.equal(wedge.key("Enter", 1_085), "K7QF3M2P");
  type("K7QF3M2P", 200, 5_000);
  assert.equal(wedge.key("Enter", 6_600), null);
});

test("failures are waited out longer and longer, never longer than two minutes and a half", () => {
  const pauses = [1, 2, 3, 4, 20].map((failures) => pause(failures, 0.5));
  assert.deepEqual(pauses, [4_000, 8_000, 16_000, 32_000, 120_000]);
  assert.ok(pause(20, 1) <= 150_000);
});

test("the pill is green, amber and red with a word for each", () => {
  assert.equal(standing(0, 0, 1, true).word, "synced");
  assert.equal(standing(3, 0, 1, true).word, "to_sync");
  assert.equal(standing(3, 0, 1, false).word, "offline");
  assert.deepEqual(standing(3, 0, 6 * 60_000, false), { tone: "stop", word: "silent", n: 6 });
});
