// A list by keyboard: j and k move, Enter opens, x selects; Shift selects a stretch; the bar says how many.
import { all, on, onContent } from "./dom";

const ROWS = "[data-rows] > *, .table tbody tr, .entry";
let lastTick: HTMLInputElement | null = null;

function rows(): HTMLElement[] {
  return all(ROWS).filter((row) => row.offsetParent !== null && row.querySelector("a[href], input.tick") !== null);
}

function current(): HTMLElement | undefined {
  return rows().find((row) => row.hasAttribute("data-at"));
}

export function moveRow(by: 1 | -1): boolean {
  const list = rows();
  const now = current();
  const at = now ? list.indexOf(now) + by : by > 0 ? 0 : list.length - 1;
  const next = list[Math.max(0, Math.min(list.length - 1, at))];
  if (!next) return false;
  now?.removeAttribute("data-at");
  next.setAttribute("data-at", "");
  (next.querySelector<HTMLElement>("th a[href], h3 a[href], a[href]") ?? next.querySelector<HTMLElement>("input.tick"))?.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

export function openRow(): boolean {
  const link = current()?.querySelector<HTMLElement>("th a[href], h3 a[href], a[href]");
  link?.click();
  return link != null;
}

export function toggleRow(): boolean {
  const tick = current()?.querySelector<HTMLInputElement>("input.tick");
  tick?.click();
  return tick != null;
}

function ticks(): HTMLInputElement[] {
  return all<HTMLInputElement>("tbody input.tick");
}

function show(): void {
  const chosen = ticks().filter((tick) => tick.checked);
  for (const tick of ticks()) tick.closest("tr")?.setAttribute("aria-selected", String(tick.checked));
  for (const bar of all("[data-bulk]")) {
    bar.hidden = chosen.length === 0;
    for (const place of all("[data-bulk-count]", bar)) place.textContent = chosen.length.toLocaleString(document.documentElement.lang);
  }
  for (const head of all<HTMLInputElement>("[data-select-page]")) {
    head.checked = chosen.length > 0 && chosen.length === ticks().length;
    head.indeterminate = chosen.length > 0 && !head.checked;
  }
}

function selectStretch(to: HTMLInputElement): void {
  const list = ticks();
  const [from, until] = [list.indexOf(lastTick ?? to), list.indexOf(to)].sort((a, b) => a - b);
  for (const tick of list.slice(from, (until ?? 0) + 1)) tick.checked = to.checked;
}

export function startRows(): void {
  on("click", "tbody input.tick", (tick, event) => {
    if (!(tick instanceof HTMLInputElement)) return;
    if (event.shiftKey) selectStretch(tick);
    lastTick = tick;
    show();
  });
  on("click", "[data-select-page]", (head) => {
    for (const tick of ticks()) tick.checked = (head as HTMLInputElement).checked;
    show();
  });
  on("click", "[data-select-none]", () => {
    for (const tick of ticks()) tick.checked = false;
    show();
  });
  onContent(show);
}
