// edits: what a teacher changed in a list of steps, as the acts that make it so.
import type { PlanEdit, StepIn, StepLine } from '../lib/api.gen.ts'

/** Row is one step while it is edited. step is set on one that the teacher put in; out is one that comes out. */
export interface Row { line: StepLine; must: boolean; out?: boolean; step?: StepIn }

/** rowsOf are the rows of a plan before anything is changed. */
export function rowsOf(lines: StepLine[]): Row[] {
  return lines.map((line) => ({ line, must: line.must }))
}

const places: Record<StepIn['kind'], StepLine['where']> = { lesson: 'screen', practice: 'screen', task: 'screen', activity: 'off_screen', talk: 'person', meeting: 'person' }

/** keyOf is the key that a step has in every plan. */
export function keyOf(step: StepIn): string {
  return `${step.kind}:${step.lesson ?? step.skill ?? step.objective ?? ''}`
}

/** lineOf is the line of a step that was just put in, as it will look. */
export function lineOf(step: StepIn, title: string, must: boolean): StepLine {
  return { key: keyOf(step), kind: step.kind, where: places[step.kind], title, must, pinned: true, minutes: 0, reason: { code: 'reason.pinned' }, status: 'todo', change: 'added' }
}

/** editsOf gives the acts that turn lines into rows, made in order: what comes out, then each place from the first, then
 * what must or may be done. */
export function editsOf(lines: StepLine[], rows: Row[]): PlanEdit[] {
  const edits: PlanEdit[] = []
  const kept = rows.filter((r) => !r.out)
  const work = lines.map((l) => l.key)
  for (const { key } of lines) {
    if (kept.some((r) => r.line.key === key)) continue
    edits.push({ act: 'drop', key, to: 0 })
    work.splice(work.indexOf(key), 1)
  }
  kept.forEach((r, to) => {
    const at = work.indexOf(r.line.key)
    if (at < 0) {
      edits.push({ act: 'add', to, step: r.step!, must: r.must })
      work.splice(to, 0, r.line.key)
    } else if (at !== to) {
      edits.push({ act: 'move', key: r.line.key, to })
      work.splice(to, 0, ...work.splice(at, 1))
    }
  })
  for (const r of kept) {
    const was = lines.find((l) => l.key === r.line.key)
    if (was && was.must !== r.must) edits.push({ act: r.must ? 'must' : 'may', key: r.line.key, to: 0 })
  }
  return edits
}
