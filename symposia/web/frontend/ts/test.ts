// A test: each answer is kept on the phone first, then sent; without network it waits and goes later.
import { all } from "./dom";

interface Kept {
  position: string;
  event_uuid: string;
  // The fields as they are sent, and the address that takes them.
  fields: [string, string][];
}

const AGAIN = 4000;
const PATIENCE = 10_000;

export function startTest(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-test]");
  startClock();
  const over = document.querySelector<HTMLElement>("[data-test-over]");
  if (over) localStorage.removeItem(`test:${over.dataset.testOver}`);
  if (!form) return;
  const name = `test:${form.dataset.test}`;
  const said = form.querySelector<HTMLElement>("[data-test-said]");
  let sequence = Number(form.dataset.sequence ?? "0");
  let talking: Promise<void> | null = null;

  const kept = (): Kept[] => JSON.parse(localStorage.getItem(name) ?? "[]") as Kept[];
  const keep = (entries: Kept[]): void => (entries.length ? localStorage.setItem(name, JSON.stringify(entries)) : localStorage.removeItem(name));

  function tell(which: "saved" | "waiting" | "refused"): void {
    if (said) said.textContent = said.dataset[which] ?? "";
  }

  // What was kept by an earlier visit stands in the page again before it is sent.
  for (const each of kept()) restore(form, each);
  for (const each of kept()) sequence = Math.max(sequence, Number(new Map(each.fields).get("sequence") ?? 0));

  /** Send what waits, once at a time: whoever asks meanwhile waits for the same sending. */
  function send(): Promise<void> {
    talking ??= sendNow().finally(() => (talking = null));
    return talking;
  }

  async function sendNow(): Promise<void> {
    try {
      if (!navigator.onLine) throw new Error("offline");
      for (let entry = kept()[0]; entry; entry = kept()[0]) {
        const body = new URLSearchParams(entry.fields);
        const answer = await fetch(form!.dataset.save ?? "", { method: "POST", headers: { Accept: "application/json" }, body, redirect: "error", signal: AbortSignal.timeout(PATIENCE) });
        if (answer.status >= 500 || answer.status === 403) throw new Error(String(answer.status));
        keep(kept().filter((each) => each.event_uuid !== entry!.event_uuid));
        tell(answer.ok ? "saved" : "refused");
      }
    } catch {
      tell("waiting");
      setTimeout(() => void send(), AGAIN);
    }
  }

  form.addEventListener("change", (event) => {
    const section = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-position]") : null;
    if (!section) return;
    const position = section.dataset.position ?? "";
    const event_uuid = crypto.randomUUID();
    sequence += 1;
    const fields = fieldsIn(section);
    fields.push(["position", position], ["event_uuid", event_uuid], ["sequence", String(sequence)], ["idempotency_key", event_uuid]);
    fields.push(["csrfmiddlewaretoken", form.querySelector<HTMLInputElement>('[name="csrfmiddlewaretoken"]')?.value ?? ""]);
    // A later answer to the same question takes the place of one that still waits.
    keep([...kept().filter((each) => each.position !== position), { position, event_uuid, fields }]);
    void send();
  });

  // Handing in sends the whole page, once nothing waits any more; without network nothing is lost.
  form.addEventListener("submit", (event) => {
    if (navigator.onLine && !kept().length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void send().then(() => {
      if (!kept().length) form.requestSubmit();
    });
  });
  addEventListener("online", () => void send());
  if (kept().length) void send();
}

function fieldsIn(section: HTMLElement): [string, string][] {
  return all<HTMLInputElement | HTMLSelectElement>("input, select", section)
    .filter((one) => !(one instanceof HTMLInputElement && ["radio", "checkbox"].includes(one.type)) || one.checked)
    .map((one) => [one.name, one.value]);
}

function restore(form: HTMLFormElement, entry: Kept): void {
  const section = form.querySelector<HTMLElement>(`[data-position="${entry.position}"]`);
  if (!section) return;
  for (const one of all<HTMLInputElement | HTMLSelectElement>("input, select", section)) {
    const values = entry.fields.filter(([name]) => name === one.name).map(([, value]) => value);
    if (one instanceof HTMLInputElement && ["radio", "checkbox"].includes(one.type)) one.checked = values.includes(one.value);
    else if (values.length) one.value = values[0]!;
  }
}

function startClock(): void {
  const clock = document.querySelector<HTMLElement>("[data-test-clock]");
  if (!clock) return;
  const ends = Date.parse(clock.dataset.testClock ?? "");
  const show = (): void => {
    const left = Math.max(0, Math.ceil((ends - Date.now()) / 60_000));
    clock.textContent = `(${(clock.dataset.left ?? "%s").replace("%s", String(left))})`;
  };
  show();
  setInterval(show, 15_000);
}
