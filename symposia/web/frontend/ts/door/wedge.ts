// A hardware scanner types like a very fast person and ends with Enter.
const FAST = 60;
const SHORTEST = 6;

export class Wedge {
  private text = "";
  private last = 0;

  /** One key; the whole text when a scanner has finished. */
  key(key: string, at: number): string | null {
    const isFast = at - this.last < FAST;
    this.last = at;
    if (key === "Enter") {
      const text = isFast ? this.text : "";
      this.text = "";
      return text.length >= SHORTEST ? text : null;
    }
    if (key.length === 1) this.text = isFast ? this.text + key : key;
    return null;
  }
}
