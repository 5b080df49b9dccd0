// room_fit: how many columns the projector's places stand in, and how large their letters can be.

/** Fit is the columns, the lines that stand one above the other (all rows of places together, spaces counted), and the
 * letters of the longest name or place. */
export interface Fit { columns: number; lines: number; letters: number }

/** Space above and below a row of places, in lines. */
const space = 1.6

/** Letters beyond which a name is broken rather than all names made small. */
const longest = 14

/** fit tries every number of columns and takes the one with the largest letters on a screen twice as wide as high. */
export function fit(places: { where: string; names: string[] }[]): Fit {
  const letters = Math.min(longest, Math.max(4, ...places.flatMap((p) => [[...p.where].length * 1.2, ...p.names.map((n) => [...n].length)])))
  let best: Fit = { columns: 1, lines: Infinity, letters }
  let most = 0
  for (let columns = 1; columns <= Math.max(1, places.length); columns++) {
    let lines = 0
    for (let i = 0; i < places.length; i += columns) lines += Math.max(...places.slice(i, i + columns).map((p) => p.names.length + 1.2)) + space
    const size = Math.min(1 / (lines * 1.25), 2 / (columns * (letters * 0.58 + 2)))
    if (size > most + 1e-9) { most = size; best = { columns, lines, letters } }
  }
  return best
}
