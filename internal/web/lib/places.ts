// places: what is placed on a number line or a plane, as text and as numbers. The text is the answer, "3/4", "[2, ∞)", "(2, 3)": what
// is placed by hand is written so, and what was typed so is drawn. Everything else that can be typed, the school reads. Numbers are
// exact; what is right is the school's to say.
import type { AskedAxis, Placement } from './api.gen.ts'

/** Rat is an exact number: whole n over whole d, d above 0, in lowest terms. */
export interface Rat { n: number; d: number }

const common = (a: number, b: number): number => (b === 0 ? Math.abs(a) : common(b, a % b))

export function rat(n: number, d = 1): Rat {
  const by = (common(n, d) || 1) * (d < 0 ? -1 : 1)
  return { n: n / by + 0, d: d / by } // + 0 turns −0 into 0
}

export const value = (r: Rat): number => r.n / r.d
export const plus = (a: Rat, b: Rat): Rat => rat(a.n * b.d + b.n * a.d, a.d * b.d)
export const times = (a: Rat, k: number): Rat => rat(a.n * k, a.d)
export const same = (a: Rat, b: Rat): boolean => a.n === b.n && a.d === b.d

/** readRat reads 3, −3/4, 0.75 and 1 3/4; null for anything else. */
export function readRat(text: string): Rat | null {
  const s = text.trim().replace(/[−–]/g, '-')
  const m = /^(-?)\s*(?:(\d{1,7})\s+)?(\d{1,7})\s*\/\s*(\d{1,6})$/.exec(s)
  if (m) return Number(m[4]) === 0 ? null : rat((m[1] ? -1 : 1) * (Number(m[2] ?? 0) * Number(m[4]) + Number(m[3])), Number(m[4]))
  const d = /^(-?)\s*(\d{1,7})(?:\.(\d{1,6}))?$/.exec(s)
  if (!d) return null
  const under = 10 ** (d[3] ?? '').length
  return rat((d[1] ? -1 : 1) * (Number(d[2]) * under + Number(d[3] ?? 0)), under)
}

/** writeRat writes a number: whole, as a decimal where that ends and is asked for, else as a fraction. */
export function writeRat(r: Rat, decimal = false): string {
  const minus = r.n < 0 ? '−' : ''
  const n = Math.abs(r.n)
  if (r.d === 1) return minus + String(n)
  if (decimal && 1e6 % r.d === 0) return minus + String(n / r.d)
  return `${minus}${n}/${r.d}`
}

/** Scale is an axis with its numbers read. */
export interface Scale { from: Rat; to: Rat; step: Rat; snap: Rat; decimal: boolean; label: string }

const zero: Rat = { n: 0, d: 1 }
const one: Rat = { n: 1, d: 1 }

export function scaleOf(a: AskedAxis): Scale {
  return { from: readRat(a.from) ?? zero, to: readRat(a.to) ?? one, step: readRat(a.step) ?? one, snap: readRat(a.snap) ?? one, decimal: a.decimal ?? false, label: a.label ?? '' }
}

/** multiples are those of by from one end of a scale to the other. */
export function multiples(s: Scale, by: Rat): Rat[] {
  const out: Rat[] = []
  for (let k = Math.ceil(value(s.from) / value(by) - 1e-9); k * value(by) <= value(s.to) + 1e-9; k++) out.push(times(by, k))
  return out
}

/** nearest is the place of a scale next to a number. */
export function nearest(s: Scale, x: number): Rat {
  const by = value(s.snap)
  const low = Math.ceil(value(s.from) / by - 1e-9), high = Math.floor(value(s.to) / by + 1e-9)
  return times(s.snap, Math.min(high, Math.max(low, Math.round(x / by))))
}

export const within = (s: Scale, r: Rat): boolean => value(s.from) <= value(r) && value(r) <= value(s.to)

/** Spot is a point of a plane; a number line has the first number alone. */
export type Spot = Rat[]

export const sameSpot = (a: Spot, b: Spot): boolean => a.length === b.length && a.every((r, i) => same(r, b[i]!))

/** Span is an interval; an end that is null goes on for ever. */
export interface Span { from: Rat | null; to: Rat | null; fromIn: boolean; toIn: boolean }

/** Shown is what a picture shows. */
export interface Shown { spots: Spot[]; spans: Span[]; line?: [number, number, number] }

/** readSpots reads "3/4, 2" on a line and "(2, 3), (4, 6)" on a plane; null for anything else. */
export function readSpots(text: string, plane: boolean): Spot[] | null {
  if (text.trim() === '') return []
  if (!plane) return all(text.split(','), (s) => { const r = readRat(s); return r && [r] })
  const pairs = text.match(/\([^()]*\)/g) ?? []
  if (text.replace(/\([^()]*\)/g, '').replace(/[,\s]/g, '') !== '') return null
  return all(pairs, (s) => { const both = all(s.slice(1, -1).split(','), readRat); return both?.length === 2 ? both : null })
}

function all<A, B>(list: A[], read: (a: A) => B | null): B[] | null {
  const out: B[] = []
  for (const a of list) {
    const b = read(a)
    if (b === null) return null
    out.push(b)
  }
  return out
}

export function writeSpots(spots: Spot[], scales: Scale[]): string {
  const write = (spot: Spot) => spot.map((r, i) => writeRat(r, scales[i]?.decimal)).join(', ')
  return spots.map((s) => (scales.length > 1 ? `(${write(s)})` : write(s))).join(', ')
}

/** readSpans reads "[2, ∞)" and "(−∞, 1) ∪ [3, 5]"; null for anything else. */
export function readSpans(text: string): Span[] | null {
  if (text.trim() === '') return []
  return all(text.split(/∪|\bor\b/), (s) => {
    const m = /^\s*([[(])\s*([^,[\]()]+),\s*([^,[\]()]+?)\s*([\])])\s*$/.exec(s)
    if (!m) return null
    const end = (e: string) => (/^[-−+]?\s*(∞|inf|infinity)$/i.test(e.trim()) ? null : readRat(e))
    const endless = (e: string) => /^[-−+]?\s*(∞|inf|infinity)$/i.test(e.trim())
    const from = end(m[2]!), to = end(m[3]!)
    if ((from === null && !endless(m[2]!)) || (to === null && !endless(m[3]!))) return null
    if (from && to && value(from) >= value(to)) return null
    return { from, to, fromIn: from !== null && m[1] === '[', toIn: to !== null && m[4] === ']' }
  })
}

export function writeSpans(spans: Span[], decimal: boolean): string {
  return spans.map((s) => `${s.fromIn ? '[' : '('}${s.from ? writeRat(s.from, decimal) : '−∞'}, ${s.to ? writeRat(s.to, decimal) : '∞'}${s.toIn ? ']' : ')'}`).join(' ∪ ')
}

/** shownOf is what the school has read, to be drawn. */
export function shownOf(p: Placement): Shown {
  const numbers = (list: string[]) => all(list, readRat) ?? []
  const line = numbers(p.line ?? []).map(value)
  return {
    spots: [...numbers(p.numbers ?? []).map((r) => [r]), ...(p.points ?? []).map(numbers)],
    spans: (p.spans ?? []).map((s) => ({ from: s.from ? readRat(s.from) : null, to: s.to ? readRat(s.to) : null, fromIn: s.from_in ?? false, toIn: s.to_in ?? false })),
    ...(line.length === 3 && { line: line as [number, number, number] }),
  }
}

/** through is the line ax + by = c of two points; undefined where they are one. */
export function through(p: Spot, q: Spot): [number, number, number] | undefined {
  const [x, y, u, v] = [value(p[0]!), value(p[1]!), value(q[0]!), value(q[1]!)]
  const a = v - y, b = x - u
  return a === 0 && b === 0 ? undefined : [a, b, a * x + b * y]
}

/** clipped is the part of a line ax + by = c inside a window, as its two ends; null where it does not meet it. */
export function clipped([a, b, c]: [number, number, number], sx: Scale, sy: Scale): [number, number, number, number] | null {
  const [x0, x1, y0, y1] = [value(sx.from), value(sx.to), value(sy.from), value(sy.to)]
  const ends: [number, number][] = []
  const add = (x: number, y: number) => {
    const in1 = x >= x0 - 1e-9 && x <= x1 + 1e-9 && y >= y0 - 1e-9 && y <= y1 + 1e-9
    if (in1 && !ends.some(([u, v]) => Math.abs(u - x) + Math.abs(v - y) < 1e-9)) ends.push([x + 0, y + 0])
  }
  if (b !== 0) { add(x0, (c - a * x0) / b); add(x1, (c - a * x1) / b) }
  if (a !== 0) { add((c - b * y0) / a, y0); add((c - b * y1) / a, y1) }
  return ends.length < 2 ? null : [...ends[0]!, ...ends[1]!]
}
