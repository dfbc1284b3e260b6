// Words of the page and the few places in it that a script fills.
export const byId = <E extends HTMLElement = HTMLElement>(id: string): E | null => document.getElementById(id) as E | null;

/** The sentence under a name, its values filled in. */
export function say(name: string, values: Record<string, string | number> = {}): string {
  const word = document.querySelector(`#field-words [data-word="${name}"]`)?.textContent ?? name;
  return word.replace(/\{(\w+)\}/g, (_all, key: string) => String(values[key] ?? ""));
}

/** A sentence above the page, which takes the eye to it. */
export function tell(sentence: string, tone: "ok" | "warn" | "stop" = "ok"): void {
  const place = byId("field-said");
  if (!place) return;
  place.textContent = sentence;
  place.dataset.tone = tone;
  place.hidden = !sentence;
  place.focus();
}
