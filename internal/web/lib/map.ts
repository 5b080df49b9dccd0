// map: what a page works out from a map that the school has drawn: where an arrow key leads, how a name breaks into lines,
// which sheets of paper the whole takes. Nothing here touches the page.
import type { Drawing } from './api.gen.ts'

/** mirrored is the drawing for a page that reads from right to left. Its lines are turned where they are drawn. */
export function mirrored(d: Drawing): Drawing {
  return { ...d, spots: d.spots.map((s) => ({ x: d.w - s.x - d.spot_w, y: s.y })) }
}

/** toward is the place that an arrow key leads to from a place; the same place where nothing lies that way. Up and Down
 * follow a line to the nearest end, or, where there is none, go to the nearest skill of the next row that way; Left and Right
 * go to the neighbor in the row. PageUp and PageDown go from row to row, Home and End to the first and the last skill. */
export function toward(d: Drawing, from: number, key: string): number {
  const at = d.spots[from]
  if (!at) return from
  const nearest = (places: number[]) => places.reduce((best, i) => (Math.abs(d.spots[i]!.x - at.x) < Math.abs(d.spots[best]!.x - at.x) ? i : best), places[0] ?? from)
  const row = (sign: number) => {
    const beyond = d.spots.map((_, i) => i).filter((i) => (d.spots[i]!.y - at.y) * sign > 0)
    const y = beyond.reduce((near, i) => (Math.abs(d.spots[i]!.y - at.y) < Math.abs(near - at.y) ? d.spots[i]!.y : near), Infinity)
    return nearest(beyond.filter((i) => d.spots[i]!.y === y))
  }
  const beside = (sign: number) => nearest(d.spots.map((_, i) => i).filter((i) => d.spots[i]!.y === at.y && (d.spots[i]!.x - at.x) * sign > 0))
  const along = (places: number[], sign: number) => (places.length > 0 ? nearest(places) : row(sign))
  switch (key) {
    case 'ArrowUp': return along(d.lines.filter((l) => l.to === from).map((l) => l.from), -1)
    case 'ArrowDown': return along(d.lines.filter((l) => l.from === from).map((l) => l.to), 1)
    case 'ArrowLeft': return beside(-1)
    case 'ArrowRight': return beside(1)
    case 'PageUp': return row(-1)
    case 'PageDown': return row(1)
    case 'Home': return 0
    case 'End': return d.spots.length - 1
    default: return from
  }
}

/** wide are letters that take more room than others in our font, thin ones that take less. */
const wide = /[mwMWÆŒ@%—…]/, capital = /[\p{Lu}\d]/u, thin = /[iljtfrI.,:;'’|!()[\] ]/, square = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uff00-\uff60]/

/** roomOf is how wide a text is about, in letters' heights. SVG cannot break lines and a script that measured would have to
 * wait for the font: this errs on the wide side. */
export function roomOf(text: string): number {
  let sum = 0
  for (const c of text) sum += square.test(c) ? 1.05 : wide.test(c) ? 0.86 : thin.test(c) ? 0.33 : capital.test(c) ? 0.66 : 0.56
  return sum
}

/** broken breaks a text into at most most lines of a width in letters' heights; what does not fit ends in an ellipsis. */
export function broken(text: string, width: number, most: number): string[] {
  const lines: string[] = []
  let line = ''
  const words = text.trim().split(/\s+/).flatMap((word) => pieces(word, width))
  for (const [i, word] of words.entries()) {
    const longer = line ? `${line} ${word}` : word
    if (!line || roomOf(longer) <= width) { line = longer; continue }
    lines.push(line)
    line = word
    if (lines.length === most) return cut(lines, width, words.length > i)
  }
  if (line) lines.push(line)
  return lines.length > most ? cut(lines.slice(0, most), width, true) : lines
}

/** pieces cuts a word that is longer than a line. */
function pieces(word: string, width: number): string[] {
  if (roomOf(word) <= width) return [word]
  const out = ['']
  for (const c of word) {
    if (roomOf(out.at(-1)! + c) > width) out.push('')
    out[out.length - 1] += c
  }
  return out
}

function cut(lines: string[], width: number, more: boolean): string[] {
  if (!more) return lines
  let last = lines.at(-1)!
  while (last && roomOf(`${last}…`) > width) last = last.slice(0, -1)
  return [...lines.slice(0, -1), `${last.trimEnd()}…`]
}

/** Sheet is the part of a map that stands on one sheet of paper, in the map's own measure, and the size at which it is printed. */
export interface Sheet { x: number; y: number; w: number; h: number; size: number }

/** A4 with its margins, in CSS pixels; the first sheet also has the heading. least is the size below which names are not
 * printed: 14 px become about 8 points. */
export const paper = { w: 656, h: 880, least: 0.74 }

/** sheets are those that a map takes: one where it stays legible on it, else as many side by side and beneath each other as
 * it needs at the least size. Neighbors share a strip as wide as a spot, so that each spot is whole on one of them. */
export function sheets(d: Drawing): Sheet[] {
  const whole = Math.min(1, paper.w / d.w, paper.h / d.h)
  if (whole >= paper.least) return [{ x: 0, y: 0, w: d.w, h: d.h, size: whole }]
  const w = paper.w / paper.least, h = paper.h / paper.least
  const out: Sheet[] = []
  for (const y of strips(d.h, h, d.spot_h)) for (const x of strips(d.w, w, d.spot_w)) out.push({ x, y, w: Math.min(w, d.w - x), h: Math.min(h, d.h - y), size: paper.least })
  return out.filter((s) => d.spots.some((spot) => spot.x < s.x + s.w && spot.x + d.spot_w > s.x && spot.y < s.y + s.h && spot.y + d.spot_h > s.y))
}

/** forPaper is the drawing that is printed: the wide one where it fits a sheet, else the one that takes fewer. */
export function forPaper(wide: Drawing, narrow: Drawing): Drawing {
  const n = sheets(wide).length
  return n > 1 && sheets(narrow).length <= n ? narrow : wide
}

function strips(length: number, room: number, shared: number): number[] {
  const out = [0]
  while (out.at(-1)! + room < length) out.push(out.at(-1)! + room - shared)
  return out
}
