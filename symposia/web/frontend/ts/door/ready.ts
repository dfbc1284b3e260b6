// Before the door opens: what the phone looks at, and a test without a network.
import type { Post } from "./post";
import { byId, say, tell } from "./screen";

type State = "ok" | "warn" | "stop" | "wait";

function check(name: string, state: State, sentence: string): void {
  const line = document.querySelector<HTMLElement>(`[data-check=${name}]`);
  if (!line) return;
  line.dataset.state = state;
  line.hidden = !sentence;
  const said = line.querySelector("[data-said]");
  if (said) said.textContent = sentence;
}

/** From when a reading counts. */
export function opening(post: Post): string {
  const { opens_at } = post.kept.pack;
  return say("opens_on", { day: post.dayAt(opens_at), clock: post.clockAt(opens_at) });
}

/** Before the door opens: that what is read now counts for nobody; else nothing. */
export function trial(post: Post): string {
  return post.book.isTrial(post.clock.now()) ? say("trial", { opening: opening(post) }) : "";
}

/** Fill the list in; each line says what it found and what it means. */
export async function lookAround(post: Post): Promise<void> {
  const { pack, at } = post.kept;
  tell("ready-trial", trial(post));
  check("paired", "ok", say("paired", { door: pack.door, holder: pack.holder }));
  check("people", pack.people.length ? "ok" : "warn", say("people", { n: pack.people.length, clock: post.clockAt(at), expected: post.book.expected }));
  const seconds = Math.ceil(Math.abs(post.clock.behind ?? 0) / 1000);
  if (seconds > 120) check("clock", "warn", say("clock_off", { n: Math.round(seconds / 60) }));
  else check("clock", "ok", say("clock_ok", { n: Math.max(2, seconds) }));
  await Promise.all([lookAtCamera(), lookAtStorage(), lookAtBattery(post)]);
  const isInstalled = matchMedia("(display-mode: standalone)").matches;
  check("installed", isInstalled ? "ok" : "warn", say(isInstalled ? "installed" : "not_installed"));
  check("test", "wait", "");
}

async function lookAtCamera(): Promise<void> {
  const devices = await navigator.mediaDevices?.enumerateDevices().catch(() => []);
  const has = devices?.some((one) => one.kind === "videoinput");
  check("camera", has ? "ok" : "warn", say(has ? "camera_ok" : "camera_no"));
}

async function lookAtStorage(): Promise<void> {
  const stays = (await navigator.storage?.persist?.()) ?? false;
  check("stored", stays ? "ok" : "warn", say(stays ? "stored" : "not_stored"));
}

async function lookAtBattery(post: Post): Promise<void> {
  const get = (navigator as { getBattery?: () => Promise<{ level: number }> }).getBattery;
  const battery = await get?.call(navigator).catch(() => undefined);
  post.battery = battery ? Math.round(battery.level * 100) : null;
  const n = post.battery ?? 0;
  check("battery", n > 30 ? "ok" : "warn", battery ? say("battery", { n }) : "");
}

/** Whether the app would open and decide with the network away. */
export async function testAlone(post: Post): Promise<void> {
  const missing: string[] = [];
  if (!(await hasPage())) missing.push(say("test_worker"));
  if (!post.kept.pack.people.length) missing.push(say("test_pack"));
  if (missing.length) check("test", "stop", say("test_no", { what: missing.join(", ") }));
  else check("test", "ok", say("test_ok"));
}

/** Asked of what is kept alone, as if there were no network. */
async function hasPage(): Promise<boolean> {
  const page = await caches.match(location.pathname, { ignoreSearch: true });
  return Boolean(page && navigator.serviceWorker?.controller);
}

export function readyButtons(): Record<"start" | "test" | "pack" | "end" | "anyway", HTMLButtonElement> {
  return { start: byId("ready-start"), test: byId("ready-test"), pack: byId("ready-pack"), end: byId("ready-end"), anyway: byId("ready-end-anyway") };
}
