// Things that are moved: arrow keys press their buttons, what is dropped fills its form. Both are extras.
import { on } from "./dom";

interface Moving {
  /** What is moved, and where it is dropped. */
  thing: string;
  place: string;
  /** Which button an arrow key presses, by its value. */
  shifts: Record<string, string>;
  /** What the form of the dropped thing says then; nothing where it cannot be dropped. */
  fields: (place: HTMLElement, event: DragEvent) => Record<string, string> | null;
}

let dragged: HTMLElement | null = null;
let focusOn = "";

function set(form: HTMLFormElement, name: string, value: string): void {
  const field = form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  if (!field) return;
  field.disabled = false;
  field.value = value;
}

export function startMoving({ thing, place, shifts, fields }: Moving): void {
  const held = (): HTMLElement | null => (dragged?.matches(thing) ? dragged : null);
  on("keydown", thing, (one, event) => {
    const shift = shifts[event.key];
    if (!shift || event.target !== one || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    focusOn = one.id;
    one.querySelector<HTMLButtonElement>(`form button[value="${shift}"]`)?.click();
  });
  on("dragstart", thing, (one) => (dragged = one));
  on("dragend", thing, () => (dragged = null));
  on("dragover", place, (target, event) => {
    if (!held()) return;
    event.preventDefault();
    target.dataset.over = "";
  });
  on("dragleave", place, (target) => delete target.dataset.over);
  on("drop", place, (target, event) => {
    const form = held()?.querySelector("form");
    const values = form && fields(target, event);
    if (!dragged || !form || !values) return;
    event.preventDefault();
    focusOn = dragged.id;
    for (const [name, value] of Object.entries(values)) set(form, name, value);
    form.requestSubmit();
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (focusOn) document.getElementById(focusOn)?.focus();
    focusOn = "";
  });
}
