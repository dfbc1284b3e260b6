// Whoever signs out leaves nothing to read on the phone.
import { on } from "./dom";
import { PAGES } from "./field/pages";

export function startLeaving(): void {
  on("submit", "form[data-leaves]", () => {
    if ("indexedDB" in window) indexedDB.deleteDatabase(PAGES);
  });
}
