// The page that frames a part of a package: it holds the runtime (scorm-again), and tells the page of
// the lesson what the part commits. A package can reach all of it; what it tells counts for its own
// attempt alone, and the page around it believes nothing else.

const name = (launch: Launch) => (launch.standard === "1.2" ? "API" : "API_1484_11");
// Packages climb from frame to frame for the runtime: here they are at the top, and trip over nothing
// of another origin.
const around = window.parent;
window.parent = window;
const SETTLE = 400;
const TOUCH = 5_000;
const MOST = 20;
const GOODBYE = 1_000;

export interface Launch {
  origin: string;
  standard: string;
  item: string;
  title: string;
  href: string;
  isSco: boolean;
  cmi: Record<string, unknown>;
  version: number;
  tip: string | null;
  keeps: boolean;
  files: string;
  commits: string;
}
export interface Runtime {
  loadFromJSON(json: object, element: string): void;
  isInitialized(): boolean;
  lmsCommit(parameter: string): string;
  on(name: string, heard: (...said: unknown[]) => void): void;
}
export interface Service {
  processHttpRequest(url: string, document: { cmi?: object }, immediate: boolean, log: unknown, listeners: unknown, about?: { isTerminateCommit: boolean }): { result: string; errorCode: number };
  updateSettings(): void;
}
interface Commit {
  event_uuid: string;
  number: number;
  after: string | null;
  item: string;
  cmi: unknown;
  at: string;
  is_end: boolean;
}

const SEQUENCE: Record<string, string> = { SequenceNext: "next", SequencePrevious: "previous", SequenceChoice: "choice", SequenceExit: "exit", SequenceExitAll: "exit" };

/** What a database can hold: no half signs, no zeros. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, one: unknown) => (typeof one === "string" ? one.replace(/\p{Cs}/gu, "\ufffd").replaceAll("\0", "") : one)) as unknown;
}

class Frame {
  private version: number;
  private tip: string | null;
  private told: Commit[] = [];
  private pending: { cmi: unknown; end: boolean } | null = null;
  private timer = 0;
  private leaving = false;
  private touched = 0;
  private closed = false;
  private runtime: Runtime | null = null;
  private inner = document.createElement("iframe");

  constructor(private readonly launch: Launch) {
    this.version = launch.version;
    this.tip = launch.tip;
  }

  open(make: (service: Service) => Runtime): void {
    addEventListener("message", (event) => this.hear(event));
    for (const kind of ["beforeunload", "pagehide"]) addEventListener(kind, () => this.leave());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.flush());
    if (this.launch.isSco) this.begin(make);
    else this.keep({}, true);
    const { inner, launch } = this;
    inner.title = launch.title;
    document.body.style.margin = "0";
    inner.style.cssText = "display: block; inline-size: 100%; block-size: 100vh; border: 0";
    inner.allow = "autoplay; fullscreen";
    inner.addEventListener("load", () => this.follow());
    inner.src = launch.files + launch.href;
    document.body.append(inner);
    this.say({ kind: "open", item: launch.item, version: launch.version });
  }

  private begin(make: (service: Service) => Runtime): void {
    const runtime = make({
      processHttpRequest: (_url, document, _now, _log, _listeners, about) => {
        this.keep(document.cmi ?? {}, about?.isTerminateCommit ?? false);
        return { result: "true", errorCode: 0 };
      },
      updateSettings: () => undefined,
    });
    runtime.loadFromJSON(this.launch.cmi, "cmi");
    for (const [event, to] of Object.entries(SEQUENCE)) runtime.on(event, (target) => this.say({ kind: "go", to, target: String(target ?? "") }));
    this.runtime = runtime;
    (window as unknown as Record<string, Runtime>)[name(this.launch)] = runtime;
  }

  private say(what: object): void {
    around.postMessage({ symposia: "package", ...what }, this.launch.origin);
  }

  private touch(): void {
    if (Date.now() - this.touched < TOUCH) return;
    this.touched = Date.now();
    this.say({ kind: "touch" });
  }

  /** Somebody is there who moves something in it. */
  private follow(): void {
    const there = this.inner.contentWindow;
    // A part that led its frame elsewhere is nobody's to listen to.
    if (!this.inner.contentDocument) return;
    for (const kind of ["pointerdown", "keydown", "scroll"]) there?.addEventListener(kind, () => this.touch(), { passive: true, capture: true });
  }

  /** The whole document, once the part has said all it says at once. */
  private keep(cmi: unknown, end: boolean): void {
    this.pending = { cmi: plain(cmi), end };
    this.touch();
    clearTimeout(this.timer);
    if (end || this.leaving) this.flush();
    else this.timer = window.setTimeout(() => this.flush(), SETTLE);
  }

  private flush(): void {
    clearTimeout(this.timer);
    if (!this.pending || !this.launch.keeps || this.closed) return;
    const { cmi, end } = this.pending;
    this.pending = null;
    this.version += 1;
    const commit = { event_uuid: crypto.randomUUID(), number: this.version, after: this.tip, item: this.launch.item, cmi, at: new Date().toISOString(), is_end: end };
    this.tip = commit.event_uuid;
    this.told.push(commit);
    this.say({ kind: "commit", commit });
    if (this.leaving) this.send();
  }

  /** The page around may be gone already: what it has not answered goes out from here. */
  private leave(): void {
    if (this.leaving) return;
    if (this.runtime?.isInitialized()) this.runtime.lmsCommit("");
    this.flush();
    // What the part says from here on, as it goes itself, goes out at once.
    this.leaving = true;
    this.send();
  }

  private send(): void {
    const commits = this.told.slice(0, MOST);
    if (!commits.length) return;
    const body = JSON.stringify({ sent_at: new Date().toISOString(), commits });
    const asked = { method: "POST", body, headers: { "Content-Type": "application/json" } };
    fetch(this.launch.commits, { ...asked, keepalive: body.length < 60_000 }).catch(() => undefined);
  }

  private hear(event: MessageEvent): void {
    if (event.source !== around || event.origin !== this.launch.origin) return;
    const said = event.data as { kind?: string; heard?: string[] };
    if (said.kind === "heard") this.told = this.told.filter((one) => !said.heard?.includes(one.event_uuid));
    if (said.kind === "close") this.close();
  }

  /** Leave the part as its author expects it: it hears that it goes, and says its last word. */
  private close(): void {
    const done = () => {
      if (this.runtime?.isInitialized()) this.runtime.lmsCommit("");
      this.flush();
      // The next part begins with this: nothing of it is told any more.
      this.runtime = null;
      this.closed = true;
      this.say({ kind: "closed" });
    };
    const wait = setTimeout(done, GOODBYE);
    this.inner.addEventListener("load", () => (clearTimeout(wait), this.closed || done()), { once: true });
    this.inner.src = "about:blank";
  }
}

export const SETTINGS = { autocommit: true, autocommitSeconds: 10, lmsCommitUrl: "/", alwaysSendTotalTime: true, logLevel: 5, dataCommitFormat: "json" };

export function startPackage(make: (service: Service) => Runtime): void {
  const launch = JSON.parse(document.getElementById("launch")!.textContent!) as Launch;
  new Frame(launch).open(make);
}
