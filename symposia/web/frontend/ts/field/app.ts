// The field on a phone: pages kept to be read, what is written kept to be sent.
import { all } from "../dom";
import { ask } from "../offline/ask";
import { batches, Outbox } from "../offline/outbox";
import { Store } from "../offline/store";
import { pause } from "../offline/sync";
import { ago, heard, missing, readForm, told, weight, type Answered, type Written } from "./entries";
import { keepPage, keptPage } from "./pages";
import { receiptOf } from "./photos";
import { byId, say, tell } from "./screen";
import { showWaiting } from "./waiting";

// A question that only asks whether somebody answers.
const PROBE = 4_000;
// What was written, a photograph too, over a network that is hardly one.
const UPLOAD = 60_000;
// A page that was kept a moment ago is not loaded again.
const FRESH = 10 * 60_000;
const MOST_KEPT = 30;

interface Session {
  token: string;
  person: string;
}

const facts = () => byId("main")?.dataset as Record<"person" | "worker" | "outbox" | "madeAt", string>;
const keptAt = () => document.documentElement.dataset.keptAt;
const isSlow = () => "slow" in document.documentElement.dataset;
// Nothing but what this phone kept: where the network is only slow, it is asked all the same.
const isAlone = () => Boolean(keptAt()) && !isSlow();

export async function startField(): Promise<void> {
  countChosen();
  if (!("indexedDB" in window && crypto.subtle && "serviceWorker" in navigator)) return;
  void navigator.serviceWorker.register(facts().worker, { scope: "/field/" });
  showAge(isSlow() ? "slow" : "kept");
  const opening = openOutbox();
  navigator.serviceWorker.addEventListener("message", ({ data }: MessageEvent<{ came?: string }>) => {
    if (data.came === location.pathname + location.search) void renew().then(async () => (await opening).talk());
  });
  const field = await opening;
  document.addEventListener("submit", (event) => field.submitted(event), { capture: true });
  addEventListener("online", () => {
    showAge("back");
    void field.talk();
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && void field.talk());
  await field.talk();
  if (!keptAt()) await keepAhead();
}

async function openOutbox(): Promise<Field> {
  return new Field(await Outbox.open<Written>(await Store.open("symposia-field")));
}

/** A page that comes from this phone says since when it is here, and what needs a network. */
function showAge(sentence = "kept"): void {
  const at = keptAt();
  const place = byId("field-age");
  if (!at || !place) return;
  const { word, n } = ago(at, Date.now());
  place.textContent = say(sentence, { ago: say(word, { n }) });
  place.hidden = false;
  if (!isAlone()) return;
  for (const link of all<HTMLAnchorElement>("[data-online]")) {
    link.setAttribute("aria-disabled", "true");
    link.title = say("needs_network");
  }
}

/** The answer of a slow network came: it takes the place of what was kept, unless somebody writes already. */
async function renew(): Promise<void> {
  const kept = await keptPage(location.pathname + location.search).catch(() => undefined);
  if (!kept) return location.reload();
  const main = byId("main");
  const fresh = new DOMParser().parseFromString(kept.text, "text/html").getElementById("main");
  if (!main || !fresh || all<HTMLInputElement>("#main :is(input, textarea)").some(isWritten)) return showAge("back");
  main.replaceWith(document.adoptNode(fresh));
  delete document.documentElement.dataset.keptAt;
  delete document.documentElement.dataset.slow;
  countChosen();
}

function isWritten(one: HTMLInputElement): boolean {
  return ["checkbox", "radio"].includes(one.type) ? one.checked !== one.defaultChecked : one.value !== one.defaultValue;
}

/** The pages that this one leads to, so that they can be read later without a network. */
async function keepAhead(): Promise<void> {
  const paths = new Set(all<HTMLAnchorElement>("a[data-keep]").map((link) => link.pathname + link.search));
  for (const path of [...paths].slice(0, MOST_KEPT)) {
    const kept = await keptPage(path).catch(() => undefined);
    if (kept && Date.now() - Date.parse(kept.at) < FRESH) continue;
    const answer = await fetch(path, { credentials: "same-origin", redirect: "error" }).catch(() => null);
    if (answer?.ok) await keepPage(path, answer);
  }
}

/** A search or the pager: nothing that waits, and nothing to be read without a network. */
function looking(event: SubmitEvent): void {
  if (navigator.onLine && !isAlone()) return;
  event.preventDefault();
  tell(say("needs_network"), "warn");
}

/** How many are ticked here and on other pages, said while somebody ticks. */
function countChosen(): void {
  const place = document.querySelector("[data-chosen]");
  const form = place?.closest("form");
  if (!place || !form) return;
  const elsewhere = form.querySelector<HTMLInputElement>("[data-elsewhere]")?.value.split(",").length ?? 0;
  const count = () => {
    place.textContent = String(elsewhere + all("input.tick[name=clinician]:checked", form).length);
  };
  form.addEventListener("change", count);
  addEventListener("pageshow", count);
  count();
}

class Field {
  private failures = 0;
  private timer = 0;
  private talking: Promise<void> | null = null;

  constructor(private readonly outbox: Outbox<Written>) {
    this.show();
  }

  /** With a network a form goes its own way; without one it waits here. */
  submitted(event: SubmitEvent): void {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.dataset.queue) return;
    if (event.submitter?.hasAttribute("formaction")) return looking(event);
    if (form.dataset.goes) return void delete form.dataset.goes;
    event.preventDefault();
    void this.decide(form, event.submitter);
  }

  private async decide(form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
    button?.setAttribute("aria-busy", "true");
    const session = isAlone() ? null : await this.session().catch(() => null);
    button?.removeAttribute("aria-busy");
    if (!session) return this.queue(form, button);
    form.dataset.goes = "yes";
    form.requestSubmit(button);
  }

  private async queue(form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
    const offered = all<HTMLInputElement>("input.tick[name=clinician]:not(:disabled)", form).map((one) => one.value);
    const fields = new FormData(form, button);
    const filled = readForm(form.dataset, fields, offered);
    if (filled.kind === "receipt") {
      filled.receipt = await receiptOf(fields);
      if (!filled.receipt) return tell(say("too_large"), "stop");
    }
    const problem = missing(filled);
    if (problem) return tell(say(problem), "stop");
    try {
      const entry = { seq: this.outbox.nextSeq, event_uuid: crypto.randomUUID(), heard: "", reason: "" } as const;
      await this.outbox.keep({ ...entry, person: facts().person, at: new Date().toISOString(), href: "", ...filled });
    } catch {
      return tell(say("not_kept"), "stop");
    }
    form.reset();
    button?.setAttribute("aria-disabled", "true");
    tell(say("queued"), "warn");
    this.show();
    await this.talk();
  }

  /** Talk with the office, once at a time, and again later while anything waits. */
  talk(): Promise<void> {
    this.talking ??= this.talkNow().finally(() => (this.talking = null));
    return this.talking;
  }

  private async talkNow(): Promise<void> {
    clearTimeout(this.timer);
    let problem = "";
    try {
      if (this.outbox.waiting.length) problem = await this.send(await this.session());
      this.failures = 0;
    } catch {
      this.failures += 1;
    }
    this.show(problem);
    if (this.outbox.waiting.length) this.timer = window.setTimeout(() => void this.talk(), pause(this.failures, Math.random()));
  }

  /** Who is signed in here now, and the token that lets a script send. */
  private async session(): Promise<Session> {
    const answer = await ask(facts().outbox, { withSession: true, patience: PROBE });
    if (!answer.headers.get("Content-Type")?.includes("json")) return { token: "", person: "" };
    return (await answer.json()) as Session;
  }

  private async send({ token, person }: Session): Promise<string> {
    if (!person) return "signed_out";
    const mine = this.outbox.waiting.filter((one) => one.person === person);
    for (const batch of batches(mine, weight)) {
      const body = { sent_at: new Date().toISOString(), entries: batch.map(told) };
      const answer = await ask(facts().outbox, { withSession: true, headers: { "X-CSRFToken": token }, body, patience: UPLOAD });
      await this.settle(batch, ((await answer.json()) as { answers: Answered[] }).answers);
    }
    return this.outbox.waiting.length ? "other_person" : "";
  }

  private async settle(batch: Written[], answers: Answered[]): Promise<void> {
    const said = new Map(answers.map((one) => [one.event_uuid, one]));
    const settled = batch.flatMap((one) => {
      const answer = said.get(one.event_uuid);
      return answer ? [heard(one, answer)] : [];
    });
    if (!settled.length) throw new Error("The office answered none of them");
    await this.outbox.settle(settled);
    const last = settled[settled.length - 1];
    if (last) tell(settled.map((one) => one.reason).join(" "), settled.some((one) => one.heard === "refused") ? "stop" : "ok");
  }

  private show(problem = ""): void {
    const count = byId("field-count");
    const n = this.outbox.waiting.length + this.outbox.refused.length;
    if (count) {
      count.textContent = String(n);
      count.hidden = !n;
    }
    showWaiting(this.outbox.entries, problem, (one) => void this.outbox.drop(one).then(() => this.show()));
  }
}
