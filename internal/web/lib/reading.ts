// reading: how the school reads mathematics that somebody is typing. It is asked once they pause, only the last thing typed
// counts, and nothing depends on it: where the school is slow or away, the page says so and goes on.
import { paths, type Reading } from './api.gen.ts'
import { page } from './page.ts'

/** Subject is the item that is answered, as the school knows it; rung when it is a smaller question of its ladder. */
export interface Subject { item: string; version: number; draw_n: number; rung?: number }

/** Read is what the school said: a reading, null when it could not be asked, undefined while nothing is known yet. */
export type Read = Reading | null | undefined

/** pause is how long somebody has to stop typing, in ms; patience how long the school may take. */
export const pause = 350
const patience = 4000

/** decimalComma says whether a comma parts decimals in a language: 3,5 is three and a half in Spanish. */
export function decimalComma(locale: string): boolean {
  try { return new Intl.NumberFormat(locale).format(0.5).includes(',') } catch { return false }
}

/** askReading asks for the reading of a text. It resolves to null where the school cannot say, and never rejects; stop ends it. */
export async function askReading(of: Subject, text: string, stop: AbortController): Promise<Reading | null> {
  const clock = setTimeout(() => stop.abort(), patience)
  try {
    const answer = await fetch(paths.read_answer, {
      method: 'POST', credentials: 'same-origin', signal: stop.signal, headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ ...of, text, comma: decimalComma(page.value.locale) }),
    })
    return answer.ok ? ((await answer.json()) as Reading) : null
  } catch {
    return null
  } finally {
    clearTimeout(clock)
  }
}

/** split parts a text at a place counted in characters from 1, as the school counts, so that it can be shown: what stands before, what
 * stands there (what, or one character), and the rest. start and end are the same place for a box's selection. */
export function split(text: string, at: number, what: string): { before: string; there: string; after: string; start: number; end: number } {
  const signs = Array.from(text)
  const from = Math.min(Math.max(at - 1, 0), signs.length)
  const said = Array.from(what)
  const fits = said.length > 0 && signs.slice(from, from + said.length).join('') === what
  const to = Math.min(from + (fits ? said.length : 1), signs.length)
  const before = signs.slice(0, from).join(''), there = signs.slice(from, to).join('')
  return { before, there, after: signs.slice(to).join(''), start: before.length, end: before.length + there.length }
}

/** typeInto puts a piece into a text where the selection is, and says where the caret goes: between a pair of parentheses. */
export function typeInto(text: string, start: number, end: number, piece: string): { text: string; caret: number } {
  const picked = text.slice(start, end)
  const pair = piece.endsWith('()')
  const put = pair ? `${piece.slice(0, -1)}${picked})` : piece
  return { text: text.slice(0, start) + put + text.slice(end), caret: start + put.length - (pair ? 1 : 0) }
}
