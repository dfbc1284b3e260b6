// A package in the page of its lesson: what it commits is kept on this device first, told in its order,
// and believed of nothing but its own attempt.
import { ask, Refused } from "../offline/ask";
import { BATCH, Outbox, type Entry } from "../offline/outbox";
import { Store } from "../offline/store";
import { pause } from "../offline/sync";

interface Commit {
  event_uuid: string;
  number: number;
  item: string;
  cmi: object;
  at: string;
  is_end: boolean;
}
interface Kept extends Entry {
  to: string;
  ticket: string;
  commit: Commit;
}
interface Answer {
  event_uuid: string;
  done: boolean;
  code: string;
  said: string;
}
interface Told {
  answers: Answer[];
  version: number;
  is_left: boolean;
  completion: string;
  best: string;
  label: string;
  percent: number | null;
  items: Record<string, string>;
}
type Said = { symposia?: string; kind?: string; commit?: Commit; item?: string; version?: number; to?: string; target?: string };

// What comes from before is on its way: asked again later.
const LATER = "package_early";
const STALE = "package_stale";
const LEFT = "symposia-package-left";
const AGAIN = "symposia-package-again";
const SEND = Math.min(BATCH, 20);
const PATIENCE = 3_000;
// When the last word of a sitting may still be on its way, how long it is waited for, how soon asked for.
const RECENT = 10_000;
const LAST_WORD = 2_000;
const ASK = 100;
const byId = (id: string) => document.getElementById(id);

function isCommit(one: unknown): one is Commit {
  const said = one as Commit;
  return typeof said === "object" && said !== null && typeof said.event_uuid === "string" && typeof said.number === "number" && typeof said.item === "string" && typeof said.cmi === "object";
}

export async function startPackage(person: string, touched: () => void): Promise<void> {
  const box = document.querySelector<HTMLElement>("[data-package]");
  if (!box) return;
  // Whoever opened this page is no way from the frame to another one.
  window.opener = null;
  const outbox = await Outbox.open<Kept>(await Store.open(`symposia-package-${person}`));
  await new Package(box, outbox, touched).begin();
}

class Package {
  private readonly frame: HTMLIFrameElement;
  private readonly facts: Record<"src" | "ticket" | "to" | "origin" | "waiting" | "open", string>;
  private keeping: Promise<void> = Promise.resolve();
  private talking: Promise<void> = Promise.resolve();
  private failures = 0;
  private timer = 0;
  private closed: (() => void) | null = null;
  // The part that is opened next, and whether the one before it has said its last word.
  private wanted: string | null = null;
  private gone = false;
  private over = false;
  // The version that the open part began with; nothing while it is being opened.
  private begun: number | null = null;
  // Whether anything of this sitting was kept.
  private counted = false;

  constructor(
    private readonly box: HTMLElement,
    private readonly outbox: Outbox<Kept>,
    private readonly touched: () => void,
  ) {
    this.frame = box.querySelector("iframe")!;
    this.facts = box.dataset as typeof this.facts;
  }

  async begin(): Promise<void> {
    addEventListener("message", (event) => void this.hear(event));
    addEventListener("online", () => void this.talk());
    for (const button of document.querySelectorAll<HTMLElement>("[data-part]")) if (button.tagName === "BUTTON") button.addEventListener("click", () => void this.go(button.dataset.part!));
    for (const step of document.querySelectorAll<HTMLElement>("[data-step]")) step.addEventListener("click", () => void this.sequence(step.dataset.step === "1" ? "next" : "previous", ""));
    byId("package-large")?.addEventListener("click", () => void this.box.requestFullscreen?.());
    addEventListener("pagehide", () => sessionStorage.setItem(LEFT, JSON.stringify({ to: this.facts.to, at: Date.now(), begun: this.begun })));
    // What an earlier sitting could not send comes first, and what it said while it was left, which may
    // still be on its way: the frame begins with it.
    await this.talk();
    await this.lastWord();
    if (!this.over) this.frame.src = this.facts.src;
  }

  /** Wait until the sitting that this tab just left is closed at the office, or has had its time. */
  private async lastWord(): Promise<void> {
    const left = JSON.parse(sessionStorage.getItem(LEFT) ?? "{}") as { to?: string; at?: number; begun?: number | null };
    if (left.to !== this.facts.to || Date.now() - (left.at ?? 0) > RECENT) return;
    const until = Date.now() + LAST_WORD;
    for (let wait = ASK; Date.now() < until; wait *= 2) {
      const told = await this.tell(this.facts.to, this.facts.ticket, []).catch(() => null);
      if (told?.is_left && typeof left.begun === "number" && told.version > left.begun) return;
      await new Promise((go) => setTimeout(go, Math.min(wait, until - Date.now())));
    }
  }

  private async hear(event: MessageEvent): Promise<void> {
    if (event.source !== this.frame.contentWindow || event.origin !== this.facts.origin) return;
    const said = event.data as Said;
    if (said?.symposia !== "package" || this.over) return;
    if (said.kind === "touch") this.touched();
    // Its last word came just before, and is being written to the disk.
    if (said.kind === "closed") void this.keeping.finally(() => this.closed?.());
    if (said.kind === "open") {
      this.begun = Number(said.version);
      this.mark(String(said.item));
    }
    if (said.kind === "go") await this.sequence(String(said.to), String(said.target));
    if (said.kind === "commit" && isCommit(said.commit)) await this.keep(said.commit);
  }

  private async keep(commit: Commit): Promise<void> {
    const { to, ticket } = this.facts;
    const write = () => this.outbox.keep({ seq: this.outbox.nextSeq, event_uuid: commit.event_uuid, heard: "", reason: "", to, ticket, commit });
    // One after another, whatever became of the one before.
    this.keeping = this.keeping.then(write, write);
    await this.keeping;
    await this.talk();
  }

  private talk(): Promise<void> {
    this.talking = this.talking.then(() => this.talkNow());
    return this.talking;
  }

  private async talkNow(): Promise<void> {
    clearTimeout(this.timer);
    try {
      for (const ticket of new Set(this.outbox.waiting.map((one) => one.ticket))) await this.send(ticket);
      this.failures = 0;
    } catch {
      this.failures += 1;
    }
    const left = this.outbox.waiting.length > 0;
    const place = byId("study-waiting")!;
    place.hidden = !(left && this.failures);
    place.textContent = place.hidden ? "" : this.facts.waiting;
    if (left) this.timer = window.setTimeout(() => void this.talk(), pause(Math.max(1, this.failures), Math.random()));
    else this.turn();
  }

  private async send(ticket: string): Promise<void> {
    const kept = this.outbox.waiting.filter((one) => one.ticket === ticket).slice(0, SEND);
    const commits = kept.map((one) => one.commit);
    try {
      await this.settle(kept, await this.tell(kept[0]!.to, ticket, commits));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await this.forget(ticket);
      if (this.isMine(ticket)) this.stop(error.message);
    }
  }

  private async tell(to: string, ticket: string, commits: Commit[]): Promise<Told> {
    const token = document.querySelector<HTMLInputElement>("#study input[name=csrfmiddlewaretoken]")!.value;
    const body = { ticket, sent_at: new Date().toISOString(), commits };
    const answer = await ask(to, { body, headers: { "X-CSRFToken": token }, withSession: true });
    return (await answer.json()) as Told;
  }

  private async settle(kept: Kept[], told: Told): Promise<void> {
    const answers = new Map(told.answers.map((one) => [one.event_uuid, one]));
    const heard: string[] = [];
    for (const one of kept) {
      const answer = answers.get(one.event_uuid);
      if (!answer || answer.code === LATER) continue;
      await this.outbox.drop(one);
      heard.push(one.event_uuid);
      if (!answer.done) await this.forget(one.ticket);
      if (!this.isMine(one.ticket)) continue;
      if (!answer.done) return this.refused(answer);
      this.counted = true;
      sessionStorage.removeItem(AGAIN);
    }
    if (!this.frame.src) return;
    this.frame.contentWindow?.postMessage({ kind: "heard", heard }, this.facts.origin);
    this.show(told);
  }

  private isMine(ticket: string): boolean {
    return ticket === this.facts.ticket;
  }

  /** What came after something refused follows nothing any more: it would be early for ever. */
  private async forget(ticket: string): Promise<void> {
    // Nothing more is kept of this sitting, and what is being written to the disk is waited for.
    this.over ||= this.isMine(ticket);
    await this.keeping.catch(() => undefined);
    for (const one of this.outbox.waiting) if (one.ticket === ticket) await this.outbox.drop(one);
  }

  /** What the last sitting said while it was left may come after this one began: begin it once more. */
  private refused(answer: Answer): void {
    if (answer.code !== STALE || this.counted || sessionStorage.getItem(AGAIN)) return this.stop(answer.said);
    this.over = true;
    sessionStorage.setItem(AGAIN, "yes");
    location.reload();
  }

  private show(told: Told): void {
    const place = byId("package-standing");
    if (place) place.textContent = told.percent === null ? told.label : `${told.label}, ${told.percent} %`;
    for (const [id, completion] of Object.entries(told.items)) {
      const button = [...document.querySelectorAll<HTMLElement>("[data-part]")].find((one) => one.dataset.part === id);
      if (button) button.dataset.completion = completion;
    }
    const isDone = ["passed", "completed"].includes(told.best);
    const done = byId("package-done");
    if (done) done.hidden = !isDone;
    const notYet = byId("study-not-yet");
    if (notYet && isDone) notYet.hidden = true;
    const again = byId("package-again");
    if (again) again.hidden = told.completion === "open";
  }

  private mark(item: string): void {
    for (const button of document.querySelectorAll<HTMLElement>("[data-part]")) {
      if (button.dataset.part === item) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    this.facts.open = item;
  }

  /** What a part asks for: the next one, the one before, one by its name. */
  private async sequence(to: string, target: string): Promise<void> {
    const parts = [...document.querySelectorAll<HTMLElement>("[data-part]")].map((one) => one.dataset.part!);
    const at = parts.indexOf(this.facts.open);
    const wanted = to === "choice" ? parts.find((one) => target === one || target.includes(`target=${one}}`)) : to === "next" ? parts[at + 1] : to === "previous" ? parts[at - 1] : undefined;
    if (wanted) await this.go(wanted);
  }

  /** Close the part that is open; once all it said is kept, another one is opened. */
  private async go(item: string): Promise<void> {
    const isClosing = this.wanted !== null;
    this.wanted = item;
    if (isClosing) return;
    const gone = new Promise<void>((answer) => (this.closed = answer));
    this.frame.contentWindow?.postMessage({ kind: "close" }, this.facts.origin);
    await Promise.race([gone, new Promise((answer) => setTimeout(answer, PATIENCE))]);
    this.gone = true;
    await this.talk();
  }

  private turn(): void {
    if (!this.gone || this.wanted === null || this.over) return;
    this.frame.src = `${this.facts.src}?item=${encodeURIComponent(this.wanted)}`;
    this.wanted = null;
    this.gone = false;
    this.begun = null;
    this.counted = false;
  }

  /** Nothing that is done here from now on would count: say so, and stop. */
  private stop(words: string): void {
    this.over = true;
    this.frame.remove();
    const place = byId("package-stopped")!;
    place.querySelector("p")!.textContent = words;
    place.hidden = false;
  }
}
