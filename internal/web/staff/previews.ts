// previews: where a teacher looks at a thing as learners get it.
import type { StepLine } from '../lib/api.gen.ts'

/** previewOf is the address of a lesson, a skill's practice or a unit as learners get it. at is an objective of the unit. */
export function previewOf(cls: string, kind: 'lesson' | 'skill' | 'unit', id: string, at = ''): string {
  return `/class/${cls}/preview/${kind}/${id}${at && `#${at}`}`
}

/** published is the place of a skill's practice that is gone to once a question was published: the page says so. */
export const published = 'published'

/** authorOf is where an item of a skill is written, or an item of it changed. */
export function authorOf(cls: string, skill: string, item = ''): string {
  return `/class/${cls}/author/${skill}${item && `?item=${item}`}`
}

/** changeOf is where a lesson is changed, or a copy of it. */
export function changeOf(cls: string, lesson: string): string {
  return `/class/${cls}/lesson/${lesson}`
}

/** bringOf is where items are brought in from a class: for a unit of it, or a skill. */
export function bringOf(cls: string, of: { unit?: string; skill?: string } = {}): string {
  return `/bring?${new URLSearchParams({ class: cls, ...of })}`
}

/** previewOfStep is the address for a line of a plan; '' for one that there is nothing to look at. unit is the class unit. */
export function previewOfStep(cls: string, line: Pick<StepLine, 'kind' | 'lesson' | 'skill' | 'objective'>, unit: string): string {
  switch (line.kind) {
    case 'lesson': return line.lesson ? previewOf(cls, 'lesson', line.lesson) : ''
    case 'practice': case 'revisit': case 'meeting': return line.skill ? previewOf(cls, 'skill', line.skill) : ''
    case 'activity': case 'task': case 'talk': return previewOf(cls, 'unit', unit, line.objective)
    case 'unit_task': return previewOf(cls, 'unit', unit)
    default: return ''
  }
}
