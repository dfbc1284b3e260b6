// Menus are <details>: they open without us. We close them on Esc, outside clicks, and when another opens.
import { all, on } from "./dom";

export function startMenus(): void {
  document.addEventListener(
    "toggle",
    (event) => {
      const menu = event.target;
      if (!(menu instanceof HTMLDetailsElement) || !menu.open || !menu.matches("[data-menu]")) return;
      for (const other of all<HTMLDetailsElement>("[data-menu][open]")) if (other !== menu) other.open = false;
    },
    true,
  );
  document.addEventListener("click", (event) => {
    for (const menu of all<HTMLDetailsElement>("[data-menu][open]")) {
      if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of all<HTMLDetailsElement>("[data-menu][open]")) {
      menu.open = false;
      menu.querySelector<HTMLElement>("summary")?.focus();
    }
  });
  on("keydown", "[data-menu][open]", (menu, event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const items = all(".menu-item, .menu-list button, .menu-list a", menu);
    const at = items.indexOf(document.activeElement as HTMLElement);
    const next = event.key === "ArrowDown" ? at + 1 : at < 0 ? items.length - 1 : at - 1;
    items[(next + items.length) % items.length]?.focus();
    event.preventDefault();
  });
}
