// room_fit: how many columns the projector's places stand in, and how large their letters can be.

/** Fit is the columns, the lines that stand one above the other (all rows of places together, spaces counted), and the
 * letters of the longest name or place. */
export interface Fit { columns: number; lines: number; letters: number }

/** Space above and below a row of places, in lines. */
const space = 1.6

/** Letters beyond which a name is broken rather than all names made small. */
const longest = 14

/** Among arrangements whose letters are nearly as large as the largest, the one with the fewest empty places wins. */
const nearly = 0.85

/** fit tries every number of columns, for a screen twice as wide as high. */
export function fit(places: { where: string; names: string[] }[]): Fit {
  const letters = Math.min(longest, Math.max(4, ...places.flatMap((p) => [[...p.where].length * 1.2, ...p.names.map((n) => [...n].length)])))
  const ways = Array.from({ length: Math.max(1, places.length) }, (_, i) => way(places, i + 1, letters))
  const largest = Math.max(...ways.map((w) => w.size))
  const { columns, lines } = ways.filter((w) => w.size >= largest * nearly).sort((a, b) => a.holes - b.holes || b.size - a.size)[0]!
  return { columns, lines, letters }
}

function way(places: { names: string[] }[], columns: number, letters: number) {
  let lines = 0
  for (let i = 0; i < places.length; i += columns) lines += Math.max(...places.slice(i, i + columns).map((p) => p.names.length + 1.2)) + space
  const size = Math.min(1 / (lines * 1.25 || 1), 2 / (columns * (letters * 0.58 + 2)))
  return { columns, lines, size, holes: (columns - (places.length % columns)) % columns }
}
