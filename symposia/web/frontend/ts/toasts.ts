// Ten seconds, which stand still while one looks at it or is in it.
import { all, on, onContent } from "./dom";

const SECONDS = 10;

function start(toast: HTMLElement): void {
  if (toast.dataset.started) return;
  toast.dataset.started = "yes";
  let left = SECONDS;
  let paused = false;
  const place = toast.querySelector("[data-toast-left]");
  for (const button of all("[data-dismiss]", toast)) button.hidden = false;
  for (const [kind, held] of [["mouseenter", true], ["focusin", true], ["mouseleave", false], ["focusout", false]] as const) {
    toast.addEventListener(kind, () => (paused = held));
  }
  const clock = setInterval(() => {
    if (!toast.isConnected) return clearInterval(clock);
    if (paused || document.hidden) return;
    left -= 1;
    if (place) place.textContent = `${left} s`;
    if (left > 0) return;
    clearInterval(clock);
    toast.remove();
  }, 1000);
}

export function startToasts(): void {
  onContent((within) => all("[data-toast]", within).forEach(start));
  on("click", "[data-dismiss]", (button) => button.closest("[data-toast]")?.remove());
  // A part that was swapped in may bring its own messages out of band.
  document.addEventListener("htmx:oobAfterSwap", () => all("[data-toast]").forEach(start));
}
