// A lesson on any device: it goes on where it was left, and what it tells survives a dead network.
import { ask, Refused } from "../offline/ask";
import { BATCH, Outbox } from "../offline/outbox";
import { Store } from "../offline/store";
import { pause } from "../offline/sync";
import { heard, resumeAt, told, type Answered, type Now, type Studied } from "./entries";
import { startPackage } from "./package";
import { Watch } from "./watch";

const BEAT = 15_000;

const byId = (id: string) => document.getElementById(id);
const words = () => byId("study")!.dataset as Record<"person" | "waiting" | "refused" | "watched" | "resumed", string>;

export async function startStudy(): Promise<void> {
  if (!byId("study") || !("indexedDB" in window && crypto.subtle)) return;
  const outbox = await Outbox.open<Studied>(await Store.open(`symposia-study-${words().person}`));
  const study = new Study(outbox);
  addEventListener("online", () => void study.talk());
  const lesson = document.querySelector<HTMLElement>("[data-lesson]");
  if (lesson) study.open(lesson);
  await study.talk();
}

class Study {
  private failures = 0;
  private timer = 0;
  private talking: Promise<void> | null = null;
  private lesson: HTMLElement | null = null;
  private video: HTMLVideoElement | null = null;
  private readonly watch = new Watch(Date.now());
  private now: Now | null = null;
  private refused = false;

  constructor(private readonly outbox: Outbox<Studied>) {}

  open(lesson: HTMLElement): void {
    this.lesson = lesson;
    this.video = lesson.querySelector("video");
    if (lesson.dataset.kind === "scorm") void startPackage(words().person, () => this.watch.touch(Date.now()));
    else this.resume(resumeAt(this.outbox.waiting, lesson.dataset.lesson!, Number(lesson.dataset.place)));
    if (this.video) this.follow(this.video);
    for (const kind of ["pointerdown", "keydown", "scroll"]) addEventListener(kind, () => this.watch.touch(Date.now()), { passive: true });
    setInterval(() => this.watch.tick(Date.now(), document.visibilityState === "visible", this.plays()), 1_000);
    setInterval(() => void this.beat(), BEAT);
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && void this.beat());
    addEventListener("pagehide", () => void this.beat());
    const form = document.querySelector<HTMLFormElement>("[data-study-done]");
    form?.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.done(form.dataset.studyDone!);
    });
  }

  private plays(): boolean {
    return this.video !== null && !this.video.paused && !this.video.ended;
  }

  private place(): number {
    if (this.video) return Math.floor(this.video.currentTime);
    const room = document.documentElement.scrollHeight - innerHeight;
    return room > 0 ? Math.min(1000, Math.round((1000 * scrollY) / room)) : 0;
  }

  private resume(place: number): void {
    if (!place) return;
    const video = this.video;
    if (video) {
      const go = () => void (place < video.duration - 2 && (video.currentTime = place));
      if (video.readyState) go();
      else video.addEventListener("loadedmetadata", go, { once: true });
    } else {
      scrollTo({ top: (place / 1000) * (document.documentElement.scrollHeight - innerHeight) });
    }
    byId("said")!.textContent = words().resumed;
  }

  private follow(video: HTMLVideoElement): void {
    video.addEventListener("timeupdate", () => !video.paused && !video.seeking && this.watch.at(video.currentTime, video.playbackRate));
    video.addEventListener("seeking", () => this.watch.cut());
    video.addEventListener("pause", () => {
      this.watch.cut();
      void this.beat();
    });
    video.addEventListener("ended", () => {
      this.watch.at(video.duration, video.playbackRate);
      this.watch.cut();
      void this.beat();
    });
    byId("study-speed")?.addEventListener("change", (event) => (video.playbackRate = Number((event.target as HTMLSelectElement).value)));
  }

  private async keep(kind: "heard" | "done", seconds: number, from: number | null, to: number | null, at = Date.now()): Promise<void> {
    const { lesson, to: address } = this.lesson!.dataset as Record<"lesson" | "to", string>;
    await this.outbox.keep({
      seq: this.outbox.nextSeq,
      event_uuid: crypto.randomUUID(),
      heard: "",
      reason: "",
      kind,
      lesson,
      to: address,
      at: new Date(at).toISOString(),
      seconds,
      place: this.place(),
      watched_from: from,
      watched_to: to,
    });
  }

  /** Keep what was studied since the last time; then tell it. */
  private async beat(): Promise<void> {
    this.watch.tick(Date.now(), document.visibilityState === "visible", this.plays());
    const beats = this.watch.take();
    // One after the other, the last one now: a moment counts once.
    let left = beats.reduce((sum, one) => sum + one.seconds, 0);
    for (const { seconds, from, to } of beats) {
      left -= seconds;
      await this.keep("heard", seconds, from, to, Date.now() - left * 1000);
    }
    await this.talk();
  }

  /** Done with the lesson: at once where there is a network, else as soon as there is one. */
  private async done(back: string): Promise<void> {
    await this.beat();
    await this.keep("done", 0, null, null);
    await this.talk();
    if (this.now?.completed) location.assign(back);
  }

  talk(): Promise<void> {
    this.talking = (this.talking ?? Promise.resolve()).then(() => this.talkNow());
    return this.talking;
  }

  private async talkNow(): Promise<void> {
    clearTimeout(this.timer);
    try {
      for (const to of new Set(this.outbox.waiting.map((one) => one.to))) await this.send(to);
      this.failures = 0;
    } catch {
      this.failures += 1;
    }
    const left = this.outbox.waiting.length;
    this.say(left && this.failures ? words().waiting : "");
    if (left) this.timer = window.setTimeout(() => void this.talk(), pause(this.failures, Math.random()));
  }

  private async send(to: string): Promise<void> {
    const entries = this.outbox.waiting.filter((one) => one.to === to).slice(0, BATCH);
    const token = document.querySelector<HTMLInputElement>("#study input[name=csrfmiddlewaretoken]")!.value;
    const body = { sent_at: new Date().toISOString(), entries: entries.map(told) };
    try {
      const answer = await ask(to, { body, headers: { "X-CSRFToken": token }, withSession: true });
      const said = (await answer.json()) as Now & { answers: Answered[] };
      const known = new Map(said.answers.map((one) => [one.event_uuid, one]));
      await this.settle(entries.flatMap((one) => (known.has(one.event_uuid) ? [heard(one, known.get(one.event_uuid)!)] : [])));
      if (to === this.lesson?.dataset.to) this.show(said);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // What cannot be read is not sent again and again.
      await this.settle(entries.map((one) => ({ ...one, heard: "refused" as const, reason: error.message })));
    }
  }

  /** What was answered is shown and forgotten. */
  private async settle(settled: Studied[]): Promise<void> {
    for (const one of settled) {
      this.refused = one.heard === "refused";
      if (this.refused) this.notYet(`${words().refused} ${one.reason}`);
      await this.outbox.drop(one);
    }
  }

  private show(now: Now): void {
    this.now = now;
    const percent = byId("study-percent");
    if (percent) percent.textContent = words().watched.replace("%(n)s", String(now.percent));
    if (!this.refused) this.notYet(now.not_yet);
  }

  private notYet(text: string): void {
    const place = byId("study-not-yet");
    if (!place) return;
    place.textContent = text;
    place.hidden = !text;
  }

  private say(text: string): void {
    const place = byId("study-waiting");
    if (!place) return;
    place.textContent = text;
    place.hidden = !text;
  }
}
