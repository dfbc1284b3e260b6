// The screen that stays open all evening: camera, code, search; a verdict; the next person.
import type { Camera } from "../camera";
import { listenForNames, openSearch, openWalkIn } from "./finding";
import type { Post } from "./post";
import { instant } from "./inside";
import { openReader } from "./reader";
import { opening, trial } from "./ready";
import { byId, paragraph, say, show, shown, tell, where } from "./screen";
import { signal } from "./signal";
import { standing } from "../offline/sync";
import type { Verdict } from "./verdict";
import { Wedge } from "./wedge";

const SAME_CODE = 4000;
const EXPRESS = 1200;
type Kind = "in" | "out";

export class Scanning {
  private camera: Camera | null = null;
  private kind: Kind;
  private busy = false;
  private lastCode = { text: "", at: 0 };
  private timer = 0;

  constructor(
    private readonly post: Post,
    private readonly wasm: string,
  ) {
    this.kind = post.kept.pack.direction === "out" ? "out" : "in";
    this.listen();
  }

  open(): void {
    const { pack } = this.post.kept;
    const session = this.post.book.session(pack.session);
    where([pack.door, session?.title ?? pack.activity].join(" · "));
    byId("scan-kinds").hidden = pack.direction !== "both";
    show("scan");
    this.refresh();
    if (this.camera) this.camera.resume();
    else void this.openEyes();
  }

  /** The numbers, the pill and the last person, as they are now. */
  refresh(): void {
    const { post } = this;
    const now = standing(post.waiting.length, post.lastHeard, Date.now(), navigator.onLine && !post.failures);
    const refused = post.refused.length;
    const sentence = [say(now.word, { n: now.n }), refused ? say("refused", { n: refused }) : ""].filter(Boolean).join(" · ");
    // A screen reader is told of a change, not of every look at it.
    if (byId("sync").textContent !== sentence) byId("sync").textContent = sentence;
    byId("sync").dataset.tone = refused && now.tone === "ok" ? "warn" : now.tone;
    tell("scan-trial", trial(post));
    tell("counts-of", say("counts_of"));
    byId("counts").textContent = say("counts", { inside: post.inside.size, expected: post.book.expected });
    const { last } = post;
    byId("last").hidden = !last;
    if (!last) return;
    byId("last-who").textContent = last.stranger?.name ?? post.book.of(last.ref)?.name ?? "";
    const isTrial = post.book.isTrial(instant(last));
    byId("last-mark").hidden = isTrial;
    byId("last-what").textContent = `${say(isTrial ? "not_yet" : last.kind === "out" ? "out" : "in")} ${post.clockOf(last)}`;
  }

  async read(text: string, source: "scan" | "typed"): Promise<void> {
    await this.decide(() => this.post.read(text, this.kind, source));
  }

  private async decide(ask: () => Promise<Verdict>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.camera?.pause();
    try {
      this.verdict(await ask());
    } catch (error) {
      this.failed(error);
    } finally {
      this.busy = false;
    }
  }

  private verdict(said: Verdict): void {
    byId("verdict").dataset.verdict = said.look;
    byId("verdict-title").textContent = say(said.title);
    byId("verdict-who").textContent = said.name;
    byId("verdict-lines").replaceChildren(...this.lines(said).filter(Boolean).map(paragraph));
    tell("verdict-next-words", said.look === "in" ? "" : say(said.title === "moved" ? "next_moved" : said.title === "not_yet" ? "next_not_yet" : said.look === "again" ? "next_again" : "next_desk"));
    byId("verdict-undo").hidden = !said.counts;
    byId("verdict-clock").textContent = this.post.clockAt(this.post.clock.now().toISOString());
    show("verdict");
    byId("verdict-next").focus();
    signal(said.look);
    if (said.look === "in" && this.post.kept.pack.mode === "express") this.timer = window.setTimeout(() => this.next(), EXPRESS);
  }

  private lines(said: Verdict): string[] {
    const { known, before } = said;
    const about = [known?.credential, known?.institution].filter(Boolean).join(" · ");
    const needs = known?.needs.join(", ") ?? "";
    if (said.look === "in") return [about, needs];
    if (said.title === "not_yet") return [say("door_not_yet"), opening(this.post)];
    const session = this.post.book.session(said.seat);
    const reason = said.reason ? say(session?.room ? "seat_room" : said.reason, { session: session?.title ?? "", room: session?.room ?? "" }) : "";
    return [reason, ...(before ? this.before(before) : [])];
  }

  private before(before: { since: string; door: string; by: string }): string[] {
    const clock = this.post.clockAt(before.since);
    const door = before.door === this.post.kept.pack.door ? say("this_door") : before.door;
    return [door ? say("since_door", { clock, door }) : say("since", { clock }), before.by ? say("by", { who: before.by }) : ""];
  }

  private failed(error: unknown): void {
    const isFull = error instanceof DOMException && error.name === "QuotaExceededError";
    show("scan");
    tell("scan-said", say(isFull ? "full" : "unsaved"));
    signal("desk");
    this.camera?.resume();
  }

  private next(): void {
    clearTimeout(this.timer);
    if (shown() !== "verdict") return;
    // The ticket just read may still be held up: it counts anew once it was out of sight.
    this.lastCode.at = Date.now();
    tell("scan-said", "");
    this.open();
    if (!this.camera) byId("scan-code").focus();
  }

  private async undo(): Promise<void> {
    const { last } = this.post;
    if (!last) return;
    await this.post.undo(last);
    clearTimeout(this.timer);
    this.lastCode.at = Date.now();
    this.open();
    tell("scan-said", say("taken_back"));
  }

  private scanned(text: string): void {
    const now = Date.now();
    const isSame = text === this.lastCode.text && now - this.lastCode.at < SAME_CODE;
    this.lastCode = { text, at: now };
    if (!isSame && shown() === "scan") void this.read(text, "scan");
  }

  private async openEyes(): Promise<void> {
    if (!navigator.mediaDevices) return tell("scan-said", say("camera_no"));
    byId("scan-frame").hidden = false;
    try {
      this.camera = await openReader(byId<HTMLVideoElement>("scan-video"), this.wasm, (text) => this.scanned(text));
    } catch (error) {
      byId("scan-frame").hidden = true;
      const denied = error instanceof DOMException && error.name === "NotAllowedError";
      return tell("scan-said", say(denied ? "camera_denied" : "camera_no"));
    }
    const { torch } = this.camera;
    byId("scan-torch").hidden = !torch;
    if (torch) byId("scan-torch").onclick = () => void torch();
  }

  private aside(open: () => void): void {
    this.camera?.pause();
    open();
  }

  private listen(): void {
    const wedge = new Wedge();
    addEventListener("keydown", (event) => {
      if (event.target instanceof HTMLInputElement || !["scan", "verdict"].includes(shown())) return;
      const text = wedge.key(event.key, event.timeStamp);
      if (!text) return;
      event.preventDefault();
      if (shown() === "verdict") this.next();
      void this.read(text, "scan");
    });
    byId("scan-form").addEventListener("submit", (event) => {
      event.preventDefault();
      const field = byId<HTMLInputElement>("scan-code");
      const text = field.value.trim();
      field.value = "";
      if (text) void this.read(text, "typed");
    });
    byId("scan-kinds").addEventListener("click", (event) => {
      const pressed = (event.target as HTMLElement).closest<HTMLElement>("[data-kind]");
      if (!pressed) return;
      this.kind = pressed.dataset.kind as Kind;
      document.querySelectorAll("#scan-kinds [data-kind]").forEach((each) => each.setAttribute("aria-pressed", String(each === pressed)));
    });
    byId("verdict-next").addEventListener("click", () => this.next());
    byId("verdict-undo").addEventListener("click", () => void this.undo().catch((error: unknown) => this.failed(error)));
    byId("last-undo").addEventListener("click", () => void this.undo().catch((error: unknown) => this.failed(error)));
    byId("scan-search").addEventListener("click", () => this.aside(openSearch));
    byId("scan-walk-in").addEventListener("click", () => this.aside(openWalkIn));
    listenForNames(this.post, {
      known: (one) => void this.decide(() => this.post.see(one, this.kind, "desk")),
      stranger: (name, profession, institution, number) => void this.decide(() => this.post.letIn({ name, profession, institution, number })),
      back: () => this.open(),
    });
    // A browser may show the camera's picture no more after the phone slept.
    addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.refresh());
  }
}
