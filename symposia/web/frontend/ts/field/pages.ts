// Pages that somebody has read, kept encrypted under the person who read them.
import { Store } from "../offline/store";

export const PAGES = "symposia-field-pages";
// What is older is not shown: places and quotas have moved on.
const LONGEST = 7 * 86_400_000;
const OWNER = "owner";

export interface KeptPage {
  text: string;
  at: string;
  // What the office allows the page to load; it holds without a network too.
  policy: string;
}

/** Whose page this is, as the page itself says. */
export function personOf(text: string): string {
  return /data-person="([^"]*)"/.exec(text)?.[1] ?? "";
}

/** The page as it is shown without a network, or while the network is slow: it knows since when it is kept. */
export function marked(page: KeptPage, isSlow = false): string {
  return page.text.replace("<html ", `<html data-kept-at="${page.at}" ${isSlow ? "data-slow " : ""}`);
}

export function isFresh(page: KeptPage, now: number): boolean {
  return now - Date.parse(page.at) < LONGEST;
}

/** Keep what the office answered; what another person read on this phone is gone first. */
export async function keepPage(path: string, answer: Response): Promise<void> {
  const text = await answer.text();
  const person = personOf(text);
  if (!person || person.startsWith("None")) return;
  let store = await Store.open(PAGES);
  const owner = await store.get<string>(OWNER);
  if (owner && owner !== person) {
    await store.wipe();
    store = await Store.open(PAGES);
  }
  const page: KeptPage = { text, at: new Date().toISOString(), policy: answer.headers.get("Content-Security-Policy") ?? "" };
  await store.put(OWNER, person);
  await store.put(path, page);
  store.close();
}

export async function keptPage(path: string): Promise<KeptPage | undefined> {
  const store = await Store.open(PAGES);
  const page = await store.get<KeptPage>(path);
  store.close();
  return page && isFresh(page, Date.now()) ? page : undefined;
}

/** Nobody is signed in any more: nothing is left to read. */
export async function forgetPages(): Promise<void> {
  await (await Store.open(PAGES)).wipe();
}
