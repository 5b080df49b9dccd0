// today: a teacher's first page. What the class brings to the lesson, and who works together. Names move by drag, or by a
// tap and "Move here"; other screens see it.
import { useEffect, useState } from 'preact/hooks'
import { signal } from '@preact/signals'
import { type Named, type TodayPage, type TodayPile, paths } from '../lib/api.gen.ts'
import { actsWith } from '../lib/acting.ts'
import { picked } from '../lib/drag.ts'
import { live } from '../lib/live.ts'
import { mount, page, refresh } from '../lib/page.ts'
import { act } from '../lib/send.ts'
import { clock, longDay, wallClock, when } from '../lib/time.ts'
import { rich, say, t } from '../lib/words.ts'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Drawn } from '../ui/Drawn.tsx'
import { Field, Tick } from '../ui/Field.tsx'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { MoveHere, Moving, useMove } from '../ui/Move.tsx'
import { PersonChip } from '../ui/Person.tsx'
import { EmptyState, ErrorBox, toast } from '../ui/Says.tsx'
import { Shell } from '../ui/Shell.tsx'
import type { Problem } from '../lib/problem.ts'
import { previewOf } from './previews.ts'

/** moved holds names on their way: where they were put, until the school's own answer is drawn. */
const moved = signal<Record<string, string>>({})
const trouble = signal<Problem | null>(null)

const icons: Record<TodayPile['kind'], IconName> = { sit: 'sit', watch: 'read', carry: 'plan', deeper: 'deeper' }

/** done runs an act, shows what went wrong, and loads the page anew. */
const done = actsWith(trouble)

/** inPile are the members of a pile with the names that are on their way in or out. */
export function inPile(pile: TodayPile, view: TodayPage, going: Record<string, string>): Named[] {
  const here = pile.members.filter((m) => (going[m.id] ?? pile.id) === pile.id)
  const from = [...view.piles.filter((p) => p.id !== pile.id).flatMap((p) => p.members), ...view.unplaced]
  return [...here, ...from.filter((m) => going[m.id] === pile.id)]
}

/** pileName is a pile's kind, with its place, for messages. */
function pileName(pile: TodayPile): string {
  return t('today.pile.name', { kind: t(`today.kind.${pile.kind}`), place: say(pile.where) })
}

function nameOf(view: TodayPage, id: string): string {
  return [...view.piles.flatMap((p) => p.members), ...view.unplaced].find((m) => m.id === id)?.name ?? ''
}

/** move puts a name into a pile at once and says so; the way back is one tap. */
async function move(view: TodayPage, learner: string, to: string): Promise<void> {
  const from = view.piles.find((p) => p.members.some((m) => m.id === learner))
  const pile = view.piles.find((p) => p.id === to)
  if (!pile || from?.id === to) return
  moved.value = { ...moved.value, [learner]: to }
  const ok = await done(paths.move_in_pile, { day: view.day, learner, pile: to })
  const { [learner]: _, ...rest } = moved.value
  moved.value = rest
  if (ok) toast(t('today.moved', { name: nameOf(view, learner), pile: pileName(pile) }), from && { words: t('ui.undo'), run: () => void done(paths.move_in_pile, { day: view.day, learner, pile: from.id }) })
}

function Today({ view }: { view: TodayPage }) {
  const { class: cls } = view
  const started = view.started_ms && !view.ended_ms
  usePiles(view)
  return (
    <Shell width="wide">
      <div class="today-head">
        <div>
          <h1><bdi data-own>{cls.name}</bdi> <span class="quiet">{longDay(view.on)}</span></h1>
          {started ? <p class="quiet">{t('today.running', { time: clock(view.started_ms!) })}</p> : null}
        </div>
        {view.learners > 0 && (
          <div class="row">
            <LinkButton icon="print" href={`/print/today/${cls.id}`} target="_blank">{t('today.print')}</LinkButton>
            {started
              ? <LinkButton kind="primary" icon="now" href={`/class/${cls.id}/now`}>{t('today.now')}</LinkButton>
              : <Start view={view} />}
          </div>
        )}
      </div>
      {trouble.value && <ErrorBox problem={trouble.value} />}
      {view.learners === 0 ? (
        <EmptyState icon="people" title={t('today.empty')}><p>{t('today.empty.more')}</p><LinkButton kind="primary" href={`/class/${cls.id}/people`}>{t('today.empty.act')}</LinkButton></EmptyState>
      ) : (
        <>
          <div class="today-before">
            <BeforeClass view={view} />
            <Questions view={view} />
          </div>
          <Piles view={view} />
          <Plans view={view} />
        </>
      )}
    </Shell>
  )
}

let planned = false

/** usePiles keeps today's piles for the teacher when the page opens: when nobody made them yet, and anew while nobody has
 * moved a name by hand and learners have worked since. They never change under the eyes of who looks at them. */
function usePiles(view: TodayPage): void {
  const wanted = view.learners > 0 && !view.started_ms && (view.day === '' || (!view.moved && view.active > 0))
  const cls = view.class.id
  useEffect(() => {
    if (planned || page.value.self.startsWith('/stories/')) return
    planned = true
    if (wanted) void done(paths.plan_day, { class: cls })
  }, [wanted, cls])
}

function Start({ view }: { view: TodayPage }) {
  const [busy, set] = useState(false)
  const start = async () => {
    set(true)
    const answer = await act('/api/v1/start-day', { class: view.class.id })
    if (answer.ok) { location.href = `/class/${view.class.id}/now`; return }
    trouble.value = 'problem' in answer ? answer.problem : null
    set(false)
  }
  return <Button kind="primary" icon="play" busy={busy} onClick={() => void start()}>{t(view.ended_ms ? 'today.start.again' : 'today.start')}</Button>
}

/** BeforeClass says who has seen the shared lesson; nobody is late. */
function BeforeClass({ view }: { view: TodayPage }) {
  const { lesson, class: cls } = view
  if (!lesson) {
    return (
      <Card title={t('today.lesson.none')}>
        <p class="quiet">{t('today.lesson.none.more')}</p>
        <div class="row">{view.unit ? <><LinkButton icon="units" href={`/class/${cls.id}/units`}>{t('today.lesson.invite')}</LinkButton><LinkButton kind="plain" icon="add" href={`/class/${cls.id}/lesson`}>{t('today.lesson.add')}</LinkButton></> : <LinkButton icon="units" href={`/class/${cls.id}/units`}>{t('today.unit.give')}</LinkButton>}</div>
      </Card>
    )
  }
  const icon: IconName = ({ film: 'video', link: 'link', text: 'read' } as const)[lesson.kind]
  const before = { day: when(lesson.before.on), time: wallClock(lesson.before.at) }
  return (
    <Card title={t('today.before')} aside={<span class="small quiet">{t(lesson.passed ? 'today.invited' : 'today.invited.sofar', before)}</span>}>
      <p class="today-lesson"><Icon name={icon} /><b><a class="today-see" href={previewOf(cls.id, 'lesson', lesson.id)} data-own>{lesson.title}</a></b></p>
      <dl class="today-seen">
        <Seen words={t('today.watched', { n: lesson.watched.length, kind: lesson.kind })} people={lesson.watched} />
        <Seen words={t('today.partly', { n: lesson.partly.length })} people={lesson.partly} />
        <Seen words={t('today.notyet', { n: lesson.not_yet.length })} people={lesson.not_yet} />
      </dl>
      {lesson.not_yet.length > 0 && <p class="small quiet">{t('today.station')}</p>}
    </Card>
  )
}

function Seen({ words, people }: { words: string; people: Named[] }) {
  return (
    <div>
      <dt>{words}</dt>
      {people.length > 0 && <dd class="small"><ul class="today-names">{people.map((p) => <li key={p.id}><bdi>{p.name}</bdi></li>)}</ul></dd>}
    </div>
  )
}

function Questions({ view }: { view: TodayPage }) {
  const [all, showAll] = useState(false)
  const shown = all ? view.questions : view.questions.slice(0, 3)
  return (
    <Card tone={view.questions.length > 0 ? 'note' : 'sunk'} title={t('today.questions')}>
      {view.questions.length === 0 && <p class="quiet">{t('today.questions.none')}</p>}
      <ul class="stack near">
        {shown.map((q) => (
          <li key={q.id} class="today-question">
            <div><p>“<bdi>{q.text}</bdi>”</p><p class="small quiet"><bdi>{q.who.name}</bdi></p></div>
            {q.used
              ? <span class="today-used"><Icon name="check" />{t('today.used')}</span>
              : <Button small label={t('today.use.of', { name: q.who.name })} onClick={() => void done(paths.use_question, { question: q.id })}>{t('today.use')}</Button>}
          </li>
        ))}
      </ul>
      {view.questions.length > shown.length && <div><Button small kind="plain" onClick={() => showAll(true)}>{t('today.questions.all', { n: view.questions.length })}</Button></div>}
    </Card>
  )
}

function Piles({ view }: { view: TodayPage }) {
  const [asking, ask] = useState(false)
  const ground = useMove((learner, to) => void move(view, learner, to))
  const fresh = () => { ask(false); void done(paths.plan_day, { class: view.class.id, fresh: true }) }
  const name = nameOf(view, picked.value)
  return (
    <section class="stack" ref={ground}>
      <div class="row apart">
        <div>
          <h2>{t('today.piles')}</h2>
          <p class="small quiet">{t(view.moved ? 'today.piles.moved' : 'today.piles.rule')}</p>
        </div>
        {!view.started_ms && view.day !== '' && (view.moved || view.active > 0) && (
          <Button small icon="rewind" onClick={() => (view.moved ? ask(true) : fresh())}>{t('today.fresh')}</Button>
        )}
      </div>
      {view.moved && view.active > 0 && !view.started_ms && <p class="small">{t('today.active', { n: view.active })}</p>}
      {view.unplaced.length > 0 && (
        <Card tone="sunk" title={t('today.unplaced')}>
          <p class="small">{t('today.unplaced.more')}</p>
          <div class="row near">{view.unplaced.filter((m) => !moved.value[m.id]).map((m) => <PersonChip key={m.id} name={m.name} drag={m.id} pressed={picked.value === m.id} />)}</div>
        </Card>
      )}
      <div class="today-piles">
        {view.piles.map((pile) => <PileCard key={pile.id || pile.where.code + pile.place} view={view} pile={pile} name={name} />)}
      </div>
      <Moving name={name} />
      <Dialog
        open={asking} onClose={() => ask(false)} title={t('today.fresh.title')}
        footer={<><Button onClick={() => ask(false)}>{t('today.fresh.keep')}</Button><Button kind="primary" onClick={fresh}>{t('today.fresh')}</Button></>}
      ><p>{t('today.fresh.more')}</p></Dialog>
    </section>
  )
}

function PileCard({ view, pile, name }: { view: TodayPage; pile: TodayPile; name: string }) {
  const people = inPile(pile, view, moved.value)
  const byHand = new Set(pile.members.filter((m) => m.moved).map((m) => m.id))
  const away = picked.value !== '' && !people.some((m) => m.id === picked.value)
  const can = pile.id !== '' && !view.ended_ms
  const [open, unfold] = useState(false)
  return (
    <section class={`card today-pile ${pile.kind}${open ? ' open' : ''}`} data-drop={can ? pile.id : undefined} aria-label={pileName(pile)}>
      <header>
        <h3><Icon name={icons[pile.kind]} />{t(`today.kind.${pile.kind}`)}</h3>
        <Place pile={pile} can={can} />
      </header>
      {pile.title && <p data-own><b><bdi>{pile.title}</bdi></b></p>}
      <p class="small quiet">{say(pile.reason)}</p>
      <ul class="row near">
        {people.map((m) => (
          <li key={m.id}><PersonChip name={m.name} drag={can ? m.id : undefined} pressed={can ? picked.value === m.id : undefined} />{byHand.has(m.id) && <span class="hear">{t('today.byhand')}</span>}</li>
        ))}
        {people.length === 0 && <li class="small quiet">{t('today.nobody')}</li>}
      </ul>
      {can && <MoveHere place={pile.id} name={away ? name : ''} move={(learner, to) => void move(view, learner, to)} />}
      {pile.kind === 'sit' && <AtTheTable pile={pile} open={open} unfold={unfold} />}
      {pile.kind === 'deeper' && view.unit?.task && (
        <details class="why"><summary><Icon name="goal" />{t('today.task')}<Icon name="open" /></summary><div class="because"><p data-own><b><bdi>{view.unit.task}</bdi></b></p><Drawn of={view.unit.goal} /></div></details>
      )}
    </section>
  )
}

/** AtTheTable is what a teacher needs at a table: two answers to talk about without names, an example, the exit check. */
function AtTheTable({ pile, open, unfold }: { pile: TodayPile; open: boolean; unfold: (open: boolean) => void }) {
  if (pile.discuss.length === 0 && !pile.example && pile.exit.length === 0) return <p class="small quiet">{t('today.table.few')}</p>
  return (
    <details class="why" open={open} onToggle={(e) => unfold(e.currentTarget.open)}>
      <summary><Icon name="talk" />{t('today.table')}<Icon name="open" /></summary>
      <div class="because today-table">
        {pile.discuss.length > 0 && (
          <section>
            <h4>{t('today.talk')}</h4>
            {pile.discuss.map((d, i) => (
              <div key={i} class="today-said">
                <Drawn of={d.text} />
                <div><span class="eyebrow">{t('today.answered')}</span><Drawn of={d.answer} /></div>
                {d.nudge.length > 0 && <div class="quiet"><Drawn of={d.nudge} /></div>}
              </div>
            ))}
          </section>
        )}
        {pile.example && (
          <section>
            <h4>{t('today.example')}</h4>
            <Drawn of={pile.example.text} /><Drawn of={pile.example.options} />
            <details class="today-worked"><summary>{t('today.worked')}</summary><Drawn of={pile.example.solution} /></details>
          </section>
        )}
        {pile.exit.length > 0 && (
          <section>
            <h4>{t('today.exit')}</h4>
            <ol class="today-exit">{pile.exit.map((e) => <li key={e.item}><Drawn of={e.text} /><Drawn of={e.options} /></li>)}</ol>
            <p class="quiet">{t('today.exit.more')}</p>
          </section>
        )}
        {pile.credits.map((c) => <p key={c.source} class="quiet today-credit" data-own>{c.source} · {c.authors} · {c.licence}</p>)}
      </div>
    </details>
  )
}

/** Place is where a pile sits; a tap changes it. */
function Place({ pile, can }: { pile: TodayPile; can: boolean }) {
  const [open, setOpen] = useState(false)
  const [place, set] = useState(pile.place)
  if (!can) return <span class="today-place">{say(pile.where)}</span>
  const save = () => {
    setOpen(false)
    if (place.trim() !== '' && place.trim() !== pile.place) void done(paths.set_pile_place, { pile: pile.id, place: place.trim() })
  }
  return (
    <>
      <Button small kind="plain" icon="pin" class="today-place" label={t('today.place.change', { place: say(pile.where) })} onClick={() => { set(pile.place); setOpen(true) }}>{say(pile.where)}</Button>
      <Dialog
        open={open} onClose={() => setOpen(false)} title={t('today.place.title')}
        footer={<><Button onClick={() => setOpen(false)}>{t('ui.cancel')}</Button><Button kind="primary" onClick={save}>{t('ui.save')}</Button></>}
      ><form onSubmit={(e) => { e.preventDefault(); save() }}><Field label={t('today.place.label')} tip={t('today.place.tip')} value={place} onInput={set} max={24} focus /></form></Dialog>
    </>
  )
}

function Plans({ view }: { view: TodayPage }) {
  const { class: cls } = view
  return (
    <Card tone="sunk" class="today-plans">
      <div class="row apart">
        {view.waiting > 0
          ? <LinkButton icon="inbox" href={`/class/${cls.id}/inbox`}>{t('today.waiting', { n: view.waiting })}</LinkButton>
          : <p class="quiet">{t('today.waiting.none')}</p>}
        <Tick label={t('today.proposals')} checked={view.proposals} onChange={(on) => void done(paths.set_proposals, { class: cls.id, on })} />
      </div>
      <p class="small quiet">{rich(view.proposals ? 'today.proposals.on' : 'today.proposals.off', {})}</p>
    </Card>
  )
}

mount(Today)
live((change) => { if (change) refresh() })
