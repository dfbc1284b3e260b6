// A combobox after the ARIA pattern: the list comes from the server, the field stays a plain field.
import { all, onContent } from "./dom";

const PAUSE = 150;

class Combobox {
  private readonly field: HTMLInputElement;
  private readonly list: HTMLElement;
  private timer = 0;
  private asked = 0;

  constructor(private readonly root: HTMLElement, field: HTMLInputElement, list: HTMLElement, index: number) {
    this.field = field;
    this.list = list;
    list.id ||= `combobox-${index}-${field.name}`;
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off",
    })) field.setAttribute(name, value);
    field.addEventListener("input", () => this.ask());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => setTimeout(() => this.close(), PAUSE));
    list.addEventListener("mousedown", (event) => {
      const option = event.target instanceof Element ? event.target.closest<HTMLElement>("[role=option]") : null;
      if (option) this.choose(option);
    });
  }

  private options(): HTMLElement[] {
    return all("[role=option]", this.list);
  }

  private ask(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.load(), PAUSE);
  }

  private async load(): Promise<void> {
    const mine = ++this.asked;
    const address = new URL(this.root.dataset.source ?? "", location.href);
    address.searchParams.set("q", this.field.value);
    const answer = await fetch(address, { headers: { "HX-Request": "true" } });
    if (!answer.ok || mine !== this.asked) return;
    this.list.innerHTML = await answer.text();
    this.options().forEach((option, index) => (option.id ||= `${this.list.id}-${index}`));
    this.list.hidden = this.options().length === 0;
    this.field.setAttribute("aria-expanded", String(!this.list.hidden));
    const status = this.root.querySelector("[data-combobox-status]");
    if (status) status.textContent = this.list.hidden ? this.root.dataset.none ?? "" : String(this.options().length);
  }

  private key(event: KeyboardEvent): void {
    const options = this.options();
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (this.list.hidden) return this.ask();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.mark(options[(at + step + options.length) % options.length]);
    } else if (event.key === "Enter" && !this.list.hidden && options[at]) {
      this.choose(options[at]);
    } else if (event.key === "Escape" && !this.list.hidden) {
      this.close();
    } else {
      return;
    }
    event.preventDefault();
  }

  private mark(chosen: HTMLElement | undefined): void {
    for (const option of this.options()) option.setAttribute("aria-selected", String(option === chosen));
    this.field.setAttribute("aria-activedescendant", chosen?.id ?? "");
    chosen?.scrollIntoView({ block: "nearest" });
  }

  private choose(option: HTMLElement): void {
    this.field.value = option.dataset.value ?? option.textContent?.trim() ?? "";
    this.close();
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private close(): void {
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }
}

export function startComboboxes(): void {
  onContent((within) =>
    all("[data-combobox]", within).forEach((root, index) => {
      const field = root.querySelector<HTMLInputElement>("input");
      const list = root.querySelector<HTMLElement>("[role=listbox]");
      if (field && list && !field.hasAttribute("role")) new Combobox(root, field, list, index);
    }),
  );
}
