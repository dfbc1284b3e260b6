// An evaluation: a page at a time, kept on the phone alone until it is sent, sent again without network.
// What is typed never leaves the phone before it is handed in, so no draft of anybody lies on the server.
import { all } from "./dom";

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const AGAIN = 4000;
const PATIENCE = 15_000;

export function startEvaluation(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-evaluation]");
  if (!form) return;
  const name = `evaluation:${form.dataset.evaluation}`;
  const said = form.querySelector<HTMLElement>("[data-evaluation-said]");
  const pages = all<HTMLElement>("[data-page]", form);
  const on = form.querySelector<HTMLButtonElement>("[data-evaluation-on]");
  const back = form.querySelector<HTMLButtonElement>("[data-evaluation-back]");
  const send = form.querySelector<HTMLButtonElement>('button[type="submit"]');
  if (!on || !back || !send) return;
  let at = 0;
  let sending = false;

  restore(form, JSON.parse(localStorage.getItem(name) ?? "[]") as [string, string][]);
  follow(form);
  const wrong = pages.findIndex((page) => page.querySelector(".error:not([hidden])"));
  show(Math.max(0, wrong), false);

  function show(to: number, moves: boolean): void {
    at = to;
    pages.forEach((page, place) => (page.hidden = place !== at));
    back!.hidden = at === 0;
    on!.hidden = at >= pages.length - 1;
    send!.hidden = at < pages.length - 1;
    if (moves) pages[at]?.focus();
  }

  // Says which questions of a page lack an answer, and whether none does.
  function isWhole(page: HTMLElement): boolean {
    const missing = all<HTMLElement>("[data-required]:not([hidden])", page).filter((each) => {
      const lacks = !all<Field>("input, select, textarea", each).some(isFilled);
      const words = each.querySelector<HTMLElement>("[data-missing]");
      if (words) words.hidden = !lacks;
      return lacks;
    });
    missing[0]?.querySelector<HTMLElement>("input, select, textarea")?.focus();
    return missing.length === 0;
  }

  on.addEventListener("click", () => isWhole(pages[at]!) && show(next(1), true));
  back.addEventListener("click", () => show(next(-1), true));

  // The page before or after this one that asks anything.
  function next(by: number): number {
    let to = at + by;
    while (pages[to + by] && !pages[to]!.querySelector(":scope > :not([hidden], h2)")) to += by;
    return Math.min(Math.max(to, 0), pages.length - 1);
  }

  form.addEventListener("input", () => {
    follow(form);
    localStorage.setItem(name, JSON.stringify(fieldsOf(form)));
    if (said) said.textContent = said.dataset.kept ?? "";
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isWhole(pages[at]!)) void hand();
  });
  addEventListener("online", () => sessionStorage.getItem(name) && void hand());
  if (sessionStorage.getItem(name)) void hand();

  async function hand(): Promise<void> {
    if (sending) return;
    sending = true;
    sessionStorage.setItem(name, "waiting");
    try {
      if (!navigator.onLine) throw new Error("offline");
      const fields = fieldsOf(form!);
      fields.push(["csrfmiddlewaretoken", form!.querySelector<HTMLInputElement>('[name="csrfmiddlewaretoken"]')?.value ?? ""]);
      const answer = await fetch(location.href, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(fields), redirect: "error", signal: AbortSignal.timeout(PATIENCE) });
      if (answer.status >= 500) throw new Error(String(answer.status));
      const told = (await answer.json().catch(() => ({}))) as { done?: boolean };
      sessionStorage.removeItem(name);
      if (!told.done) return form!.submit();
      localStorage.removeItem(name);
      location.assign(form!.dataset.next ?? "/");
    } catch {
      if (said) said.textContent = said.dataset.waiting ?? "";
      setTimeout(() => void hand(), AGAIN);
    } finally {
      sending = false;
    }
  }
}

function isFilled(one: Field): boolean {
  return one instanceof HTMLInputElement && ["radio", "checkbox"].includes(one.type) ? one.checked : one.value.trim() !== "";
}

function fieldsOf(form: HTMLFormElement): [string, string][] {
  return all<Field>("input, select, textarea", form)
    .filter((one) => one.name && one.name !== "csrfmiddlewaretoken" && !one.closest("[data-when][hidden]") && isFilled(one))
    .map((one) => [one.name, one.value]);
}

function restore(form: HTMLFormElement, kept: [string, string][]): void {
  for (const one of all<Field>("input, select, textarea", form)) {
    const values = kept.filter(([name]) => name === one.name).map(([, value]) => value);
    if (one instanceof HTMLInputElement && ["radio", "checkbox"].includes(one.type)) one.checked = one.checked || values.includes(one.value);
    else if (values.length && one.name !== "csrfmiddlewaretoken") one.value = values[0]!;
  }
}

// Shows what the answers so far lead to, and hides what they do not.
function follow(form: HTMLFormElement): void {
  for (const each of all<HTMLElement>("[data-when]", form)) {
    const leads = JSON.parse(each.dataset.whenIs ?? "[]") as string[];
    const given = all<HTMLInputElement>(`[name="${each.dataset.when}"]`, form).filter((one) => one.checked && !one.closest("[data-when][hidden]"));
    each.hidden = !given.some((one) => leads.includes(one.value));
  }
}
