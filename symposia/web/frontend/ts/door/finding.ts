// Somebody without a code in hand: found by three letters, or taken down as a walk-in.
import type { Known } from "./pack";
import type { Post } from "./post";
import { byId, paragraph, say, show, tell } from "./screen";

export interface Chosen {
  known(one: Known): void;
  stranger(name: string, profession: string, institution: string, number: string): void;
  back(): void;
}

export function openSearch(): void {
  show("search");
  byId<HTMLInputElement>("search-text").value = "";
  byId("search-found").replaceChildren();
  byId("search-text").focus();
}

export function openWalkIn(): void {
  show("walk_in");
  tell("new-said", "");
  byId("new-name").focus();
}

export function listenForNames(post: Post, chosen: Chosen): void {
  const text = byId<HTMLInputElement>("search-text");
  text.addEventListener("input", () => list(post, text.value, chosen));
  byId("search-form").addEventListener("submit", (event) => event.preventDefault());
  byId("search-back").addEventListener("click", chosen.back);
  byId("search-new").addEventListener("click", () => {
    byId<HTMLInputElement>("new-name").value = text.value;
    openWalkIn();
  });
  byId("new-back").addEventListener("click", chosen.back);
  byId<HTMLFormElement>("new-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const [name = "", profession = "", institution = "", number = ""] = ["new-name", "new-profession", "new-institution", "new-number"].map((id) => byId<HTMLInputElement>(id).value.trim());
    if (!name) return tell("new-said", say("name_needed"));
    (event.target as HTMLFormElement).reset();
    chosen.stranger(name, profession, institution, number);
  });
}

function list(post: Post, text: string, chosen: Chosen): void {
  const rows = post.book.search(text).map((one) => row(one, sinceWhen(post, one), chosen));
  const nobody = rows.length || text.trim().length < 3 ? [] : [paragraph(say("nobody"))];
  byId("search-found").replaceChildren(...rows, ...nobody);
}

function sinceWhen(post: Post, one: Known): string {
  const before = post.inside.get(one.ref);
  return before ? say("in_since", { clock: post.clockAt(before.since) }) : "";
}

function row(one: Known, since: string, chosen: Chosen): Node {
  const made = byId<HTMLTemplateElement>("found").content.cloneNode(true) as DocumentFragment;
  (made.querySelector("b") as HTMLElement).textContent = one.name;
  (made.querySelector("small") as HTMLElement).textContent = [one.credential, one.institution, since].filter(Boolean).join(" · ");
  (made.querySelector(".vh") as HTMLElement).textContent = ` ${one.name}`;
  made.querySelector("button")?.addEventListener("click", () => chosen.known(one));
  return made;
}
