// The agenda's grid: arrow keys press the buttons of a session, a drop fills its form. Both are extras.
import { on } from "./dom";

const STEP = 5;
const SHIFTS: Record<string, string> = { ArrowUp: "-5", ArrowDown: "5" };
let dragged: HTMLElement | null = null;
let focusOn = "";

function formOf(session: HTMLElement): HTMLFormElement | null {
  return session.querySelector("form");
}

function set(form: HTMLFormElement, name: string, value: string): void {
  const field = form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  if (!field) return;
  field.disabled = false;
  field.value = value;
}

/** The five minutes of a free cell that the pointer is at. */
function timeAt(cell: HTMLElement, y: number): string {
  const box = cell.getBoundingClientRect();
  const steps = (cell as HTMLTableCellElement).rowSpan;
  const step = Math.max(0, Math.min(steps - 1, Math.floor(((y - box.top) / box.height) * steps)));
  const [hour = 0, minute = 0] = (cell.dataset.free ?? "").split(":").map(Number);
  const at = hour * 60 + minute + step * STEP;
  return [Math.floor(at / 60) % 24, at % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

function drop(cell: HTMLElement, event: DragEvent): void {
  const form = dragged ? formOf(dragged) : null;
  if (!dragged || !form) return;
  event.preventDefault();
  focusOn = dragged.id;
  set(form, "starts", timeAt(cell, event.clientY));
  set(form, "place", cell.dataset.place ?? "");
  form.requestSubmit();
}

export function startBoard(): void {
  on("keydown", "[data-session]", (session, event) => {
    const shift = SHIFTS[event.key];
    if (!shift || event.target !== session || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    focusOn = session.id;
    formOf(session)?.querySelector<HTMLButtonElement>(`button[value="${shift}"]`)?.click();
  });
  on("dragstart", "[data-session]", (session) => (dragged = session));
  on("dragend", "[data-session]", () => (dragged = null));
  on("dragover", "[data-free]", (cell, event) => {
    if (!dragged) return;
    event.preventDefault();
    cell.dataset.over = "";
  });
  on("dragleave", "[data-free]", (cell) => delete cell.dataset.over);
  on("drop", "[data-free]", (cell, event) => drop(cell, event));
  document.addEventListener("htmx:afterSettle", () => {
    if (focusOn) document.getElementById(focusOn)?.focus();
    focusOn = "";
  });
}
