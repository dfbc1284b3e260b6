// The door: a reading goes to the server, its verdict fills the screen, the next person follows.
import { openCamera, type Camera } from "./camera";

interface Said {
  verdict: "in" | "again" | "desk" | "wait";
  outcome: string;
  title: string;
  who: string;
  lines: string[];
  next: string;
}
interface Reading {
  event_uuid: string;
  code: string;
  kind: string;
  source: "scan" | "typed";
  session: string;
  sequence: number;
  device: string;
  device_time: string;
  zone: string;
}

const SAME_CODE = 4000;
const PATIENCE = 8000;
const COUNTS = 15000;
const TONES = { in: [880, 90], again: [520, 220], desk: [240, 420], wait: [340, 300] } as const;
const BUZZ = { in: [60], again: [80, 60, 80], desk: [320], wait: [160, 80, 160] };

const byId = <E extends HTMLElement = HTMLElement>(id: string): E => document.getElementById(id) as E;

export function startDoor(): void {
  const door = byId("door");
  if (!door) return;
  const words = door.dataset;
  let camera: Camera | null = null;
  let last: Reading | null = null;
  // What can be taken back: the reading of just now, or the one that the server still knows.
  let undoable = byId("door-last").dataset.event ?? "";
  let lastCode = { text: "", at: 0 };
  let sequence = 0;
  let sound: AudioContext | null = null;

  function reading(code: string, source: "scan" | "typed"): Reading {
    return {
      event_uuid: crypto.randomUUID(),
      code,
      source,
      kind: words.kind ?? "in",
      session: words.session ?? "",
      sequence: sequence++,
      device: deviceName(),
      device_time: new Date().toISOString(),
      zone: words.zone ?? "UTC",
    };
  }

  // No cookie goes along: the pass is proof enough, and the shortest way in.
  function send(address: string, body: object): Promise<Response> {
    const headers = { "Content-Type": "application/json", Authorization: `Door ${words.pass}` };
    return fetch(address, { method: "POST", headers, body: JSON.stringify(body), credentials: "omit", signal: AbortSignal.timeout(PATIENCE) });
  }

  async function check(what: Reading): Promise<void> {
    last = what;
    camera?.pause();
    let said: Said;
    try {
      const answer = await send(words.scan ?? "", what);
      const body = await answer.json();
      said = answer.ok ? body : problem(words.wordsRefused ?? "", String(body.detail ?? answer.status));
    } catch {
      said = problem(words.wordsOffline ?? "", words.wordsNotKept ?? "");
    }
    show(said);
  }

  function problem(title: string, line: string): Said {
    return { verdict: "wait", outcome: "wait", title, who: "", lines: [line], next: "" };
  }

  function show(said: Said): void {
    byId("door-verdict").dataset.verdict = said.verdict;
    byId("verdict-title").textContent = said.title;
    byId("verdict-who").textContent = said.who;
    byId("verdict-lines").replaceChildren(...said.lines.map(paragraph));
    byId("verdict-next-words").textContent = said.next;
    byId("verdict-next-words").hidden = !said.next;
    byId("verdict-undo").hidden = said.verdict !== "in";
    byId("verdict-retry").hidden = said.verdict !== "wait";
    door.hidden = true;
    byId("door-verdict").hidden = false;
    byId("verdict-next").focus();
    signal(said.verdict);
    if (said.verdict === "in" && last) remember(said, last);
  }

  function remember(said: Said, what: Reading): void {
    undoable = what.event_uuid;
    byId("door-last-who").textContent = said.who;
    byId("door-last-what").textContent = `${said.title} ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: words.zone })}`;
    byId("door-last").hidden = false;
    const inside = byId("door-inside");
    inside.textContent = String(Number(inside.textContent) + (said.outcome === "out" ? -1 : 1));
  }

  function next(): void {
    byId("door-verdict").hidden = true;
    door.hidden = false;
    // The ticket just read may still be held up: it counts anew once it was out of sight.
    lastCode.at = Date.now();
    camera?.resume();
    if (!camera) byId("code").focus();
  }

  async function undo(): Promise<void> {
    if (!undoable) return;
    try {
      const answer = await send(words.undo ?? "", { event_uuid: undoable, new_uuid: crypto.randomUUID() });
      const body = await answer.json();
      if (!answer.ok) return show(problem(words.wordsRefused ?? "", String(body.detail ?? answer.status)));
      byId("door-inside").textContent = String(body.inside);
      byId("door-last").hidden = true;
      undoable = "";
      next();
      state(words.wordsUndone ?? "");
    } catch {
      show(problem(words.wordsOffline ?? "", ""));
    }
  }

  function signal(verdict: Said["verdict"]): void {
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(BUZZ[verdict]);
    if (!sound) return;
    const [pitch, length] = TONES[verdict];
    const tone = sound.createOscillator();
    tone.frequency.value = pitch;
    tone.connect(sound.destination);
    tone.start();
    tone.stop(sound.currentTime + length / 1000);
  }

  function state(sentence: string): void {
    byId("door-state").textContent = sentence;
    byId("door-state").hidden = !sentence;
  }

  function scanned(text: string): void {
    const now = Date.now();
    if (text === lastCode.text && now - lastCode.at < SAME_CODE) {
      lastCode.at = now;
      return;
    }
    lastCode = { text, at: now };
    void check(reading(text, "scan"));
  }

  async function openEyes(): Promise<void> {
    if (!navigator.mediaDevices) return state(words.wordsNoCamera ?? "");
    byId("door-scan").hidden = false;
    try {
      camera = await openCamera(byId<HTMLVideoElement>("door-video"), words.wasm ?? "", scanned);
    } catch (error) {
      byId("door-scan").hidden = true;
      const denied = error instanceof DOMException && error.name === "NotAllowedError";
      return state((denied ? words.wordsDenied : words.wordsNoCamera) ?? "");
    }
    const { torch } = camera;
    byId("door-torch").hidden = !torch;
    if (torch) byId("door-torch").addEventListener("click", () => void torch());
  }

  async function recount(): Promise<void> {
    if (document.visibilityState !== "visible" || !words.counts) return;
    try {
      const answer = await fetch(words.counts);
      if (answer.ok) byId("door-inside").textContent = String((await answer.json()).inside);
    } catch {
      state(words.wordsOffline ?? "");
      return;
    }
    if (byId("door-state").textContent === words.wordsOffline) state("");
  }

  byId("door-typed").addEventListener("submit", (event) => {
    event.preventDefault();
    const field = byId<HTMLInputElement>("code");
    const code = field.value.trim();
    field.value = "";
    if (code) void check(reading(code, "typed"));
  });
  addEventListener("pointerdown", () => (sound ??= new AudioContext()), { once: true });
  addEventListener("offline", () => state(words.wordsOffline ?? ""));
  addEventListener("online", () => state(""));
  byId("verdict-next").addEventListener("click", next);
  byId("verdict-undo").addEventListener("click", () => void undo());
  byId("door-last-undo").addEventListener("click", (event) => {
    event.preventDefault(); // without script the button sends its form
    void undo();
  });
  byId("verdict-retry").addEventListener("click", () => last && void check(last));
  setInterval(() => void recount(), COUNTS);
  void openEyes();
}

function paragraph(text: string): HTMLElement {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}

/** A name for this browser that says nothing about the person. */
function deviceName(): string {
  const known = localStorage.getItem("door-device") ?? `Door ${crypto.randomUUID().slice(0, 4)}`;
  localStorage.setItem("door-device", known);
  return known;
}
