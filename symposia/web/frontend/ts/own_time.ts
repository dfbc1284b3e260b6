// The reader's own time, where nobody has told us their zone: the browser knows it.
import { all, onContent } from "./dom";
import { languageOfDates } from "./language";

const SHOWN: Intl.DateTimeFormatOptions = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" };

/** A stretch of time on the clock of a zone, day before month as the page has it. */
export function stretch(starts: string, ends: string, language: string, zone: string): string {
  return new Intl.DateTimeFormat(languageOfDates(language), { ...SHOWN, timeZone: zone }).formatRange(new Date(starts), new Date(ends));
}

/** Whether clocks in two zones show the same hour at that instant. */
export function showTheSame(at: string, zone: string, other: string): boolean {
  const [one, two] = [zone, other].map((each) => new Intl.DateTimeFormat("en", { dateStyle: "short", timeStyle: "short", timeZone: each }).format(new Date(at)));
  return one === two;
}

export function startOwnTime(): void {
  onContent((within) => {
    for (const place of all<HTMLElement>("[data-own-time]", within)) {
      const { ownTime: starts = "", ends = "", venue = "UTC", words = "{when}" } = place.dataset;
      const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
      place.hidden = showTheSame(starts, here, venue);
      place.textContent = words.replace("{when}", stretch(starts, ends, document.documentElement.lang, here));
    }
  });
}
