// Parts that the server swaps in: where the focus goes, what is said, when polling rests.
import { say } from "./dom";

export function startParts(): void {
  // A part asked for by the person moves the focus to its heading; others only speak.
  document.addEventListener("htmx:afterSettle", (event) => {
    const { target } = event;
    if (!(target instanceof Element)) return;
    const heading = target.querySelector<HTMLElement>("[data-focus-after]");
    if (heading) heading.focus();
    const sentence = target.querySelector<HTMLElement>("[data-say]")?.dataset.say;
    if (sentence) say(sentence);
  });
  // Live pages do not ask while nobody looks.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const source = (event as CustomEvent<{ elt: Element }>).detail.elt;
    if (document.hidden && source.getAttribute("hx-trigger")?.includes("every ")) event.preventDefault();
  });
}
