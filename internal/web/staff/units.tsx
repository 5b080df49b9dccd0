// units: what a class has been given, what it is invited to, and what it can be given.
import { useRef, useState } from 'preact/hooks'
import { signal } from '@preact/signals'
import { type Attribution, type Before, type ClassLesson, type ClassUnit, type ClassUnitOut, type OwnLesson, type PartLesson, type PartSkill, type StandardText, type UnitOffer, type UnitPart, type UnitsPage, paths } from '../lib/api.gen.ts'
import { actsWith, useActing } from '../lib/acting.ts'
import { live } from '../lib/live.ts'
import { mount, refresh } from '../lib/page.ts'
import type { Problem } from '../lib/problem.ts'
import { wallClock, when } from '../lib/time.ts'
import { t } from '../lib/words.ts'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { EmptyState, ErrorBox, toast } from '../ui/Says.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { Shell } from '../ui/Shell.tsx'
import { Newer } from './Newer.tsx'
import { authorOf, bringOf, changeOf, previewOf } from './previews.ts'

type Dial = ClassUnit['dial']
interface Inviting { classUnit: string; lesson: PartLesson; before: Before }

const trouble = signal<Problem | null>(null)
const inviting = signal<Inviting | null>(null)
const dials: Dial[] = ['required', 'pick', 'propose']
const icons: Record<PartLesson['kind'], IconName> = { film: 'video', link: 'link', text: 'read' }

const run = actsWith(trouble)

async function done(path: string, body: object, words?: string): Promise<boolean> {
  const ok = await run(path, body)
  if (ok && words) toast(words)
  return ok
}

/** takeBack ends an invitation; the same one can be made again at once. */
async function takeBack({ id, class_unit, lesson, before }: ClassLesson): Promise<void> {
  if (!await run(paths.withdraw_lesson, { class_lesson: id })) return
  const again = () => void done(paths.invite_lesson, { class_unit, lesson: lesson.id, before }, t('units.isnow', { title: lesson.title, day: when(before.on), time: wallClock(before.at) }))
  toast(t('units.takenback', { title: lesson.title }), { words: t('ui.undo'), run: again })
}

/** byNumber sorts titles as people count: "2. Equations" before "10. Roots". */
export function byNumber(a: { title: string }, b: { title: string }): number {
  return a.title.localeCompare(b.title, undefined, { numeric: true })
}

/** nextMorning is the day after a day, or Monday when that is at a weekend, at nine: a first guess for an invitation. */
export function nextMorning(on: string): Before {
  const day = new Date(`${on}T00:00:00Z`)
  do day.setUTCDate(day.getUTCDate() + 1); while (day.getUTCDay() === 0 || day.getUTCDay() === 6)
  return { on: day.toISOString().slice(0, 10), at: '09:00' }
}

function Units({ view }: { view: UnitsPage }) {
  const { class: cls } = view
  const empty = view.units.length === 0
  return (
    <Shell width="wide">
      <div class="row apart">
        <h1>{t('units.title')} <span class="quiet"><bdi data-own>{cls.name}</bdi></span></h1>
        <div class="row near">
          {!empty && <LinkButton kind="plain" icon="units" href="#own">{t('units.make')}</LinkButton>}
          <LinkButton kind="plain" icon="down" href={bringOf(cls.id)}>{t('units.bring')}</LinkButton>
          {!empty && <LinkButton kind="primary" icon="add" href={`/class/${cls.id}/lesson`}>{t('units.add')}</LinkButton>}
        </div>
      </div>
      {trouble.value && <ErrorBox problem={trouble.value} />}
      {empty && view.offered.length === 0 && <EmptyState icon="units" title={t('units.none')}><p>{t('units.none.more')}</p></EmptyState>}
      {!empty && <Invited view={view} />}
      {view.units.map((u, i) => <Unit key={u.id} view={view} unit={u} open={i === 0} />)}
      {view.offered.length > 0 && (
        <section class="stack">
          <div><h2>{t(empty ? 'units.first' : 'units.more')}</h2>{empty && <p class="quiet">{t('units.first.more')}</p>}</div>
          <div class="board units-offers">{[...view.offered].sort(byNumber).map((o, i) => <Offer key={o.id} view={view} offer={o} first={empty && i === 0} />)}</div>
        </section>
      )}
      <OwnUnit cls={view.class.id} />
      <Invite />
    </Shell>
  )
}

/** OwnUnit makes a unit from a title and the first thing that learners will be able to do: one objective with one skill. It goes on
 * to where the unit is put in order. Nothing in it is made up: learners read it from then on. */
function OwnUnit({ cls }: { cls: string }) {
  const [title, write] = useState('')
  const [can, writeCan] = useState('')
  const [pressed, press] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const acting = useActing()
  const make = async () => {
    press(true)
    if (!title.trim() || !can.trim()) return form.current?.querySelectorAll('input')[title.trim() ? 1 : 0]?.focus()
    const begun = can.trim().replace(/^I can\s+/i, '').replace(/\.$/, '')
    const named = begun.charAt(0).toUpperCase() + begun.slice(1)
    const out = await acting.run<ClassUnitOut>(paths.create_unit, { class: cls, title, objective: named, i_can: t('units.make.ican', { can: begun }), skill: named })
    if (out) location.href = `/class/${cls}/outline/${out.class_unit}`
  }
  return (
    <section class="stack" id="own">
      <div><h2>{t('units.make')}</h2><p class="quiet measure">{t('units.make.more')}</p></div>
      {acting.problem && <ErrorBox problem={acting.problem} />}
      <form ref={form} class="units-make" onSubmit={(e) => { e.preventDefault(); if (!acting.busy) void make() }}>
        <Field label={t('units.make.title')} value={title} max={120} onInput={write} fault={pressed && !title.trim() ? t('units.make.blank') : undefined} />
        <Field label={t('units.make.can')} tip={t('units.make.can.tip')} value={can} max={110} onInput={writeCan} fault={pressed && !can.trim() ? t('units.make.can.blank') : undefined} />
        <Button type="submit" icon="add" busy={acting.busy}>{t('units.make.do')}</Button>
      </form>
    </section>
  )
}

/** Invited is the lessons that the class is invited to, and the teacher's own that it is not. */
function Invited({ view }: { view: UnitsPage }) {
  const coming = view.lessons.filter((l) => !l.passed)
  const earlier = view.lessons.filter((l) => l.passed).sort((a, b) => (a.before.on + a.before.at < b.before.on + b.before.at ? 1 : -1))
  return (
    <Card title={t('units.invited')}>
      {coming.length === 0 && <p class="quiet">{t('units.invited.none')}</p>}
      <ul class="units-lines">{coming.map((l) => <InvitedLine key={l.id} cls={view.class.id} line={l} />)}</ul>
      {earlier.length > 0 && (
        <details class="why">
          <summary><Icon name="calendar" />{t('units.earlier', { n: earlier.length })}<Icon name="open" /></summary>
          <ul class="units-lines">{earlier.map((l) => <InvitedLine key={l.id} cls={view.class.id} line={l} />)}</ul>
        </details>
      )}
      {view.own.length > 0 && (
        <>
          <h3>{t('units.own')}</h3>
          <ul class="units-lines">
            {view.own.map((o) => (
              <li key={o.lesson.id}>
                <LessonName cls={view.class.id} lesson={o.lesson} />
                {o.given_in
                  ? <Button small label={t('units.invite.to', { title: o.lesson.title })} onClick={() => { inviting.value = { classUnit: o.given_in, lesson: o.lesson, before: nextMorning(view.on) } }}>{t('units.invite')}</Button>
                  : <span class="small quiet">{t('units.own.course')}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      <TakenDown cls={view.class.id} taken={view.taken} />
    </Card>
  )
}

/** TakenDown is the teacher's lessons that nobody is offered. */
function TakenDown({ cls, taken }: { cls: string; taken: OwnLesson[] }) {
  if (taken.length === 0) return null
  return (
    <details class="why">
      <summary><Icon name="out" />{t('units.taken', { n: taken.length })}<Icon name="open" /></summary>
      <ul class="units-lines">
        {taken.map(({ lesson }) => (
          <li key={lesson.id}>
            <span class="units-lesson"><Icon name={icons[lesson.kind]} /><span><bdi data-own>{lesson.title}</bdi> <span class="small quiet">{t(`units.kind.${lesson.kind}`, { n: lesson.minutes })}</span></span></span>
            <Button small label={t('units.putback.of', { title: lesson.title })} onClick={() => void done(paths.put_lesson, { class: cls, lesson: lesson.id }, t('units.isback', { title: lesson.title }))}>{t('units.putback')}</Button>
          </li>
        ))}
      </ul>
    </details>
  )
}

function InvitedLine({ cls, line }: { cls: string; line: ClassLesson }) {
  const { lesson, before } = line
  return (
    <li>
      <LessonName cls={cls} lesson={lesson} />
      <span class="units-when">{t('units.before', { day: when(before.on), time: wallClock(before.at) })}</span>
      <span class="row near">
        <Button small label={t('units.change.of', { title: lesson.title })} onClick={() => { inviting.value = { classUnit: line.class_unit, lesson, before } }}>{t('units.change')}</Button>
        <Button small kind="plain" label={t('units.takeback.of', { title: lesson.title })} onClick={() => void takeBack(line)}>{t('units.takeback')}</Button>
      </span>
    </li>
  )
}

/** LessonName leads to the lesson as learners get it. */
function LessonName({ cls, lesson }: { cls: string; lesson: PartLesson }) {
  return (
    <span class="units-lesson">
      <Icon name={icons[lesson.kind]} />
      <span><a class="units-see" href={previewOf(cls, 'lesson', lesson.id)}><bdi data-own>{lesson.title}</bdi></a> <span class="small quiet">{t(`units.kind.${lesson.kind}`, { n: lesson.minutes })} · <a class="units-see" href={changeOf(cls, lesson.id)} aria-label={t(lesson.own ? 'units.lesson.change.of' : 'units.lesson.copy.of', { title: lesson.title })}>{t(lesson.own ? 'units.lesson.change' : 'units.lesson.copy')}</a></span></span>
    </span>
  )
}

function Unit({ view, unit, open }: { view: UnitsPage; unit: ClassUnit; open: boolean }) {
  const [leaving, leave] = useState(false)
  return (
    <Card title={<bdi data-own>{unit.title}</bdi>} aside={<span class="small quiet">{t('units.counts', { objectives: unit.parts.length, items: unit.items })}</span>}>
      {unit.newer && <Newer of={unit.newer} unit={unit.title} take={() => void done(paths.renew_unit, { class: view.class.id, unit: unit.id, version: unit.newer!.version }, t('newer.taken', { unit: unit.title }))} />}
      {unit.task && <p>{t('units.task')} <bdi data-own>{unit.task}</bdi></p>}
      <div class="row near"><LinkButton small icon="look" href={previewOf(view.class.id, 'unit', unit.id)}>{t('units.see')}</LinkButton> <LinkButton small icon="look" href={`/class/${view.class.id}/items/${unit.id}`}>{t('units.health')}</LinkButton></div>
      <Credit from={unit.attribution} />
      <div class="units-dial">
        <Segmented label={t('units.dial')} showLabel value={unit.dial} onChange={(dial: Dial) => void done(paths.set_dial, { class_unit: unit.id, dial })} options={dials.map((d) => ({ value: d, words: t(`units.dial.${d}`) }))} />
        <p class="small quiet">{t(`units.dial.${unit.dial}.more`)}</p>
        <OneDial view={view} unit={unit} />
      </div>
      <details class="why" open={open && unit.parts.length <= 12}>
        <summary><Icon name="list" />{t('units.parts', { n: unit.parts.length })}<Icon name="open" /></summary>
        <ol class={unit.parts.some((p) => p.lesson || p.activity) ? 'units-parts' : 'units-parts bare'}>{unit.parts.map((p) => <Part key={p.objective} view={view} unit={unit} part={p} />)}</ol>
      </details>
      <Standards texts={unit.standards} />
      <div class="row near"><LinkButton small icon="goal" href={`/class/${view.class.id}/goals?unit=${unit.id}`} label={t('units.goals.of', { unit: unit.title })}>{t('units.goals')}</LinkButton><LinkButton small icon="map" href={`/class/${view.class.id}/map?unit=${unit.id}`} label={t('units.map.of', { unit: unit.title })}>{t('units.map')}</LinkButton><LinkButton small icon="skills" href={`/class/${view.class.id}/prerequisites/${unit.id}`} label={t('units.needs.of', { unit: unit.title })}>{t('units.needs')}</LinkButton><LinkButton small icon="edit" href={`/class/${view.class.id}/outline/${unit.id}`} label={t('units.outline.of', { unit: unit.title })}>{t('units.outline')}</LinkButton><Button small kind="plain" onClick={() => leave(true)}>{t('units.end')}</Button></div>
      <Dialog
        open={leaving} onClose={() => leave(false)} title={t('units.end.title', { unit: unit.title })}
        footer={<><Button onClick={() => leave(false)}>{t('units.end.keep')}</Button><Button kind="primary" onClick={() => { leave(false); void done(paths.end_unit, { class_unit: unit.id }) }}>{t('units.end')}</Button></>}
      ><p>{t('units.end.more')}</p></Dialog>
    </Card>
  )
}

/** Standards are the texts of the standards that a unit serves, never without their framework's notice. */
function Standards({ texts }: { texts: StandardText[] }) {
  if (texts.length === 0) return null
  const notices = [...new Set(texts.map((s) => s.notice))]
  return (
    <details class="why">
      <summary><Icon name="list" />{t('units.standards', { n: texts.length })}<Icon name="open" /></summary>
      <ul class="stack near">{texts.map((s) => <li key={s.framework + s.code} data-own><b>{s.code}</b> <bdi>{s.text}</bdi></li>)}</ul>
      {notices.map((n) => <p key={n} class="small quiet" data-own>{n}</p>)}
    </details>
  )
}

/** OneDial is the dial of one learner where it differs from the class's. */
function OneDial({ view, unit }: { view: UnitsPage; unit: ClassUnit }) {
  const [who, pick] = useState('')
  if (view.learners.length === 0) return null
  const own = unit.dials.find((d) => d.who.id === who)?.dial
  const value: Dial | 'class' = own ?? 'class'
  const names = unit.dials.map((d) => d.who.name).join(', ')
  return (
    <details class="why">
      <summary><Icon name="person" />{unit.dials.length === 0 ? t('units.dial.one') : t('units.dial.own', { n: unit.dials.length, names })}<Icon name="open" /></summary>
      <div class="because">
        <label class="field"><span class="label">{t('units.dial.who')}</span>
          <select class="input" value={who} onChange={(e) => pick(e.currentTarget.value)}>
            <option value="">{t('units.dial.choose')}</option>
            {view.learners.map((p) => <option key={p.id} value={p.id} data-own>{p.name}</option>)}
          </select>
        </label>
        {who && (
          <Segmented
            label={t('units.dial.theirs')} showLabel value={value} onChange={(dial: Dial | 'class') => void done(paths.set_dial, { class_unit: unit.id, learner: who, dial })}
            options={[{ value: 'class' as const, words: t('units.dial.class') }, ...dials.map((d) => ({ value: d, words: t(`units.dial.${d}`) }))]}
          />
        )}
      </div>
    </details>
  )
}

function Part({ view, unit, part }: { view: UnitsPage; unit: ClassUnit; part: UnitPart }) {
  const { lesson } = part
  const invited = lesson && view.lessons.some((l) => l.lesson.id === lesson.id)
  return (
    <li>
      <div class="units-part">
        <p><b data-own><bdi>{part.title}</bdi></b></p>
        {part.skills.length === 1 && part.skills[0]!.title === part.title
          ? <p class="small quiet"><a class="units-see" href={previewOf(view.class.id, 'skill', part.skills[0]!.id)}>{t('units.items', { n: part.skills[0]!.items })}</a><Write cls={view.class.id} skill={part.skills[0]!} /></p>
          : <ul class="small quiet">{part.skills.map((s) => <li key={s.id}><a class="units-see" href={previewOf(view.class.id, 'skill', s.id)}><bdi data-own>{s.title}</bdi></a>, {t('units.items', { n: s.items })}<Write cls={view.class.id} skill={s} /></li>)}</ul>}
      </div>
      {(lesson || part.activity) && <div class="units-acts">
        {lesson && <LessonName cls={view.class.id} lesson={lesson} />}
        {lesson && (invited
          ? <span class="units-done"><Icon name="check" />{t('units.isinvited')}</span>
          : <Button small label={t('units.invite.to', { title: lesson.title })} onClick={() => { inviting.value = { classUnit: unit.id, lesson, before: nextMorning(view.on) } }}>{t('units.invite')}</Button>)}
        {part.activity && <LinkButton small icon="print" href={`/print/activity/${unit.id}/${part.objective}`} target="_blank" label={t('units.activity.of', { title: part.activity })}>{t('units.activity')}</LinkButton>}
      </div>}
    </li>
  )
}

/** Write leads to a new item of a skill. */
function Write({ cls, skill }: { cls: string; skill: PartSkill }) {
  return <> · <a class="units-see" href={authorOf(cls, skill.id)} aria-label={t('units.write.of', { skill: skill.title })}>{t('units.write')}</a></>
}

function Credit({ from }: { from: Attribution | undefined }) {
  if (!from) return null
  return (
    <p class="small quiet">
      {t('units.from')} <bdi data-own>{from.source}</bdi>{from.authors && <>. {t('units.by')} <bdi data-own>{from.authors}</bdi></>}{from.licence && <>. {t('units.licence')} {from.url ? <a href={from.url} rel="noopener" target="_blank" data-own>{from.licence}</a> : <span data-own>{from.licence}</span>}</>}
    </p>
  )
}

function Offer({ view, offer, first }: { view: UnitsPage; offer: UnitOffer; first: boolean }) {
  return (
    <section class="card sunk">
      <h3><bdi data-own>{offer.title}</bdi></h3>
      {offer.course && offer.course !== offer.title && <p class="small quiet"><bdi data-own>{offer.course}</bdi></p>}
      <p class="small">{t('units.offer', { objectives: offer.objectives, skills: offer.skills, items: offer.items, lessons: offer.lessons })}</p>
      <Credit from={offer.attribution} />
      <div class="row near"><Button kind={first ? 'primary' : 'quiet'} label={t('units.give.of', { unit: offer.title })} onClick={() => void done(paths.give_unit, { class: view.class.id, unit: offer.id, dial: 'required' }, t('units.given', { unit: offer.title }))}>{t('units.give')}</Button><LinkButton kind="plain" icon="look" label={t('units.first.see', { unit: offer.title })} href={previewOf(view.class.id, 'unit', offer.id)}>{t('units.see')}</LinkButton></div>
    </section>
  )
}

/** Invite asks before which class. It is an invitation: a learner who comes to it afterwards finds it open. */
function Invite() {
  const at = inviting.value
  const close = () => { inviting.value = null }
  const set = (before: Partial<Before>) => { if (at) inviting.value = { ...at, before: { ...at.before, ...before } } }
  const send = () => {
    if (!at) return
    close()
    void done(paths.invite_lesson, { class_unit: at.classUnit, lesson: at.lesson.id, before: at.before }, t('units.isnow', { title: at.lesson.title, day: when(at.before.on), time: wallClock(at.before.at) }))
  }
  return (
    <Dialog
      open={at !== null} onClose={close} title={at ? t('units.invite.title', { title: at.lesson.title }) : ''}
      footer={<><Button onClick={close}>{t('ui.cancel')}</Button><Button kind="primary" busy={!at?.before.on || !at.before.at} onClick={send}>{t('units.invite')}</Button></>}
    >
      {at && (
        <>
          <div class="row">
            <Field label={t('units.day')} type="date" value={at.before.on} onInput={(on) => set({ on })} />
            <Field label={t('units.time')} type="time" value={at.before.at} onInput={(time) => set({ at: time.slice(0, 5) })} />
          </div>
          <p class="small quiet">{t('units.invite.more')}</p>
        </>
      )}
    </Dialog>
  )
}

mount(Units)
live((change) => { if (change) refresh() })
