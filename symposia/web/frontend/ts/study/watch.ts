// How long somebody studied, and what of a video was played. No page, no clock of its own.
export interface Heartbeat {
  seconds: number;
  from: number | null;
  to: number | null;
}

// Reading without a touch for this long is no studying any more; nobody is asked whether they are there.
const IDLE = 180_000;
// Between two reports of a player; more is a jump.
const JUMP = 1.5;

export class Watch {
  private spent = 0;
  private last: number;
  private touched: number;
  private from: number | null = null;
  private to = 0;
  private stretches: [number, number][] = [];

  constructor(now: number) {
    this.last = this.touched = now;
  }

  touch(now: number): void {
    this.touched = now;
  }

  /** Time passes: it counts while the page is seen, and somebody touches it or a video plays. */
  tick(now: number, visible: boolean, playing: boolean): void {
    const passed = (now - this.last) / 1000;
    this.last = now;
    // After a sleep of the device nobody studied.
    if (passed > 10 || passed < 0) return;
    if (playing || (visible && now - this.touched < IDLE)) this.spent += passed;
  }

  /** The player is at this second; skipping begins a new stretch. */
  at(second: number, rate: number): void {
    if (this.from !== null && second >= this.to && second - this.to <= JUMP * Math.max(1, rate)) {
      this.to = second;
      return;
    }
    this.cut();
    this.from = this.to = second;
  }

  /** It was paused, or somebody jumps: what was played until here is a stretch. */
  cut(): void {
    if (this.from !== null && this.to > this.from) this.stretches.push([this.from, this.to]);
    this.from = null;
  }

  /** What is told now, one thing for each stretch; the time is told with the first. */
  take(): Heartbeat[] {
    const going = this.from === null ? null : this.to;
    this.cut();
    if (going !== null) this.from = this.to = going;
    const seconds = Math.round(this.spent * 10) / 10;
    this.spent = 0;
    const played = this.stretches;
    this.stretches = [];
    if (!played.length) return seconds >= 1 ? [{ seconds, from: null, to: null }] : [];
    const whole = played.reduce((sum, [a, b]) => sum + b - a, 0) || 1;
    // Each stretch takes its part of the time, so that the office believes it.
    return played.map(([from, to]) => ({ seconds: (seconds * (to - from)) / whole, from, to }));
  }
}
