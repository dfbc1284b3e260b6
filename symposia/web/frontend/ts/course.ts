// The lessons of a course: a row is moved by one place, or to the place of the row it is dropped on.
import { startMoving } from "./moving";

export function startCourse(): void {
  startMoving({
    thing: "[data-course-row]",
    place: "[data-drop]",
    shifts: { ArrowUp: "-1", ArrowDown: "1" },
    fields: (row) => {
      const module = row.closest<HTMLElement>("[data-module]")?.dataset.module;
      return module ? { position: row.dataset.drop ?? "1", module } : null;
    },
  });
}
