// needs: what a new line between two skills would mean, worked out on the page so that it can be said where it is drawn.
import type { SkillNeeds } from '../lib/api.gen.ts'

/** Meaning is what a line from one skill to another would be: it stands already, it closes a circle (the titles on the way round), or it
 * can be drawn. */
export type Meaning = { kind: 'stands' } | { kind: 'circle'; round: string[] } | { kind: 'new' }

/** meaning is that of the line that says "to needs from". What rests on skills outside the unit only the school knows. */
export function meaning(skills: SkillNeeds[], from: string, to: string): Meaning {
  const by = new Map(skills.map((s) => [s.id, s]))
  if (by.get(to)?.needs.some((n) => n.id === from)) return { kind: 'stands' }
  const way = from === to ? [from] : wayDown(by, from, to)
  // from rests on to: to, up to from, and with the new line back to to.
  return way ? { kind: 'circle', round: [...way.toReversed(), to].map((id) => by.get(id)?.title ?? '') } : { kind: 'new' }
}

/** wayDown is the way from a skill through what each needs to another; undefined when there is none. */
function wayDown(by: Map<string, SkillNeeds>, start: string, goal: string): string[] | undefined {
  const came = new Map<string, string>([[start, '']])
  const todo = [start]
  for (let id = todo.shift(); id !== undefined; id = todo.shift()) {
    if (id === goal) {
      const way: string[] = []
      for (let at = id; at; at = came.get(at)!) way.unshift(at)
      return way
    }
    for (const n of by.get(id)?.needs ?? []) if (!came.has(n.id)) { came.set(n.id, id); todo.push(n.id) }
  }
  return undefined
}
