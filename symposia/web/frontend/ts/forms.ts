// What a form does while it is sent, and where the eye goes when it comes back.
import { all, on, onContent, say } from "./dom";

const PATIENCE = 8000;

export function startForms(): void {
  on("click", '[aria-disabled="true"]', (_target, event) => event.preventDefault());
  // A second press within the time of an answer does nothing; the server would answer it once anyway.
  on("submit", 'form[method="post"]', (form, event) => {
    const button = (event as SubmitEvent).submitter;
    if (event.defaultPrevented || form.hasAttribute("data-look")) return;
    if (form.dataset.sent && !form.hasAttribute("hx-post")) return event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, PATIENCE);
    button?.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => {
    for (const form of all("form[data-sent]")) delete form.dataset.sent;
    for (const button of all("form [aria-busy]")) button.removeAttribute("aria-busy");
  });
  onContent((within) => within.querySelector<HTMLElement>("[data-focus]")?.focus());
  onContent((within) => all("[data-copy]", within).forEach((button) => (button.hidden = !navigator.clipboard)));
  on("click", "[data-copy]", (button) => {
    void navigator.clipboard.writeText(button.dataset.copy ?? "").then(() => say(button.dataset.copied ?? ""));
  });
  on("click", "[data-fills]", (button) => {
    const field = document.querySelector<HTMLTextAreaElement>(button.dataset.fills ?? "");
    if (!field) return;
    field.value = button.dataset.text ?? "";
    field.focus();
  });
  onContent((within) => all("[data-fills]", within).forEach((button) => (button.hidden = false)));
  onContent((within) => all("[data-autosubmit]", within).forEach((field) => field.addEventListener("change", () => (field as HTMLInputElement).form?.requestSubmit())));
}
