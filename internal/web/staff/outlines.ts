// outlines: a unit while a teacher changes it: what a move, a new line or a leaving out makes of it, what is different from how it
// was begun, and what is sent. Nothing here draws.
import type { OutlineObjective, OutlinePage, OutlineSkill, WantedObjective } from '../lib/api.gen.ts'

/** Line is a skill. key is its name on the page, the same wherever it is moved; id is '' for a new one. */
export interface Line { key: string; id: string; title: string; items: number; needs: string[] }
/** Part is an objective. */
export interface Part { key: string; id: string; title: string; iCan: string; lesson: string; skills: Line[] }
/** Draft is the whole unit, with what stands aside. */
export interface Draft { title: string; parts: Part[]; aside: Part[]; loose: Line[]; made: number }

/** begin is the draft in which nothing is changed. A skill that an import has in two objectives is two lines. */
export function begin(view: Pick<OutlinePage, 'title' | 'objectives' | 'aside' | 'loose'>): Draft {
  const met = new Map<string, number>()
  const line = (s: OutlineSkill): Line => {
    const n = (met.get(s.id) ?? 0) + 1
    met.set(s.id, n)
    return { key: n === 1 ? s.id : `${s.id}.${n}`, id: s.id, title: s.title, items: s.items, needs: s.needs }
  }
  const part = (o: OutlineObjective): Part => ({ key: o.id, id: o.id, title: o.title, iCan: o.i_can, lesson: o.lesson, skills: o.skills.map(line) })
  return { title: view.title, parts: view.objectives.map(part), aside: view.aside.map(part), loose: view.loose.map(line), made: 0 }
}

/** Spot is where a skill stands: in which objective (-1: in none), at which place. */
export interface Spot { part: number; at: number; line: Line }

/** spotOf finds a skill among the objectives and what is loose. */
export function spotOf(d: Draft, key: string): Spot | undefined {
  for (const [part, p] of d.parts.entries()) {
    const at = p.skills.findIndex((s) => s.key === key)
    if (at >= 0) return { part, at, line: p.skills[at]! }
  }
  const at = d.loose.findIndex((s) => s.key === key)
  return at < 0 ? undefined : { part: -1, at, line: d.loose[at]! }
}

const partAt = (d: Draft, key: string) => d.parts.findIndex((p) => p.key === key)
const without = <T>(list: T[], at: number) => [...list.slice(0, at), ...list.slice(at + 1)]
const put = <T>(list: T[], at: number, it: T) => [...list.slice(0, at), it, ...list.slice(at)]

/** taken is the draft without a skill. */
function taken(d: Draft, s: Spot): Draft {
  if (s.part < 0) return { ...d, loose: without(d.loose, s.at) }
  return { ...d, parts: d.parts.map((p, i) => (i === s.part ? { ...p, skills: without(p.skills, s.at) } : p)) }
}

/** moveSkill puts a skill into an objective at a place; at above the last is the end. */
export function moveSkill(d: Draft, key: string, part: string, at = Number.MAX_SAFE_INTEGER): Draft {
  const s = spotOf(d, key)
  const to = partAt(d, part)
  if (!s || to < 0) return d
  const next = taken(d, s)
  return { ...next, parts: next.parts.map((p, i) => (i === to ? { ...p, skills: put(p.skills, Math.max(0, Math.min(at, p.skills.length)), s.line) } : p)) }
}

/** stepSkill moves a skill by one place, over the edge of its objective into the next one; the same draft where there is no further. */
export function stepSkill(d: Draft, key: string, by: 1 | -1): Draft {
  const s = spotOf(d, key)
  if (!s || s.part < 0) return d
  const here = d.parts[s.part]!
  const to = s.at + by
  if (to >= 0 && to < here.skills.length) return moveSkill(d, key, here.key, to)
  const beside = d.parts[s.part + by]
  return beside ? moveSkill(d, key, beside.key, by === 1 ? 0 : beside.skills.length) : d
}

/** moveObjective puts an objective of the unit at a place. */
export function moveObjective(d: Draft, key: string, at: number): Draft {
  const from = partAt(d, key)
  if (from < 0 || at < 0 || at >= d.parts.length) return d
  return { ...d, parts: put(without(d.parts, from), at, d.parts[from]!) }
}

/** leaveOut takes a skill or an objective out of the unit; what was only just made is gone, the rest stands aside. */
export function leaveOut(d: Draft, key: string): Draft {
  const at = partAt(d, key)
  if (at >= 0) {
    const p = d.parts[at]!
    const next = { ...d, parts: without(d.parts, at) }
    if (p.id) return { ...next, aside: [...d.aside, p] }
    return { ...next, loose: [...d.loose, ...p.skills.filter((s) => s.id)] }
  }
  const s = spotOf(d, key)
  if (!s || s.part < 0) return d
  const next = taken(d, s)
  return s.line.id ? { ...next, loose: [...next.loose, s.line] } : next
}

/** beside is the line that stands nearest to one, for when that one goes: the next, else the one before, else its objective. */
export function beside(d: Draft, key: string): string {
  const s = spotOf(d, key)
  const near = <T extends { key: string }>(list: T[], at: number) => (list[at + 1] ?? list[at - 1])?.key
  if (s && s.part >= 0) return near(d.parts[s.part]!.skills, s.at) ?? d.parts[s.part]!.key
  return near(d.parts, partAt(d, key)) ?? ''
}

/** putBack puts an objective that stands aside to the unit's end. */
export function putBack(d: Draft, key: string): Draft {
  const at = d.aside.findIndex((p) => p.key === key)
  return at < 0 ? d : { ...d, aside: without(d.aside, at), parts: [...d.parts, d.aside[at]!] }
}

const fresh = (d: Draft): [Draft, Line] => [{ ...d, made: d.made + 1 }, { key: `new-${d.made + 1}`, id: '', title: '', items: 0, needs: [] }]

/** addSkill adds a new skill to an objective's end, and gives its key. */
export function addSkill(d: Draft, part: string): [Draft, string] {
  const [next, line] = fresh(d)
  return [{ ...next, parts: next.parts.map((p) => (p.key === part ? { ...p, skills: [...p.skills, line] } : p)) }, line.key]
}

/** addObjective adds a new objective with its first skill to the end, and gives its key. */
export function addObjective(d: Draft): [Draft, string] {
  const [next, line] = fresh(d)
  const key = `${line.key}-o`
  return [{ ...next, parts: [...next.parts, { key, id: '', title: '', iCan: '', lesson: '', skills: [line] }] }, key]
}

/** named gives an objective or a skill other words. */
export function named(d: Draft, key: string, words: Partial<Pick<Part, 'title' | 'iCan'>>): Draft {
  return {
    ...d,
    parts: d.parts.map((p) => (p.key === key ? { ...p, ...words } : { ...p, skills: p.skills.map((s) => (s.key === key && words.title !== undefined ? { ...s, title: words.title } : s)) })),
  }
}

/** dropped is what letting go of one thing over another does. place is a skill's key, an objective's, or 'out'. */
export function dropped(d: Draft, thing: string, place: string): Draft {
  if (thing === place) return d
  if (place === 'out') return leaveOut(d, thing)
  const aside = d.aside.some((p) => p.key === thing)
  const target = spotOf(d, place)
  const to = target && target.part >= 0 ? target.part : partAt(d, place)
  if (to < 0) return d
  if (aside) return moveObjective(putBack(d, thing), thing, to)
  if (partAt(d, thing) >= 0) return moveObjective(d, thing, to)
  return moveSkill(d, thing, d.parts[to]!.key, target && target.part >= 0 ? target.at : undefined)
}

/** moved are the fewest that somebody must have moved to make one order of the other: all but a longest run in order in both. */
export function moved(was: string[], now: string[]): string[] {
  const both = now.filter((k) => was.includes(k))
  const at = both.map((k) => was.indexOf(k))
  const length: number[] = [], from: number[] = []
  let best = -1
  for (let i = 0; i < at.length; i++) {
    length[i] = 1
    from[i] = -1
    for (let j = 0; j < i; j++) if (at[j]! < at[i]! && length[j]! + 1 > length[i]!) { length[i] = length[j]! + 1; from[i] = j }
    if (best < 0 || length[i]! > length[best]!) best = i
  }
  const stays = new Set<number>()
  for (let i = best; i >= 0; i = from[i]!) stays.add(i)
  return both.filter((_, i) => !stays.has(i))
}

/** Told counts what a draft changes, by kind, in the order in which it is told; kinds with none are left out. */
export type Told = [kind: 'moved' | 'objectives' | 'skills' | 'renamed' | 'out' | 'back', n: number][]

/** Home is where a skill was: of is its objective's key, '' for none. */
interface Home { of: string; inUnit: boolean; title: string }

function homes(d: Draft): Map<string, Home> {
  const out = new Map<string, Home>()
  for (const s of d.loose) out.set(s.key, { of: '', inUnit: false, title: s.title })
  for (const p of d.aside) for (const s of p.skills) out.set(s.key, { of: p.key, inUnit: false, title: s.title })
  for (const p of d.parts) for (const s of p.skills) out.set(s.key, { of: p.key, inUnit: true, title: s.title })
  return out
}

/** told says how many lines of a draft differ from how it was begun. What goes or comes with its objective is not counted beside it. */
export function told(was: Draft, now: Draft): Told {
  const n = { moved: 0, objectives: 0, skills: 0, renamed: 0, out: 0, back: 0 }
  const home = homes(was), there = homes(now)
  const parts = new Map([...was.aside, ...was.parts].map((p) => [p.key, p]))
  const same = (a: string, b: string) => a.trim() === b.trim()
  if (!same(was.title, now.title)) n.renamed++
  n.moved += moved(was.parts.map((p) => p.key), now.parts.map((p) => p.key)).length
  for (const p of now.parts) {
    const before = parts.get(p.key)
    if (!before) n.objectives++
    else if (was.aside.includes(before)) n.back++
    if (before && !(same(before.title, p.title) && same(before.iCan, p.iCan))) n.renamed++
    n.moved += moved((before?.skills ?? []).map((s) => s.key), p.skills.map((s) => s.key)).length
    for (const s of p.skills) {
      const old = home.get(s.key)
      if (!old) { n.skills++; continue }
      if (!same(old.title, s.title)) n.renamed++
      if (old.of !== p.key) n[old.inUnit ? 'moved' : 'back']++
    }
  }
  n.out += was.parts.filter((p) => !now.parts.some((x) => x.key === p.key)).length
  for (const [key, old] of home) {
    const at = there.get(key)
    if (old.inUnit && !at?.inUnit && at?.of !== old.of) n.out++
  }
  return (Object.entries(n) as Told).filter(([, k]) => k > 0)
}

/** tooEarly are, for each skill that stands before one that it needs, the titles of those. */
export function tooEarly(d: Draft): Map<string, string[]> {
  const order = d.parts.flatMap((p) => p.skills)
  const place = new Map<string, number>()
  order.forEach((s, i) => { if (s.id && !place.has(s.id)) place.set(s.id, i) })
  const out = new Map<string, string[]>()
  order.forEach((s, i) => {
    const later = s.needs.filter((id) => (place.get(id) ?? -1) > i).map((id) => order[place.get(id)!]!.title)
    if (later.length > 0 && place.get(s.id) === i) out.set(s.key, later)
  })
  return out
}

/** wanted is a draft as it is sent. */
export function wanted(d: Draft): WantedObjective[] {
  return d.parts.map((p) => ({ id: p.id, title: p.title, i_can: p.iCan, skills: p.skills.map((s) => ({ id: s.id, title: s.title })) }))
}

/** onto is a draft that was begun from an earlier state of the unit, laid onto how the unit stands now: what has come to the unit
 * since stands aside, to be put in; what the unit no longer knows is left away. */
export function onto(d: Draft, now: Draft): Draft {
  const known = new Map<string, Line>()
  for (const s of [...now.parts, ...now.aside].flatMap((p) => p.skills).concat(now.loose)) known.set(s.key, s)
  const objectives = new Map([...now.parts, ...now.aside].map((p) => [p.key, p]))
  const parts = d.parts.filter((p) => !p.id || objectives.has(p.key)).map((p) => ({
    ...p, lesson: objectives.get(p.key)?.lesson ?? '',
    skills: p.skills.filter((s) => !s.id || known.has(s.key)).map((s) => (s.id ? { ...s, items: known.get(s.key)!.items, needs: known.get(s.key)!.needs } : s)),
  }))
  const used = new Set(parts.flatMap((p) => p.skills.map((s) => s.key)))
  const left = [...now.parts, ...now.aside].filter((p) => !parts.some((x) => x.key === p.key)).map((p) => ({ ...p, skills: p.skills.filter((s) => !used.has(s.key)) }))
  const stands = new Set(left.flatMap((p) => p.skills.map((s) => s.key)))
  return { ...d, parts, aside: left, loose: [...known.values()].filter((s) => !used.has(s.key) && !stands.has(s.key)) }
}
