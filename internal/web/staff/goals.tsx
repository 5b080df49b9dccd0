// goals: where a class is going in a unit, and what its teacher could do where a day leaves too little room.
import { useState } from 'preact/hooks'
import { useActing } from '../lib/acting.ts'
import { type GoalShown, type GoalsPage, type OptionShown, paths, type ShortOf } from '../lib/api.gen.ts'
import { live } from '../lib/live.ts'
import { mount, refresh } from '../lib/page.ts'
import { when } from '../lib/time.ts'
import { rich, t } from '../lib/words.ts'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { EmptyState, ErrorBox, toast } from '../ui/Says.tsx'
import { Shell } from '../ui/Shell.tsx'

type Aim = { skill?: string; standard?: string; task?: boolean; weight: number }

/** aimOf reads what was chosen: "task", "skill:ID" or "standard:CODE". */
export function aimOf(chosen: string): Aim | null {
  const at = chosen.indexOf(':')
  const kind = at < 0 ? chosen : chosen.slice(0, at), what = chosen.slice(at + 1)
  if (kind === 'task') return { task: true, weight: 1 }
  if (kind === 'skill') return { skill: what, weight: 1 }
  return kind === 'standard' ? { standard: what, weight: 1 } : null
}

/** nameOf is a goal in words: what it asks for. */
export function nameOf(goal: Pick<GoalShown, 'aims'>): string {
  return goal.aims.map((a) => a.title).join(', ')
}

function Goals({ view }: { view: GoalsPage }) {
  const { unit } = view
  if (!unit) return <Shell width="wide"><h1>{t('goals.title')}</h1><EmptyState icon="goal" title={t('goals.nounit')}><LinkButton href={`/class/${view.class.id}/units`}>{t('goals.units')}</LinkButton></EmptyState></Shell>
  return (
    <Shell width="wide">
      <div><h1>{t('goals.title')} <span class="quiet"><bdi data-own>{view.class.name}</bdi></span></h1><p class="quiet" data-own>{unit.title}</p></div>
      <Standing view={view} unit={unit.id} />
      <Setting key={view.goals.length} view={view} unit={unit.id} />
      {view.goals.some((g) => g.due_on) && <Days key={view.week} view={view} unit={unit.id} />}
    </Shell>
  )
}

function Standing({ view, unit }: { view: GoalsPage; unit: string }) {
  const acting = useActing()
  const takeBack = async (g: GoalShown) => {
    if (await acting.run(paths.end_goal, { class_unit: unit, goal: g.id })) toast(t('goals.takenback', { goal: nameOf(g) }))
  }
  return (
    <Card title={t('goals.stand')}>
      {acting.problem && <ErrorBox problem={acting.problem} />}
      {view.goals.length === 0 && <p class="quiet">{t('goals.none')}</p>}
      <ul class="goals-lines">
        {view.goals.map((g) => (
          <li key={g.id}>
            <span class="goals-name"><Icon name="goal" /><b data-own>{nameOf(g)}</b></span>
            <span class="small quiet">{g.due_on ? t('goals.by', { day: when(g.due_on) }) : t('goals.noday')}</span>
            <span class="small quiet">{t('goals.there', { n: g.there, of: g.of })}</span>
            <Button small kind="plain" busy={acting.busy} label={t('goals.takeback.of', { goal: nameOf(g) })} onClick={() => void takeBack(g)}>{t('goals.takeback')}</Button>
          </li>
        ))}
      </ul>
      {view.wishes.length > 0 && (
        <>
          <h2>{t('goals.wishes')}</h2>
          <ul class="stack near">{view.wishes.map((g) => <li key={g.id}><bdi>{g.who?.name}</bdi>: <span data-own>{nameOf(g)}</span></li>)}</ul>
        </>
      )}
    </Card>
  )
}

function Setting({ view, unit }: { view: GoalsPage; unit: string }) {
  const [chosen, choose] = useState('')
  const [due, setDue] = useState('')
  const acting = useActing()
  const set = async () => {
    const aim = aimOf(chosen)
    if (aim && await acting.run(paths.set_goal, { class_unit: unit, aims: [aim], due_on: due })) toast(t('goals.isset'))
  }
  return (
    <Card title={t('goals.set')}>
      <form class="stack" onSubmit={(e) => { e.preventDefault(); if (chosen && !acting.busy) void set() }}>
        {acting.problem && <ErrorBox problem={acting.problem} />}
        <div class="pair">
          <label class="field"><span class="label">{t('goals.what')}</span>
            <select class="input" value={chosen} onChange={(e) => choose(e.currentTarget.value)}>
              <option value="">{t('goals.choose')}</option>
              <option value="task" data-own>{t('goals.task', { task: view.task })}</option>
              <optgroup label={t('goals.skills')}>{view.skills.map((s) => <option key={s.id} value={`skill:${s.id}`} data-own>{s.title}</option>)}</optgroup>
              {view.standards.length > 0 && <optgroup label={t('goals.standards')}>{view.standards.map((s) => <option key={s} value={`standard:${s}`} data-own>{s}</option>)}</optgroup>}
            </select>
          </label>
          <Field label={t('goals.day')} type="date" value={due} onInput={setDue} />
        </div>
        <p class="small quiet">{t('goals.set.more')}</p>
        <div class="row"><Button kind="primary" type="submit" busy={acting.busy || !chosen}>{t('goals.set.do')}</Button></div>
      </form>
    </Card>
  )
}

/** Days is what the days of the goals leave room for. It is for teachers alone. */
function Days({ view, unit }: { view: GoalsPage; unit: string }) {
  const [week, setWeek] = useState(String(view.week))
  const acting = useActing()
  const minutes = /^\d{1,4}$/.test(week) ? Number(week) : 0
  const save = async () => { if (await acting.run(paths.set_week, { class_unit: unit, minutes })) toast(t('goals.week.saved')) }
  return (
    <Card title={t('goals.days')}>
      <p class="small quiet">{t('goals.days.more')}</p>
      <form class="stack" onSubmit={(e) => { e.preventDefault(); if (minutes > 0 && !acting.busy) void save() }}>
        {acting.problem && <ErrorBox problem={acting.problem} />}
        <Field label={t('goals.week')} tip={t('goals.week.more')} value={week} onInput={setWeek} max={4} />
        {minutes !== view.week && <div class="row"><Button type="submit" busy={acting.busy || minutes === 0}>{t('goals.week.save')}</Button></div>}
      </form>
      {view.short.length === 0 ? <p><Icon name="check" /> {t('goals.fits')}</p> : (
        <>
          <p>{t('goals.short', { n: view.short.length })}</p>
          {daysForMany(view.short).map((d) => <p key={d.goal}><Icon name="goal" /> {rich(d.half === d.all ? 'goals.many.one' : 'goals.many', { goal: <span data-own>{nameOf(view.goals.find((g) => g.id === d.goal) ?? { aims: [] })}</span>, n: d.n, half: when(d.half), all: when(d.all) })}</p>)}
          {view.short.length <= few ? <Shorts view={view} /> : <details class="why"><summary>{t('goals.each')}<Icon name="open" /></summary><Shorts view={view} /></details>}
        </>
      )}
    </Card>
  )
}

/** few is how many learners' own ways stand open; more are folded behind what helps many at once. */
const few = 6

/** daysForMany says, of each goal whose day is too near for more than a few, by which later day half of them and all of them would have room. */
export function daysForMany(short: ShortOf[]): { goal: string; n: number; half: string; all: string }[] {
  const days = new Map<string, string[]>()
  for (const s of short) {
    const later = s.options.find((o) => o.kind === 'later' && o.fits && o.on)
    if (later) days.set(s.goal, [...(days.get(s.goal) ?? []), later.on])
  }
  return [...days].filter(([, on]) => on.length > few).map(([goal, on]) => {
    on.sort()
    return { goal, n: on.length, half: on[Math.ceil(on.length / 2) - 1] ?? '', all: on.at(-1) ?? '' }
  })
}

function Shorts({ view }: { view: GoalsPage }) {
  return <ul class="stack near">{view.short.map((s) => <Short key={s.who.id} short={s} goals={view.goals} />)}</ul>
}

function Short({ short, goals }: { short: ShortOf; goals: GoalShown[] }) {
  const named = (id: string) => nameOf(goals.find((g) => g.id === id) ?? { aims: [] })
  return (
    <li>
      <details class="why">
        <summary><Icon name="person" /><span>{rich('goals.short.of', { name: <bdi>{short.who.name}</bdi>, goal: <span data-own>{named(short.goal)}</span>, n: short.minutes })}</span><Icon name="open" /></summary>
        <ul class="goals-ways">
          {short.options.map((o, i) => <li key={i}><Way option={o} goal={named(o.goal)} />{o.fits && <b class="small quiet">{t('goals.enough')}</b>}</li>)}
        </ul>
      </details>
    </li>
  )
}

function Way({ option: o, goal }: { option: OptionShown; goal: string }) {
  const skill = <span data-own>{o.skill}</span>
  switch (o.kind) {
    case 'route': return <span>{t('goals.way.route', { n: o.steps, spares: o.spares })}</span>
    case 'help': return <span>{o.with ? rich('goals.way.help.with', { name: <bdi>{o.with}</bdi>, skill, minutes: o.minutes, spares: o.spares }) : rich('goals.way.help', { skill, minutes: o.minutes, spares: o.spares })}</span>
    case 'time': return <span>{t('goals.way.time', { n: o.minutes })}</span>
    default: return <span>{rich('goals.way.later', { goal: <span data-own>{goal}</span>, day: when(o.on) })}</span>
  }
}

mount(Goals)
live((change) => { if (change) refresh() })
