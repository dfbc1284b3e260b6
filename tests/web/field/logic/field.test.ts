// What the field's phone decides by itself, run by Node without a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ago, heard, missing, readForm, told, weight, type Written } from "../../../../symposia/web/frontend/ts/field/entries";
import { isFresh, marked, personOf } from "../../../../symposia/web/frontend/ts/field/pages";
import { batches, Outbox } from "../../../../symposia/web/frontend/ts/offline/outbox";
import type { Store } from "../../../../symposia/web/frontend/ts/offline/store";

const NOW = Date.parse("2026-03-02T12:00:00.000Z");

function written(facts: Partial<Written> = {}): Written {
  return { seq: 1, event_uuid: "e1", heard: "", reason: "", kind: "invite", person: "p", at: "2026-03-02T10:00:00.000Z", activity: "a", where: "Ninety days", who: "", clinicians: ["c"], registration: "", name: "", profession: "", email: "", receipt: null, follow_up: "", filled: {}, href: "", ...facts };
}

class Disk {
  rows = new Map<string, Written>();
  async events() {
    return [...this.rows.values()];
  }
  async keep(several: Written[]) {
    for (const one of several) this.rows.set(one.event_uuid, one);
  }
  async drop(id: string) {
    this.rows.delete(id);
  }
}

test("a form is read as it was filled in, everybody means whoever may be asked", () => {
  const fields = new FormData();
  fields.append("clinician", "a,b");
  fields.append("clinician", "c");
  assert.deepEqual(readForm({ queue: "invite", activity: "x" }, fields, ["z"]).clinicians, ["a", "b", "c"]);
  fields.append("scope", "all");
  assert.deepEqual(readForm({ queue: "invite", activity: "x" }, fields, ["z", "y"]).clinicians, ["z", "y"]);
});

test("what lacks a person is not kept", () => {
  assert.equal(missing(written({ clinicians: [] })), "nobody");
  assert.equal(missing(written({ kind: "walk_in", name: "" })), "incomplete");
  assert.equal(missing(written({ kind: "check_in", clinicians: [] })), "");
});

test("the office is told what it needs and nothing that is for the eye", () => {
  const body = told(written({ where: "Ninety days", who: "Iyer" }));
  assert.deepEqual(Object.keys(body).sort(), ["activity", "at", "clinicians", "email", "event_uuid", "filled", "follow_up", "kind", "name", "profession", "receipt", "registration"]);
  assert.equal(body.registration, null);
});

const RECEIPT = { said: { kind: "meals", paid_to: "Bay", amount: "30", currency: "USD", spent_on: "2026-03-02" }, name: "a.jpg", content: "abcd" };

test("a receipt waits with its photograph and what finance must know, or not at all", () => {
  const filled = { ...written({ kind: "receipt", clinicians: [] }), receipt: RECEIPT };
  assert.equal(missing(filled), "");
  assert.equal(missing({ ...filled, receipt: { ...RECEIPT, content: "" } }), "incomplete");
  assert.equal(missing({ ...filled, receipt: { ...RECEIPT, said: { ...RECEIPT.said, paid_to: "" } } }), "incomplete");
});

test("a form of a follow-up waits whole, and its words leave the phone once they are told", () => {
  const fields = new FormData();
  fields.append("product", "Corvalan");
  fields.append("text", "Bled.");
  const filled = readForm({ queue: "adverse_event", activity: "x", followUp: "f" }, fields, []);
  assert.deepEqual([filled.follow_up, filled.filled], ["f", { product: "Corvalan", text: "Bled." }]);
  assert.equal(missing(filled), "");
  fields.set("text", " ");
  assert.equal(missing(readForm({ queue: "adverse_event" }, fields, [])), "incomplete");
  const answer = { event_uuid: "e1", done: true, said: "Done", href: "/x" };
  assert.deepEqual(heard(written({ filled: { text: "Bled." } }), answer).filled, {});
});

test("a receipt is named by who was paid and how much", () => {
  const fields = new FormData();
  fields.append("paid_to", "Bay Hotels");
  fields.append("currency", "USD");
  fields.append("amount", "30.50");
  assert.equal(readForm({ queue: "receipt", activity: "x" }, fields, []).who, "Bay Hotels USD 30.50");
});

test("photographs travel one at a time, the rest together and in order", () => {
  const photo = (seq: number) => written({ seq, event_uuid: `p${seq}`, kind: "receipt", receipt: RECEIPT });
  const mine = [written({ seq: 1 }), written({ seq: 2 }), photo(3), photo(4), written({ seq: 5 })];
  assert.deepEqual(batches(mine, weight).map((batch) => batch.map((one) => one.seq)), [[1, 2], [3], [4], [5]]);
  assert.deepEqual(batches(Array(120).fill(written()), weight).map((batch) => batch.length), [50, 50, 20]);
});

test("a photograph that was told does not stay on the phone", () => {
  const answer = { event_uuid: "e1", done: true, said: "Done", href: "/x" };
  assert.equal(heard(written({ receipt: RECEIPT }), answer).receipt, null);
});

test("an answer stands beside what was asked, and is on the disk", async () => {
  const disk = new Disk();
  const outbox = await Outbox.open<Written>(disk as unknown as Store);
  await outbox.keep(written());
  await outbox.keep(written({ event_uuid: "e2", seq: outbox.nextSeq }));
  await outbox.settle([heard(written(), { event_uuid: "e1", done: false, said: "No quota", href: "/x" })]);
  assert.deepEqual(outbox.waiting.map((one) => one.event_uuid), ["e2"]);
  assert.equal(disk.rows.get("e1")?.reason, "No quota");
  await outbox.drop(outbox.refused[0] as Written);
  assert.deepEqual([...disk.rows.keys()], ["e2"]);
});

test("a kept page says since when, whose it is, and is not shown after a week", () => {
  const page = { text: '<html lang="en"><main data-person="u.o">', at: "2026-03-02T10:00:00.000Z", policy: "" };
  assert.equal(personOf(page.text), "u.o");
  assert.equal(marked(page), '<html data-kept-at="2026-03-02T10:00:00.000Z" lang="en"><main data-person="u.o">');
  assert.equal(isFresh(page, NOW), true);
  assert.equal(isFresh(page, NOW + 8 * 86_400_000), false);
});

test("an age is said in words a person counts in", () => {
  const said = (minutes: number) => ago(new Date(NOW - minutes * 60_000).toISOString(), NOW);
  assert.deepEqual([said(0).word, said(5), said(180), said(3000)], ["just", { word: "minutes", n: 5 }, { word: "hours", n: 3 }, { word: "days", n: 2 }]);
});
