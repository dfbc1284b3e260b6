// The agenda's grid: a session is moved by five minutes, or to the free cell it is dropped on.
import { startMoving } from "./moving";

const STEP = 5;

/** The five minutes of a free cell that the pointer is at. */
function timeAt(cell: HTMLElement, y: number): string {
  const box = cell.getBoundingClientRect();
  const steps = (cell as HTMLTableCellElement).rowSpan;
  const step = Math.max(0, Math.min(steps - 1, Math.floor(((y - box.top) / box.height) * steps)));
  const [hour = 0, minute = 0] = (cell.dataset.free ?? "").split(":").map(Number);
  const at = hour * 60 + minute + step * STEP;
  return [Math.floor(at / 60) % 24, at % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

export function startBoard(): void {
  startMoving({
    thing: "[data-session]",
    place: "[data-free]",
    shifts: { ArrowUp: "-5", ArrowDown: "5" },
    fields: (cell, event) => ({ starts: timeAt(cell, event.clientY), place: cell.dataset.place ?? "" }),
  });
}
