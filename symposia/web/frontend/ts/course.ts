// The lessons of a course: arrow keys press the buttons of a row, a drop fills its form. Both are extras.
import { on } from "./dom";

const SHIFTS: Record<string, string> = { ArrowUp: "-1", ArrowDown: "1" };
let dragged: HTMLElement | null = null;
let focusOn = "";

function set(form: HTMLFormElement, name: string, value: string): void {
  const field = form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  if (!field) return;
  field.disabled = false;
  field.value = value;
}

function drop(row: HTMLElement, event: DragEvent): void {
  const form = dragged?.querySelector("form");
  const module = row.closest<HTMLElement>("[data-module]")?.dataset.module;
  if (!dragged || !form || !module) return;
  event.preventDefault();
  focusOn = dragged.id;
  set(form, "position", row.dataset.drop ?? "1");
  set(form, "module", module);
  form.requestSubmit();
}

export function startCourse(): void {
  on("keydown", "[data-course-row]", (row, event) => {
    const shift = SHIFTS[event.key];
    if (!shift || event.target !== row || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    focusOn = row.id;
    row.querySelector<HTMLButtonElement>(`button[value="${shift}"]`)?.click();
  });
  on("dragstart", "[data-course-row]", (row) => (dragged = row));
  on("dragend", "[data-course-row]", () => (dragged = null));
  on("dragover", "[data-drop]", (row, event) => {
    if (!dragged) return;
    event.preventDefault();
    row.dataset.over = "";
  });
  on("dragleave", "[data-drop]", (row) => delete row.dataset.over);
  on("drop", "[data-drop]", (row, event) => drop(row, event));
  document.addEventListener("htmx:afterSettle", () => {
    if (focusOn) document.getElementById(focusOn)?.focus();
    focusOn = "";
  });
}
