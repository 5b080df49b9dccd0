// columns: where a line goes when it is moved between Now, Next and Later. The plan is one list; the columns are stretches of
// what is not done, so a place in a column is a place in the list.
import type { EditorLine } from '../lib/api.gen.ts'

/** Column is one of the three that a line can be moved to. */
export type Column = 'now' | 'next' | 'later'

const open = (lines: EditorLine[], but = '') => lines.filter((l) => l.column !== 'done' && l.key !== but)

/** today and soon are how many lines Now and Next hold, as package flow has it. */
const today = 5
const soon = 4

/** placeIn is the place in the list, from 0 and counted without the line itself, that brings it into a column: the first of
 * Now, the first of Next, the last of Later. -1 when it stands there already. */
export function placeIn(lines: EditorLine[], key: string, column: Column): number {
  const line = lines.find((l) => l.key === key)
  if (!line || line.column === 'done' || line.column === column) return -1
  const rest = lines.filter((l) => l.key !== key)
  const left = open(lines, key)
  const before = left[{ now: 0, next: today, later: today + soon }[column]]
  return before && column !== 'later' ? rest.indexOf(before) : rest.length
}

/** shiftTo is the place of a line by one line sooner or later among those that are not done; -1 at the ends. */
export function shiftTo(lines: EditorLine[], key: string, by: -1 | 1): number {
  const left = open(lines)
  const at = left.findIndex((l) => l.key === key)
  const other = left[at + by]
  return at < 0 || !other ? -1 : lines.indexOf(other)
}
