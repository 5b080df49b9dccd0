// viewing: which parts of a video were watched, as spans of at most thirty seconds of wall time. It knows no browser: the
// player says what happens, and hands on each span that is finished.

/** Span is a watched stretch, in whole ms of the video's own time, at a rate. */
export interface Span { from_ms: number; to_ms: number; rate: number }

/** longest is a span's wall time in ms; shortest is what is not worth telling. */
export const longest = 28_000
const shortest = 400

/** Viewing follows one video. lengthMs bounds what a span may say; 0 is not known yet. */
export class Viewing {
  lengthMs: number
  private from: number | null = null
  private last = 0
  private rate = 1
  private tell: (span: Span) => void

  constructor(lengthMs: number, tell: (span: Span) => void) {
    this.lengthMs = lengthMs
    this.tell = tell
  }

  /** play: the video runs from here. */
  play(atMs: number, rate: number): void {
    this.stop()
    this.from = this.last = atMs
    this.rate = rate
  }

  /** at: the video has come to here. A jump is not a stretch that was watched. */
  at(ms: number): void {
    if (this.from === null) return
    if (ms < this.last || ms - this.last > 4000 * this.rate) {
      this.stop()
      this.from = this.last = ms
      return
    }
    this.last = ms
    if (ms - this.from >= longest * this.rate) {
      this.stop()
      this.from = ms
    }
  }

  /** speed: the rate changes from here on. */
  speed(rate: number): void {
    const running = this.from !== null
    const here = this.last
    this.stop()
    this.rate = rate
    if (running) this.from = here
  }

  /** stop: paused, wound, hidden or ended; what was watched is told. */
  stop(): void {
    if (this.from === null) return
    const to = Math.round(this.lengthMs > 0 ? Math.min(this.last, this.lengthMs) : this.last)
    const from = Math.round(this.from)
    this.from = null
    if (to - from >= shortest) this.tell({ from_ms: from, to_ms: to, rate: this.rate })
  }
}

/** due is the first check that playing from one instant to another has reached, of those that are still open. */
export function due<C extends { at_ms: number }>(checks: C[], fromMs: number, toMs: number): C | undefined {
  return checks.find((c) => c.at_ms > fromMs && c.at_ms <= toMs)
}

/** clockOf words an instant of a video: 1:05. */
export function clockOf(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000))
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`
}
