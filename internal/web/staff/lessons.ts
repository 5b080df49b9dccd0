// lessons: a lesson as its author has it before them, and where its checks stand. Nothing here asks the school.
import type { El, FilmIn, LessonCheck, LessonDraft } from '../lib/api.gen.ts'

export type Kind = 'film' | 'link' | 'text'

/** Check is an item at a place: an instant of the film in ms, or after so many blocks of the text; 0 is the end. */
export interface Check { item: string; at_ms: number; after_block: number }

/** LessonForm is the form as it stands. */
export interface LessonForm { title: string; objective: string; skills: string[]; minutes: string; kind: Kind; link: string; text: string; film: FilmIn | null; checks: Check[] }

export type Lack = 'title' | 'skills' | 'film' | 'link' | 'text' | 'minutes' | 'checks'

/** mostChecks is how many a lesson may have. */
export const mostChecks = 12

export function formOf(d: LessonDraft): LessonForm {
  return {
    title: d.title, objective: d.objective ?? '', skills: d.skills, minutes: String(d.minutes), kind: d.film ? 'film' : d.link ? 'link' : 'text', link: d.link ?? '', text: d.text ?? '', film: d.film ?? null,
    checks: d.checks.map((c) => ({ item: c.item, at_ms: c.at_ms ?? 0, after_block: c.after_block ?? 0 })),
  }
}

/** draftOf is the form as the school takes it: only what its kind has. */
export function draftOf(f: LessonForm): LessonDraft {
  return {
    title: f.title.trim(), skills: f.skills, minutes: Number(f.minutes), ...(f.objective && { objective: f.objective }), ...(f.text.trim() !== '' && { text: f.text }),
    ...(f.kind === 'film' && f.film && { film: f.film }), ...(f.kind === 'link' && { link: f.link.trim() }), checks: inOrder(f.checks, f.kind).map((c) => checkOf(c, f.kind)),
  }
}

/** checkOf is a check with the place that a kind of lesson has. */
export function checkOf(c: Check, kind: Kind): LessonCheck {
  const at = kind === 'film' ? c.at_ms : 0, after = kind === 'film' ? 0 : c.after_block
  return { item: c.item, ...(at > 0 && { at_ms: at }), ...(after > 0 && { after_block: after }) }
}

/** lacksOf is all that the lesson still needs, in the form's order; its words are addlesson.missing.NAME. */
export function lacksOf(f: LessonForm): Lack[] {
  const n = Number(f.minutes), { film } = f
  const needs: [Lack, boolean][] = [
    ['title', f.title.trim() === ''],
    ['skills', f.skills.length === 0],
    ['film', f.kind === 'film' && !film],
    ['link', f.kind === 'link' && !isLink(f.link)],
    ['text', f.kind === 'text' && f.text.trim() === ''],
    ['minutes', !Number.isInteger(n) || n < 1 || n > 240],
    ['checks', f.kind === 'film' && film !== null && film.ms > 0 && f.checks.some((c) => c.at_ms > film.ms)],
  ]
  return needs.filter(([, lacks]) => lacks).map(([name]) => name)
}

export function isLink(link: string): boolean { return /^https:\/\/[^\s/]+\S*$/.test(link.trim()) }

const placeOf = (c: Check, kind: Kind) => (kind === 'film' ? c.at_ms : c.after_block) || Infinity

/** inOrder is checks as a learner meets them; those at one place stay as they stand. */
export function inOrder(checks: Check[], kind: Kind): Check[] {
  return checks.map((c, i) => ({ c, i })).sort((x, y) => { const d = placeOf(x.c, kind) - placeOf(y.c, kind); return d === 0 || Number.isNaN(d) ? x.i - y.i : d }).map(({ c }) => c)
}

/** swapped exchanges two items of checks in order; the places stay. */
export function swapped(checks: Check[], kind: Kind, item: string, by: 1 | -1): Check[] {
  const all = inOrder(checks, kind), at = all.findIndex((c) => c.item === item), to = at + by
  if (at < 0 || to < 0 || to >= all.length) return all
  const out = [...all]
  out[at] = { ...all[at]!, item: all[to]!.item }
  out[to] = { ...all[to]!, item: all[at]!.item }
  return out
}

/** msOf reads an instant as people type it, "1:05", "65" or "1:02:03"; null is none. */
export function msOf(typed: string): number | null {
  const m = /^(?:(\d{1,2}):)?(?:(\d{1,3}):)?(\d{1,5})$/.exec(typed.trim())
  if (!m) return null
  const parts = typed.trim().split(':').map(Number)
  if (parts.slice(1).some((n) => n > 59)) return null
  return parts.reduce((sum, n) => sum * 60 + n, 0) * 1000
}

/** blocksOf is drawn text as its blocks in a row: package doc draws a pause with all that follows it in one element. */
export function blocksOf(els: El[]): El[] {
  return els.flatMap((el) => (el.n === 'div' && el.a?.['class'] === 'after-pause' ? blocksOf(el.c ?? []) : [el]))
}

/** wordsOf is the beginning of a block, to know it by. */
export function wordsOf(el: El, most = 48): string {
  const all = (e: El): string => (e.n === 'math' ? ' ' : (e.t ?? '') + (e.c ?? []).map(all).join(''))
  const words = all(el).replace(/\s+/g, ' ').trim()
  return words.length > most ? `${words.slice(0, most).replace(/\s\S*$/, '')} …` : words
}

/** followed is checks of a text that was changed: a check stays after the block that it stood after, wherever that is now; where the
 * block itself was rewritten, after as many. was and now are blocks. */
export function followed(checks: Check[], was: El[], now: El[]): Check[] {
  const a = was.map((e) => JSON.stringify(e)), b = now.map((e) => JSON.stringify(e))
  let head = 0, tail = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  return checks.map((c) => {
    const n = c.after_block
    if (n === 0 || n <= head) return c
    return { ...c, after_block: n > a.length - tail ? n + b.length - a.length : Math.max(head, Math.min(n, b.length - tail)) }
  })
}
