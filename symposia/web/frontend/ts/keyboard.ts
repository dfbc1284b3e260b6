// One grammar for the whole office. Single keys can be switched off (WCAG 2.1.4); Ctrl K always works.
import { all } from "./dom";
import { moveRow, openRow, toggleRow } from "./rows";

const AFTER_G = 1500;
let waitingSince = 0;

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=radio], [type=checkbox]), select, textarea"));
}

function press(selector: string): boolean {
  const target = all(selector).find((each) => each.offsetParent !== null);
  target?.click();
  return target !== undefined;
}

function search(): boolean {
  const field = document.querySelector<HTMLInputElement>("[data-search]");
  field?.focus();
  field?.select();
  return field !== null;
}

const KEYS: Record<string, () => boolean> = {
  "/": search,
  "?": () => press('[data-opens="shortcuts"]'),
  j: () => moveRow(1),
  k: () => moveRow(-1),
  x: () => press('[data-key="x"]') || toggleRow(),
  Enter: openRow,
  a: () => press('[data-key="a"]'),
  c: () => press('[data-key="c"]'),
  e: () => press('[data-key="e"]'),
  f: () => press('[data-key="f"]'),
  r: () => press('[data-key="r"]'),
  t: () => press('[data-key="t"]'),
  "[": () => press('a[rel="prev"]'),
  "]": () => press('a[rel="next"]'),
  "1": () => press('[data-key="1"]'),
  "2": () => press('[data-key="2"]'),
  "3": () => press('[data-key="3"]'),
};

function go(letter: string): boolean {
  return /^[a-z]$/.test(letter) && press(`a[data-go="${letter}"]`);
}

function act(key: string): boolean {
  if (waitingSince && Date.now() - waitingSince < AFTER_G) {
    waitingSince = 0;
    return go(key);
  }
  waitingSince = key === "g" ? Date.now() : 0;
  return waitingSince > 0 || (KEYS[key]?.() ?? false);
}

// Ctrl Enter goes on with the form that the page is about, from wherever one is in it.
function goOn(): boolean {
  const form = document.querySelector<HTMLFormElement>("form[data-goes-on]");
  form?.requestSubmit(form.querySelector<HTMLButtonElement>("button[type=submit]"));
  return form !== null;
}

export function startKeyboard(): void {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      if (search()) event.preventDefault();
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && !event.repeat) {
      if (goOn()) event.preventDefault();
      return;
    }
    const busy = event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target);
    if (busy || event.defaultPrevented || document.documentElement.dataset.shortcuts === "off") return;
    if (event.key === "Enter" && event.target instanceof Element && event.target.closest("a, button, summary")) return;
    if (document.querySelector("dialog:modal")) return;
    if (act(event.key)) event.preventDefault();
  });
}
