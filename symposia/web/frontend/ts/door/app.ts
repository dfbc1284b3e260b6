// The door as an app: pair once, look around, scan; talk with the office whenever it answers.
import { leaveNote, readNote, removeNote } from "./note";
import { Refused } from "../offline/ask";
import { Store } from "../offline/store";
import { pause } from "../offline/sync";
import { isEnd, Office } from "./office";
import { Post } from "./post";
import { lookAround, readyButtons, testAlone } from "./ready";
import { Scanning } from "./scanning";
import { byId, say, show, tell, where } from "./screen";
import { wakeSound } from "./signal";

const paths = () => byId("main").dataset as Record<"pair" | "pack" | "sync" | "farewell" | "worker" | "wasm", string>;

export async function startApp(): Promise<void> {
  if (!("indexedDB" in window && crypto.subtle)) return askForCode(say("no_support"));
  void navigator.serviceWorker?.register(paths().worker, { scope: "/door/app/" });
  wakeSound();
  const store = await Store.open("symposia-door");
  const office = new Office(paths());
  const post = await Post.resume(store, office).catch(() => null);
  const code = new URLSearchParams(location.hash.slice(1)).get("pair");
  if (code) history.replaceState(null, "", location.pathname);
  if (post) return takePost(post);
  listenForCode(store, office);
  const note = readNote();
  askForCode(note ? say("evicted", { n: note.waiting }) : lastWords());
  if (code) void pair(store, office, code);
}

function askForCode(sentence: string): void {
  show("pairing");
  tell("pairing-said", sentence);
}

function listenForCode(store: Store, office: Office): void {
  byId("pairing-form").addEventListener("submit", (event) => {
    event.preventDefault();
    void pair(store, office, byId<HTMLInputElement>("pairing-code").value);
  });
}

async function pair(store: Store, office: Office, code: string): Promise<void> {
  tell("pairing-said", say("pairing"));
  try {
    takePost(await Post.takeUp(store, office, code));
  } catch (error) {
    askForCode(error instanceof Refused ? error.message : say("no_network"));
  }
}

function takePost(post: Post): void {
  const scanning = new Scanning(post, paths().wasm);
  const talk = talking(post, scanning);
  const buttons = readyButtons();
  where(post.kept.pack.activity);
  show("ready");
  void lookAround(post);
  buttons.start.addEventListener("click", () => scanning.open());
  buttons.test.addEventListener("click", () => void testAlone(post));
  buttons.pack.addEventListener("click", () => void talk().then(() => lookAround(post)));
  buttons.end.addEventListener("click", () => void end(post, talk));
  buttons.anyway.addEventListener("click", () => void leaveUnsent(post));
  byId("scan-ready").addEventListener("click", () => {
    show("ready");
    void lookAround(post);
  });
}

/** Talk at once, and from then on whenever there may be a network; never in the way of a scan. */
function talking(post: Post, scanning: Scanning): () => Promise<void> {
  let timer = 0;
  let isOver = false;
  async function talk(): Promise<void> {
    if (isOver) return;
    clearTimeout(timer);
    try {
      await post.talk();
    } catch (error) {
      isOver ||= isEnd(error);
      if (isOver) return wiped(post, (error as Refused).message);
      tell("ready-said", error instanceof Refused ? error.message : "");
    }
    note(post);
    scanning.refresh();
    clearTimeout(timer);
    timer = window.setTimeout(() => void talk(), pause(post.failures, Math.random()));
  }
  addEventListener("online", () => {
    // A whole evening without a network says nothing of the one that is back.
    post.failures = 0;
    void talk();
  });
  addEventListener("offline", () => scanning.refresh());
  addEventListener("focus", () => void talk());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void talk();
    else note(post);
  });
  setInterval(() => {
    note(post);
    scanning.refresh();
    if (post.waiting.length && !post.failures) void talk();
  }, 2_000);
  void talk();
  return talk;
}

let isWiped = false;

function note(post: Post): void {
  if (!isWiped) leaveNote({ door: post.device.door, waiting: post.waiting.length });
}

async function end(post: Post, talk: () => Promise<void>): Promise<void> {
  if (post.waiting.length) await talk();
  const n = post.waiting.length;
  if (!n) return leave(post);
  tell("ready-said", say("unsent", { n }));
  readyButtons().anyway.hidden = false;
}

async function leave(post: Post): Promise<void> {
  try {
    await post.end();
  } catch {
    tell("ready-said", say("no_network"));
    return;
  }
  bye("");
}

/** What was not sent goes with it; the office is told if it can be. */
async function leaveUnsent(post: Post): Promise<void> {
  const n = post.waiting.length;
  await post.end().catch(() => post.wipe());
  bye(say("wiped_unsent", { n }));
}

async function wiped(post: Post, reason: string): Promise<void> {
  const unsent = await post.wipe();
  bye([reason, say(unsent ? "wiped_unsent" : "wiped", { n: unsent })].join(" "));
}

/** The page begins anew, with nothing left in it. */
function bye(sentence: string): void {
  isWiped = true;
  removeNote();
  sessionStorage.setItem("door-bye", sentence || say("wiped"));
  location.reload();
}

/** What the page before this one had to say. */
function lastWords(): string {
  const sentence = sessionStorage.getItem("door-bye") ?? "";
  sessionStorage.removeItem("door-bye");
  return sentence;
}
