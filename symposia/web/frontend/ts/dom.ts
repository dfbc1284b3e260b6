// The few things every island needs.

export function all<E extends Element = HTMLElement>(selector: string, within: ParentNode = document): E[] {
  return [...within.querySelectorAll<E>(selector)];
}

/** Listen once for the whole page, so that parts swapped in later need nothing. */
export function on<K extends keyof DocumentEventMap>(
  kind: K,
  selector: string,
  act: (target: HTMLElement, event: DocumentEventMap[K]) => void,
): void {
  document.addEventListener(kind, (event) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null;
    if (target) act(target, event);
  });
}

/** Say a sentence to a screen reader, politely. */
export function say(sentence: string): void {
  const place = document.getElementById("said");
  if (place) place.textContent = sentence;
}

/** Run on the page as it is, and on each part that is swapped in. */
export function onContent(act: (within: ParentNode) => void): void {
  act(document);
  document.addEventListener("htmx:load", (event) => {
    if (event.target instanceof Element && event.target !== document.body) act(event.target);
  });
}
