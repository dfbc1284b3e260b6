// The calendar by keyboard: arrows go from day to day, pages from month to month. Both are extras.
import { all, on } from "./dom";

const WEEK = 7;

function steps(key: string): number {
  const forward = document.documentElement.dir === "rtl" ? -1 : 1;
  return { ArrowLeft: -forward, ArrowRight: forward, ArrowUp: -WEEK, ArrowDown: WEEK }[key] ?? 0;
}

function press(selector: string): boolean {
  const target = document.querySelector<HTMLElement>(`[data-calendar] ${selector}`);
  target?.click();
  return target !== null;
}

function move(day: HTMLElement, by: number): boolean {
  const days = all("[data-days] .d").filter((each) => each.offsetParent !== null);
  const next = days[days.indexOf(day) + by];
  next?.focus();
  return next !== undefined || press(by < 0 ? 'a[rel="prev"]' : 'a[rel="next"]');
}

export function startCalendar(): void {
  on("keydown", "[data-days] .d", (day, event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const by = steps(event.key);
    if (by !== 0 && move(day, by)) event.preventDefault();
    if (event.key === "PageUp" && press('a[rel="prev"]')) event.preventDefault();
    if (event.key === "PageDown" && press('a[rel="next"]')) event.preventDefault();
  });
}
