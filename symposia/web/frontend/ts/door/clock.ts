// The phone's clock may be wrong and may jump; the office's is known from each answer.
export interface Heard {
  // Milliseconds that the phone's clock was behind the office's.
  behind: number;
}
export interface Clocks {
  wall(): number;
  // Never jumps while the page lives.
  steady(): number;
}

const REAL: Clocks = { wall: () => Date.now(), steady: () => performance.now() };

export class Clock {
  private anchor: { server: number; steady: number } | null = null;

  constructor(
    private kept: Heard | null,
    private readonly clocks: Clocks = REAL,
  ) {}

  /** An answer came: it was made halfway between asking and now. */
  heard(server: string, askedAt: number): Heard {
    const steady = this.clocks.steady();
    const server_ms = Date.parse(server) + (steady - askedAt) / 2;
    this.anchor = { server: server_ms, steady };
    this.kept = { behind: Math.round(server_ms - this.clocks.wall()) };
    return this.kept;
  }

  steady(): number {
    return this.clocks.steady();
  }

  /** How far the phone's clock is behind now, as well as it is known; nothing if it never was. */
  get behind(): number | null {
    if (!this.anchor) return this.kept ? this.kept.behind : null;
    return Math.round(this.anchor.server + this.clocks.steady() - this.anchor.steady - this.clocks.wall());
  }

  get seconds(): number | null {
    return this.behind === null ? null : Math.round(this.behind / 1000);
  }

  /** The time by the office's clock. */
  now(): Date {
    return new Date(this.clocks.wall() + (this.behind ?? 0));
  }
}
