// The screens of the app: which one is shown, and the words on it.
export type Screen = "pairing" | "ready" | "scan" | "verdict" | "search" | "walk_in";
type Values = Record<string, string | number>;

export const byId = <E extends HTMLElement = HTMLElement>(id: string): E => document.getElementById(id) as E;
const words = new Map<string, string>();

/** The sentence under a name, its values filled in. */
export function say(name: string, values: Values = {}): string {
  if (!words.size) document.querySelectorAll<HTMLElement>("[data-word]").forEach((each) => words.set(each.dataset.word ?? "", each.textContent ?? ""));
  return (words.get(name) ?? name).replace(/\{(\w+)\}/g, (_all, key: string) => String(values[key] ?? ""));
}

export function show(screen: Screen): void {
  byId("main").dataset.screen = screen;
  document.querySelectorAll<HTMLElement>(".door-screen").forEach((each) => (each.hidden = each.dataset.on !== screen));
}

export function shown(): string {
  return byId("main").dataset.screen ?? "";
}

/** A sentence in a place that is hidden while it is empty. */
export function tell(id: string, sentence: string): void {
  byId(id).textContent = sentence;
  byId(id).hidden = !sentence;
}

export function where(sentence: string): void {
  document.querySelectorAll<HTMLElement>("[data-say=where]").forEach((each) => (each.textContent = sentence));
}

export function paragraph(text: string): HTMLElement {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}
