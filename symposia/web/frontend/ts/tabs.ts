// On a phone the views of a record scroll sideways: the one that is open stands where it is seen.
import { all } from "./dom";

export function startTabs(): void {
  for (const tab of all<HTMLElement>(".tabs > [aria-current]")) {
    const row = tab.parentElement;
    if (!row || row.scrollWidth <= row.clientWidth) continue;
    const [here, there] = [tab.getBoundingClientRect(), row.getBoundingClientRect()];
    row.scrollLeft += here.left + here.width / 2 - (there.left + there.width / 2);
  }
}
