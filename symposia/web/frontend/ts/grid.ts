// A grid of links: arrow keys go from cell to cell; without script, Tab does.
import { on } from "./dom";

const STEPS: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function linkAt(body: HTMLTableSectionElement, row: number, column: number): HTMLElement | null | undefined {
  return body.rows[row]?.cells[column]?.querySelector<HTMLElement>("a[href]");
}

export function startGrid(): void {
  on("keydown", "[data-grid] tbody a", (link, event) => {
    const step = STEPS[event.key];
    const cell = link.closest<HTMLTableCellElement>("td, th");
    const row = link.closest("tr");
    const body = link.closest("tbody");
    if (!step || !cell || !row || !body || event.ctrlKey || event.metaKey || event.altKey) return;
    const towards = document.documentElement.dir === "rtl" ? -step[1] : step[1];
    let [down, across] = [row.sectionRowIndex + step[0], cell.cellIndex + towards];
    while (body.rows[down]?.cells[across]) {
      const next = linkAt(body, down, across);
      if (next) {
        event.preventDefault();
        next.focus();
        return;
      }
      down += step[0];
      across += towards;
    }
  });
}
