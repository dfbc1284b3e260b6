// Pages that stay open: each asks every two or three seconds whether anything has changed; most
// answers are empty. A page answers whole, or in parts that each have an id; what somebody has ticked
// there and where they stand is kept.
const EVERY = 2000;
// When the office does not answer, it is asked less often, and the page says that it is old.
const LONGEST = 30_000;
// Headers and cookies: a signed pass instead of a session where the page has one.
type Asking = Pick<RequestInit, "headers" | "credentials">;

export function startLive(): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-live]")) keepFresh(place);
}

function keepFresh(place: HTMLElement): void {
  const { live = "", pass, stopped = "" } = place.dataset;
  const every = Number(place.dataset.every ?? EVERY);
  let version = place.dataset.version ?? "";
  let wait = every;

  function asking(): Asking {
    const headers = { "If-None-Match": `"${version}"`, "Accept-Language": document.documentElement.lang };
    if (!pass) return { headers, credentials: "same-origin" };
    return { headers: { ...headers, Authorization: `Live ${pass}` }, credentials: "omit" };
  }

  async function ask(): Promise<void> {
    const answer = await fetch(live, { ...asking(), cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(8000) });
    // The pass has run out or the right is gone: the page itself says which.
    if (answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect") return location.reload();
    if (answer.status !== 304) {
      if (!answer.ok) throw new Error(String(answer.status));
      version = (answer.headers.get("ETag") ?? "").replaceAll('"', "").replace(/^W\//, "");
      show(place, await answer.text());
    }
    wait = every;
    tell("");
  }

  function tell(words: string): void {
    const says = place.querySelector<HTMLElement>("[data-live-stopped]");
    if (!says) return;
    says.hidden = !words;
    says.textContent = words;
  }

  async function turn(): Promise<void> {
    if (!document.hidden) {
      await ask().catch(() => {
        wait = Math.min(wait * 2, LONGEST);
        tell(stopped);
      });
    }
    setTimeout(turn, wait);
  }
  setTimeout(turn, every);
}

function show(place: HTMLElement, text: string): void {
  const made = document.createElement("template");
  made.innerHTML = text;
  const parts = made.content.querySelectorAll<HTMLElement>("[data-live-part]");
  if (!parts.length) {
    place.innerHTML = text;
    return;
  }
  for (const part of parts) {
    const there = document.getElementById(part.id);
    if (there && there.innerHTML !== part.innerHTML) swap(there, part);
  }
}

function swap(there: HTMLElement, part: HTMLElement): void {
  const ticked = new Map([...there.querySelectorAll<HTMLInputElement>("input[type=checkbox]")].map((each) => [said(each), each.checked]));
  const held = document.activeElement instanceof HTMLElement && there.contains(document.activeElement) ? said(document.activeElement) : "";
  const opened = new Set([...there.querySelectorAll("details")].flatMap((each, place) => (each.open ? [place] : [])));
  there.replaceChildren(...part.childNodes);
  for (const each of there.querySelectorAll<HTMLInputElement>("input[type=checkbox]")) each.checked = ticked.get(said(each)) ?? each.checked;
  there.querySelectorAll("details").forEach((each, place) => (each.open ||= opened.has(place)));
  if (held) [...there.querySelectorAll<HTMLElement>("a, button, input, summary")].find((each) => said(each) === held)?.focus();
}

/** What a control is, whichever rendering of the page it stands in. */
function said(control: HTMLElement): string {
  const form = control.closest("form");
  const hidden = form ? [...form.querySelectorAll<HTMLInputElement>("input[type=hidden]")] : [];
  const fields = hidden.filter((each) => !["csrfmiddlewaretoken", "idempotency_key"].includes(each.name));
  const own = control instanceof HTMLInputElement ? `${control.name}=${control.value}` : control.tagName;
  return [form?.action ?? control.getAttribute("href") ?? "", ...fields.map((each) => `${each.name}=${each.value}`), own].join("|");
}
