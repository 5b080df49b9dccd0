import type { ComponentChildren } from 'preact'
import type { EvidenceLine, StepLine } from '../lib/api.gen.ts'
import { dayOf, when } from '../lib/time.ts'
import { say, t } from '../lib/words.ts'
import { Icon, type IconName } from './Icon.tsx'
import type { Because } from './Why.tsx'

const icons: Record<Exclude<StepLine['kind'], 'lesson'>, IconName> = {
  practice: 'try', revisit: 'look', activity: 'make', task: 'flag', talk: 'talk', meeting: 'sit', deeper: 'deeper', make: 'make', unit_task: 'flag', self: 'person', check: 'search', send: 'plan',
}

/** lessonIcon is the icon of a lesson by what it mainly is: nobody watches a text. */
export function lessonIcon(form: StepLine['form']): IconName {
  return form === 'text' ? 'read' : form === 'link' ? 'link' : 'watch'
}

/** stepIcon is the icon of a step. */
export function stepIcon(line: StepLine): IconName {
  return line.kind === 'lesson' ? lessonIcon(line.form) : icons[line.kind]
}

/** stepKind words a step's kind: a lesson is watched or read. */
export function stepKind(line: StepLine): string {
  return t(`step.kind.${line.kind}`, { form: line.form ?? '' })
}

/** stepHref is where a learner does a step; '' for one that has no page (a meeting is between people, and so is going deeper). unit is the
 * class_unit's id. */
export function stepHref(line: StepLine, unit: string): string {
  switch (line.kind) {
    case 'lesson': return `/lesson/${line.lesson}`
    case 'practice': case 'revisit': return `/practice/${line.skill}`
    case 'activity': return `/activity/${unit}/${line.objective}`
    case 'talk': return `/activity/${unit}/${line.objective}#talk`
    case 'task': case 'make': return `/unit/${unit}/task#${line.objective}`
    case 'unit_task': return `/unit/${unit}/task`
    case 'self': return `/unit/${unit}/self`
    case 'check': return `/unit/${unit}/check`
    case 'send': return '/plan'
    default: return ''
  }
}

/** stepName is a step's name in words. */
export function stepName(line: StepLine): string {
  return t(`step.name.${line.kind}`, { title: line.title })
}

/** stepGo is the verb that begins a step. */
export function stepGo(line: StepLine): string {
  return t(line.status === 'doing' ? 'step.go.on' : `step.go.${line.kind}`)
}

/** because words evidence for Why: what, and on which day. */
export function because(lines: EvidenceLine[] | undefined): Because[] {
  const newest: Because[] = []
  for (const l of lines ?? []) newest.unshift({ what: say(l.say), when: when(dayOf(l.at_ms)) })
  return newest
}

/** StepRow is one line of a list of steps: kind, name, reason, minutes. With an href the row is the link; where it also
 * holds something to open or to press (children, aside) its name is. reason stands in for the line's own; next marks the
 * row that the page shows above with its reason. */
export function StepRow({ line, href, reason, next, aside, children }: { line: StepLine; href?: string; reason?: ComponentChildren; next?: boolean; aside?: ComponentChildren; children?: ComponentChildren }) {
  const name = <span class="stepname" data-own>{stepName(line)}</span>
  const plain = !aside && !children
  const inside = (
    <>
      <span class="stepicon"><Icon name={line.status === 'done' ? 'check' : stepIcon(line)} /></span>
      <div class="stepbody">
        <span class="eyebrow">{stepKind(line)}{line.minutes > 0 && <span class="stepminutes">{t('step.minutes', { n: line.minutes })}</span>}</span>
        <span class="row near">{href && !plain ? <a class="steplink" href={href}>{name}</a> : name}{next ? <span class="stepstatus">{t('ui.nextstep')}</span> : line.status !== 'todo' && <span class="stepstatus">{t(line.status === 'done' ? 'step.done' : 'step.doing')}</span>}</span>
        {!next && <span class="small quiet">{reason ?? say(line.reason)}</span>}
        {children && <div class="stepmore">{children}</div>}
      </div>
      {aside && <div class="stepaside">{aside}</div>}
      {href && plain && <span class="stepgo"><Icon name="go" /></span>}
    </>
  )
  const kind = `step ${line.status}${next ? ' isnext' : ''}`
  return href && plain ? <a class={kind} href={href}>{inside}</a> : <div class={kind}>{inside}</div>
}
