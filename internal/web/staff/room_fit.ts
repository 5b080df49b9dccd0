// room_fit: how the projector's places share the screen so that the letters are as large as they can be. Places stand in
// columns, one below the other as a newspaper has it, so that a short one leaves its room to the next; the names of a place
// may stand side by side in it.

/** FitPlace is one place with the names that sit there. */
export interface FitPlace { where: string; names: string[] }

/** Fit is the places of each column by their index, how many names stand side by side, and the letters in px. */
export interface Fit { columns: number[][]; across: number; size: number }

/** em says how wide a text is, in widths of its own letters. */
export type Em = (text: string, heading: boolean) => number

/** What room.css gives a place, in letters: a line, its heading, the space within above and below, at both sides, and
 * around. We chose it. */
export const line = 1.2
export const head = 1.15
export const pad = { block: 0.9, inline: 1.1, gap: 0.35, between: 0.6 }

/** Letters never stand higher than this share of the screen: three tables need no poster. */
const tallest = 0.09

/** Names side by side in one place at most. */
const most = 3

/** A name wider than this, in letters, goes on in a second line rather than make all names small; a word of it, within. */
const longest = { name: 6.5, word: 8.5 }

/** fit tries every number of columns and keeps the largest letters; of equal ones, the fewest columns. */
export function fit(places: FitPlace[], width: number, height: number, em: Em): Fit {
  let best: Fit = { columns: [], across: 1, size: 0 }
  for (let across = 1; across <= most; across++) {
    for (let n = 1; n <= places.length; n++) {
      const found = largest(places, n, across, width, height, em)
      if (found.size > best.size * 1.02) best = found
    }
  }
  return best
}

/** largest halves the distance between letters that fit and letters that do not, to a fifth of a px. */
function largest(places: FitPlace[], n: number, across: number, width: number, height: number, em: Em): Fit {
  let fits: Fit = { columns: [], across, size: 0 }
  let low = 0, high = height * tallest
  while (high - low > 0.2) {
    const size = (low + high) / 2
    const columns = arranged(places, n, across, width / size, height / size, em)
    if (columns) { fits = { columns, across, size }; low = size } else high = size
  }
  return fits
}

/** arranged puts the places into at most n columns of a screen that is so many letters wide and high, or says that they
 * do not fit. Among the ways that do, the columns are as even as their order allows. */
function arranged(places: FitPlace[], n: number, across: number, width: number, height: number, em: Em): number[][] | null {
  const inner = (width + pad.gap) / n - pad.gap - pad.inline
  const each = (inner + pad.between) / across - pad.between
  if (each <= 0 || places.some((p) => !whole(p, inner, each, em))) return null
  const heights = places.map((p) => tall(p, across, inner, each, em))
  let columns = filled(heights, n, height)
  if (!columns) return null
  for (let low = 0, high = height; high - low > 0.1;) {
    const middle = (low + high) / 2
    const even = filled(heights, n, middle)
    if (even) { columns = even; high = middle } else low = middle
  }
  return columns
}

/** whole says whether every name stands in one line, but for very long ones. */
function whole(p: FitPlace, inner: number, each: number, em: Em): boolean {
  const stands = (text: string, heading: boolean, room: number) => {
    const wide = em(text, heading)
    return wide <= room || (wide > longest.name && words(text).every((w) => Math.min(longest.word, em(w, heading)) <= room))
  }
  return stands(p.where, true, inner / head) && p.names.every((name) => stands(name, false, each))
}

/** tall is the height of a place, in letters. */
function tall(p: FitPlace, across: number, inner: number, each: number, em: Em): number {
  let lines = 0
  for (let i = 0; i < p.names.length; i += across) lines += Math.max(...p.names.slice(i, i + across).map((name) => rows(name, false, each, em)))
  return rows(p.where, true, inner / head, em) * head * line + lines * line + pad.block
}

/** rows is in how many lines a text stands, word by word; a word that is wider than a line goes on in the next. */
function rows(text: string, heading: boolean, room: number, em: Em): number {
  const space = em(' ', heading)
  let n = 1, at = 0
  for (const word of words(text)) {
    const wide = em(word, heading)
    if (at > 0 && at + space + wide > room) { n++; at = 0 }
    const more = Math.max(0, Math.ceil(wide / room) - 1)
    n += more
    at += (at > 0 ? space : 0) + wide - more * room
  }
  return n
}

/** words are a text's parts that a browser keeps on one line. */
function words(text: string): string[] {
  return text.split(/\s+|(?<=-)/).filter(Boolean)
}

/** filled fills one column after the other, each to at most height; null when n do not do. */
function filled(heights: number[], n: number, height: number): number[][] | null {
  const columns: number[][] = []
  let left = -1
  for (const [i, h] of heights.entries()) {
    if (h > height) return null
    if (h + pad.gap > left) {
      if (columns.length === n) return null
      columns.push([])
      left = height + pad.gap
    }
    columns.at(-1)!.push(i)
    left -= h + pad.gap
  }
  return columns
}
