// Dropping a file onto the box is choosing it in the field.
import { on } from "./dom";

export function startUploads(): void {
  on("dragover", "[data-upload]", (box, event) => {
    event.preventDefault();
    box.dataset.over = "yes";
  });
  on("dragleave", "[data-upload]", (box) => delete box.dataset.over);
  on("drop", "[data-upload]", (box, event) => {
    event.preventDefault();
    delete box.dataset.over;
    const field = box.querySelector<HTMLInputElement>("input[type=file]");
    if (!field || !event.dataTransfer?.files.length) return;
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
