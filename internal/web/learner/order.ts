// order: what a learner changes about a proposed plan, as the edits that the school takes.

/** Line is what matters of a proposed line here. must: it stays, and keeps its place among the others that stay. */
export interface Line { key: string; must: boolean }

/** Edit is one change, in the school's words. */
export type Edit = { act: 'drop'; key: string; to: number } | { act: 'move'; key: string; to: number } | { act: 'add'; skill: string; to: number }

/** added is the key of a line that a learner adds for a skill. */
export const added = (skill: string) => `practice:${skill}`

/** shift moves a key by one place among the keys, or leaves it at an end. */
export function shift(keys: string[], key: string, by: -1 | 1): string[] {
  const from = keys.indexOf(key), to = from + by
  if (from < 0 || to < 0 || to >= keys.length) return keys
  return place(keys, key, to)
}

/** place puts a key at a place. */
export function place(keys: string[], key: string, to: number): string[] {
  const rest = keys.filter((k) => k !== key)
  return [...rest.slice(0, to), key, ...rest.slice(to)]
}

/** edits turns the wanted order into edits: first what is left out, then what is added (at the end), then moves, and only of
 * lines that may be moved. Lines that must stay keep their order: wanted is refused with an error otherwise. */
export function edits(lines: Line[], wanted: string[], skills: string[] = []): Edit[] {
  const out: Edit[] = []
  const musts = lines.filter((l) => l.must).map((l) => l.key)
  if (wanted.filter((k) => musts.includes(k)).join() !== musts.join()) throw new Error('a line that must stay has lost its place')
  let now = lines.map((l) => l.key)
  for (const key of now.filter((k) => !wanted.includes(k))) {
    out.push({ act: 'drop', key, to: 0 })
    now = now.filter((k) => k !== key)
  }
  for (const skill of skills) {
    out.push({ act: 'add', skill, to: now.length })
    now.push(added(skill))
  }
  for (let i = 0; i < wanted.length; i++) {
    while (now[i] !== wanted[i]) {
      const up = !musts.includes(wanted[i]!)
      const key = up ? wanted[i]! : now[i]!
      const to = up ? i : wanted.indexOf(key)
      out.push({ act: 'move', key, to })
      now = place(now, key, to)
    }
  }
  return out
}
