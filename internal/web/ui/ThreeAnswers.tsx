import type { ComponentChildren } from 'preact'
import type { HowDoIGetThere, StepLine, WhereAmI, WhereAmIGoing } from '../lib/api.gen.ts'
import { dayOf, wallClock, when } from '../lib/time.ts'
import { together } from '../lib/together.ts'
import { rich, say, t } from '../lib/words.ts'
import { Card } from './Card.tsx'
import { Glyph, type StatusName } from './Status.tsx'
import { stepHref, StepRow } from './Steps.tsx'

// The three answers, in the same words and order for a learner and for those who look on with them.

const order: StatusName[] = ['secure', 'growing', 'another_look', 'not_started']

/** stripMost is how many skills the strip of glyphs has room for. */
const stripMost = 48

/** WhereCard counts the unit's skills in words and says what changed last. */
export function WhereCard({ where, more }: { where: WhereAmI; more?: ComponentChildren }) {
  const skills = where.objectives.flatMap((o) => o.skills)
  return (
    <Card title={t('answers.where')} aside={more}>
      {skills.length > 1 && skills.length <= stripMost && (
        <div class="strip" aria-hidden="true">{where.objectives.map((o) => <span key={o.id}>{o.skills.map((s) => <Glyph key={s.id} status={s.status} />)}</span>)}</div>
      )}
      <ul class="counts">
        {order.filter((s) => where[s] > 0).map((s) => <li key={s}><Glyph status={s} /><span>{t(`answers.${s}`, { n: where[s] })}</span></li>)}
      </ul>
      {where.changed && (
        <p class="small quiet">{rich('answers.changed', { when: when(dayOf(where.changed.at_ms)), skill: <span data-own>{where.changed.title}</span>, word: <b>{t(`ui.status.${where.changed.to}`)}</b> })}</p>
      )}
    </Card>
  )
}

/** GoingCard is what it is all for, and the next thing that can be said. */
export function GoingCard({ going, href }: { going: WhereAmIGoing; href?: string }) {
  return (
    <Card title={t('answers.going')}>
      {going.task && (
        <div>
          <p class="eyebrow">{t('answers.task')}</p>
          <p>{href ? <a class="morelink" href={href} data-own>{going.task}</a> : <b data-own>{going.task}</b>}</p>
          <p class="small quiet">{going.role ? rich('answers.role', { role: <span data-own>{going.role.title}</span> }) : t('answers.role.none')}</p>
        </div>
      )}
      <div>
        <p class="eyebrow">{going.next ? t('answers.next') : null}</p>
        {going.next ? <p data-own>{together(going.next.i_can)}</p> : <p>{t('answers.everything')}</p>}
      </div>
    </Card>
  )
}

/** HowList is today's list. link says where a line leads; without it the lines are read only. */
export function HowList({ how, teacher, unit, link }: { how: HowDoIGetThere; teacher: string; unit: string; link?: boolean }) {
  const state = how.state === 'waiting' ? rich('answers.waiting', { teacher: <bdi>{teacher}</bdi> })
    : how.decided ? t('answers.today') : how.state === 'unsent' ? t('answers.unsent') : t('answers.meanwhile')
  const inList = how.today.some((line) => invites(line, how))
  return (
    <section class="stack near">
      <h2>{t('answers.how')}</h2>
      <p class="quiet">{state}</p>
      {how.invitation && !inList && <Invited how={how} link={link} />}
      <ul class="steps">{how.today.map((line) => <li key={line.key}><StepRow line={line} href={link ? stepHref(line, unit) : undefined} reason={whyNow(line, how)} next={link && line.key === how.next?.key} /></li>)}</ul>
    </section>
  )
}

/** invites says whether a line is the lesson that the class is invited to and that is still to be done. */
function invites(line: StepLine, how: HowDoIGetThere): boolean {
  return line.kind === 'lesson' && line.lesson === how.invitation?.lesson && how.invitation?.status !== 'done'
}

/** whyNow words a line's reason: of the shared lesson, until when the class is invited to it. */
export function whyNow(line: StepLine, how: HowDoIGetThere): string {
  const i = how.invitation
  return i && invites(line, how) ? t('answers.invited.line', { day: when(i.on), time: wallClock(i.at) }) : say(line.reason)
}

function Invited({ how, link }: { how: HowDoIGetThere; link?: boolean }) {
  const i = how.invitation!
  const lesson = link ? <a href={`/lesson/${i.lesson}`} data-own>{i.title}</a> : <b data-own>{i.title}</b>
  return <p>{rich(i.status === 'done' ? 'answers.invited.done' : 'answers.invited', { lesson, day: when(i.on), time: wallClock(i.at) })}</p>
}
