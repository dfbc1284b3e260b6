// Dialogs open from a button that names them; the browser keeps the focus inside and gives it back.
import { on, onContent } from "./dom";

export function startDialogs(): void {
  on("click", "[data-opens]", (opener, event) => {
    const dialog = document.getElementById(opener.dataset.opens ?? "");
    if (!(dialog instanceof HTMLDialogElement)) return;
    event.preventDefault();
    dialog.showModal();
    dialog.addEventListener("close", () => opener.focus(), { once: true });
  });
  on("click", "dialog", (dialog, event) => {
    if (event.target === dialog && dialog instanceof HTMLDialogElement) dialog.close();
  });
  // A rail folds to its blockers where there is no room beside the page, and opens where there is.
  const narrow = matchMedia("(width < 960px)");
  const fold = (within: ParentNode): void => {
    for (const rail of within.querySelectorAll<HTMLDetailsElement>("[data-fold-on-phone]")) rail.open = !narrow.matches;
  };
  onContent(fold);
  narrow.addEventListener("change", () => fold(document));
}
