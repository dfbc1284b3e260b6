// A large file is sent with a word on how far it is; without a script the browser sends it as it can.
import { on, say } from "./dom";

const LARGE = 1024 * 1024;

export function startSending(): void {
  on("submit", "form:has(input[data-sending])", (form, event) => {
    const sent = form as HTMLFormElement;
    const field = sent.querySelector<HTMLInputElement>("input[data-sending]")!;
    if (event.defaultPrevented || (field.files?.[0]?.size ?? 0) < LARGE) return;
    event.preventDefault();
    send(sent, field);
  });
}

function send(form: HTMLFormElement, field: HTMLInputElement): void {
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.setAttribute("aria-label", field.labels?.[0]?.textContent ?? "");
  field.after(bar);
  const asked = new XMLHttpRequest();
  let told = 0;
  asked.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = Math.round((100 * loaded) / total);
    if (bar.value < told + 25) return;
    told = bar.value;
    say(field.dataset.sending!.replace("%(n)s", String(told)));
  });
  // Whatever went wrong on the way: the browser sends the form by itself, as without a script.
  asked.addEventListener("error", () => form.submit());
  asked.addEventListener("load", () => answer(asked, form, bar));
  asked.responseType = "document";
  asked.open("POST", form.action);
  asked.send(new FormData(form));
}

function answer(asked: XMLHttpRequest, form: HTMLFormElement, bar: HTMLElement): void {
  const page = asked.response as Document | null;
  if (asked.status < 400 && asked.responseURL && asked.responseURL !== form.action) return location.assign(asked.responseURL);
  const main = page?.querySelector("main");
  bar.remove();
  delete form.dataset.sent;
  if (!main) return form.submit();
  document.querySelector("main")!.replaceWith(document.importNode(main, true));
  document.querySelector<HTMLElement>("main [data-focus]")?.focus();
}
