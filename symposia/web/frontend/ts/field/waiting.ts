// The page of what waits on this phone: each thing in words, with what became of it.
import { languageOfDates } from "../language";
import { byId, say } from "./screen";
import type { Written } from "./entries";

const TONES = { "": "warn", kept: "ok", refused: "stop" } as const;
const STATES = { "": "waits", kept: "kept_by_office", refused: "refused" } as const;

export function showWaiting(entries: Written[], problem: string, drop: (one: Written) => void): void {
  const list = byId("field-waiting");
  const template = byId<HTMLTemplateElement>("field-item");
  if (!list || !template) return;
  list.replaceChildren(...[...entries].sort((a, b) => b.seq - a.seq).map((one) => item(template, one, problem, drop)));
  byId("field-none")?.toggleAttribute("hidden", entries.length > 0);
}

function item(template: HTMLTemplateElement, one: Written, problem: string, drop: (one: Written) => void): Node {
  const made = template.content.cloneNode(true) as DocumentFragment;
  const find = <E extends HTMLElement>(selector: string) => made.querySelector<E>(selector) as E;
  find("b").textContent = say(one.kind, { n: one.clinicians.length, where: one.where, who: one.who });
  const state = find(".state");
  state.textContent = say(one.heard ? STATES[one.heard] : problem || STATES[""]);
  state.dataset.tone = TONES[one.heard];
  find("small").textContent = one.reason || new Date(one.at).toLocaleString(languageOfDates(), { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" });
  const link = find<HTMLAnchorElement>("a");
  link.textContent = say("open");
  link.hidden = !one.href;
  if (one.href) link.href = one.href;
  const button = find("button");
  button.textContent = say(one.heard ? "put_away" : "take_back");
  button.addEventListener("click", () => drop(one));
  return made;
}
