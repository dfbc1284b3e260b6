// The server draws the chosen look; here it only changes at once, and the choice is sent behind it.
import { all, on } from "./dom";

export function startLooks(): void {
  on("submit", "form[data-look]", (form, event) => {
    const button = (event as SubmitEvent).submitter;
    if (!(form instanceof HTMLFormElement) || !(button instanceof HTMLButtonElement) || !button.name) return;
    event.preventDefault();
    document.documentElement.dataset[button.name] = button.value;
    for (const each of all(`form[data-look] button[name="${button.name}"]`)) each.setAttribute("aria-pressed", String(each === button));
    void fetch(form.action, { method: "POST", body: new FormData(form, button), redirect: "manual" });
  });
}
