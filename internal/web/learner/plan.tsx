import { useState } from 'preact/hooks'
import { useActing } from '../lib/acting.ts'
import { type EvidenceLine, paths, type PlanPage, type ProposalShown, type StepLine } from '../lib/api.gen.ts'
import { live } from '../lib/live.ts'
import { mount, now, reload } from '../lib/page.ts'
import type { Problem } from '../lib/problem.ts'
import { act } from '../lib/send.ts'
import { dayOf, span, when } from '../lib/time.ts'
import { rich, say, t } from '../lib/words.ts'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { useMove } from '../ui/Move.tsx'
import { EmptyState, ErrorBox } from '../ui/Says.tsx'
import { Shell } from '../ui/Shell.tsx'
import { because, stepGo, stepHref, stepIcon, stepKind, stepName, StepRow } from '../ui/Steps.tsx'
import { Why } from '../ui/Why.tsx'
import { added, edits, place, shift } from './order.ts'

function Plan({ view }: { view: PlanPage }) {
  const unit = view.unit?.id ?? ''
  const teacher = <bdi>{view.unit?.teacher}</bdi>
  return (
    <Shell width="narrow">
      <div><h1>{t('plan.heading')}</h1>{view.unit && <p class="quiet" data-own>{view.unit.title}</p>}</div>
      {view.last && <Decided view={view} />}
      {view.proposal && <Proposed key={view.proposal.id + view.proposal.sent_ms} view={view} proposal={view.proposal} />}
      {view.steps.length > 0 && <Steps steps={view.steps} unit={unit} />}
      {view.steps.length === 0 && !view.proposal && <Nothing view={view} />}
      {view.open.length > 0 && view.state !== 'unsent' && (
        <section class="stack near">
          <h2>{view.state === 'waiting' ? rich('plan.meanwhile', { teacher }) : t('plan.open')}</h2>
          <ul class="steps">{view.open.map((s) => <li key={s.key}><StepRow line={s} href={stepHref(s, unit)} /></li>)}</ul>
        </section>
      )}
      {view.unit && (view.goals.length > 0 || view.can_wish.length > 0) && <Goals view={view} unit={unit} />}
      {view.state === 'decided' && <Ask view={view} />}
    </Shell>
  )
}

/** Steps are the decided plan: what is to do, and folded away what is done. */
function Steps({ steps, unit }: { steps: StepLine[]; unit: string }) {
  const row = (s: StepLine) => (
    <li key={s.key}><StepRow line={s} href={stepHref(s, unit)}>{(s.because?.length ?? 0) > 0 && <Why about={stepName(s)} reason={say(s.reason)} evidence={because(s.because)} />}</StepRow></li>
  )
  const todo = steps.filter((s) => s.status !== 'done'), done = steps.filter((s) => s.status === 'done')
  return (
    <section class="stack near">
      <h2>{t('plan.steps')}</h2>
      {todo.length > 0 ? <ol class="steps">{todo.map(row)}</ol> : <p class="quiet">{t('plan.alldone')}</p>}
      {done.length > 0 && <details class="donesteps"><summary><Icon name="check" />{t('plan.done', { n: done.length })}<Icon name="open" /></summary><ol class="steps">{done.map(row)}</ol></details>}
    </section>
  )
}

/** Goals are where the plan leads: what the teacher set, and the learner's own wishes. */
function Goals({ view, unit }: { view: PlanPage; unit: string }) {
  const acting = useActing()
  const wish = (skill: string) => acting.run(paths.wish_goal, { learner: view.learner, class_unit: unit, skill })
  const leave = (goal: string) => acting.run(paths.leave_goal, { learner: view.learner, class_unit: unit, goal })
  return (
    <section class="stack near">
      <h2>{t('plan.goals')}</h2>
      {acting.problem && <ErrorBox problem={acting.problem} />}
      <ul class="stack near">
        {view.goals.map((g) => {
          const name = g.aims.map((a) => a.title).join(', ')
          return (
            <li key={g.id} class="row apart">
              <span class="goalname"><Icon name={g.there ? 'check' : 'goal'} /><span><b data-own>{name}</b> <span class="small quiet">{t(g.there ? 'plan.goals.there' : g.own ? 'plan.goals.own' : 'plan.goals.teacher')}</span></span></span>
              {g.own && <Button small kind="plain" busy={acting.busy} label={t('plan.goals.leave.of', { name })} onClick={() => void leave(g.id)}>{t('plan.goals.leave')}</Button>}
            </li>
          )
        })}
      </ul>
      {view.can_wish.length > 0 && (
        <details class="why">
          <summary><Icon name="add" />{t('plan.wish')}<Icon name="open" /></summary>
          <div class="because">
            <label class="field"><span class="label">{t('plan.wish.what')}</span>
              <select class="input" value="" disabled={acting.busy} onChange={(e) => { if (e.currentTarget.value) void wish(e.currentTarget.value) }}>
                <option value="">{t('plan.add.choose')}</option>
                {view.can_wish.map((c) => <option key={c.id} value={c.id} data-own>{c.title}</option>)}
              </select>
            </label>
            <p class="small quiet">{rich('plan.wish.more', { teacher: <bdi>{view.unit?.teacher}</bdi> })}</p>
          </div>
        </details>
      )}
    </section>
  )
}

/** Nothing stands while nothing was proposed: what comes first, and why there is no plan. */
function Nothing({ view }: { view: PlanPage }) {
  if (!view.unit) return <EmptyState icon="plan" title={t('plan.empty')}><p>{t('plan.empty.more')}</p></EmptyState>
  if (view.state === 'off') return <EmptyState icon="plan" title={t('plan.off')}><p>{t('plan.off.more')}</p></EmptyState>
  return (
    <EmptyState icon="plan" title={t('plan.none')}>
      <p>{t('plan.none.more')}</p>
      {view.first && <LinkButton kind="primary" href={stepHref(view.first, view.unit?.id ?? '')} after="next">{stepGo(view.first)}</LinkButton>}
    </EmptyState>
  )
}

/** Decided is what a person said last, with their reason. */
function Decided({ view }: { view: PlanPage }) {
  const last = view.last!
  const by = <bdi>{last.by}</bdi>
  return (
    <Card tone={last.verdict === 'reject' ? 'sunk' : 'good'} title={rich(`plan.verdict.${last.verdict}`, { by, when: when(dayOf(last.at_ms)) })}>
      {last.reason && <blockquote><bdi>{last.reason}</bdi></blockquote>}
    </Card>
  )
}

function Ask({ view }: { view: PlanPage }) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | undefined>()
  const ask = async () => {
    setBusy(true)
    const answer = await act(paths.ask_for_plan, { learner: view.learner, class_unit: view.unit?.id ?? '' })
    setBusy(false)
    setProblem(answer.ok || answer.kept ? undefined : answer.problem)
    if (answer.ok) await reload()
  }
  return <div class="stack near">{problem && <ErrorBox problem={problem} />}<div class="row"><Button busy={busy} onClick={() => void ask()}>{t('plan.ask')}</Button></div></div>
}

/** Proposed is a plan that waits: what was sent, or the lines to look at. */
function Proposed({ view, proposal: p }: { view: PlanPage; proposal: ProposalShown }) {
  const [open, setOpen] = useState(p.sent_ms === 0)
  if (open) return <Editing view={view} proposal={p} />
  const lines = new Map([...p.lines, ...p.added].map((l) => [l.key, l]))
  const left = p.lines.filter((l) => !p.wished.includes(l.key)), unsure = p.credited.filter((l) => p.contested.includes(l.key))
  return (
    <Card tone="note" title={rich('plan.sent', { teacher: <bdi>{view.unit?.teacher}</bdi>, when: when(dayOf(p.sent_ms)) })}>
      <ol class="mini">{p.wished.map((k) => lines.get(k)).filter((l) => l !== undefined).map((l) => <li key={l.key}><Icon name={stepIcon(l)} /><span><span class="hear">{stepKind(l)}: </span><span data-own>{stepName(l)}</span>{p.contested.includes(l.key) && <span class="small own"> {t('plan.sent.otherwise')}</span>}</span></li>)}</ol>
      {left.length > 0 && <p class="small">{rich('plan.sent.left', { names: <span data-own>{left.map(stepName).join(', ')}</span> })}</p>}
      {unsure.length > 0 && <p class="small">{rich('plan.sent.unsure', { names: <span data-own>{unsure.map((l) => l.title).join(', ')}</span> })}</p>}
      {p.word && <blockquote><bdi>{p.word}</bdi></blockquote>}
      <div class="row"><Button onClick={() => setOpen(true)}>{t('plan.change')}</Button></div>
    </Card>
  )
}

/** Editing: the learner orders what may be ordered, says what they see otherwise, adds a word and sends it. */
function Editing({ view, proposal: p }: { view: PlanPage; proposal: ProposalShown }) {
  const [order, setOrder] = useState(p.wished)
  const [own, setOwn] = useState<StepLine[]>(p.added)
  const [contested, setContested] = useState<string[]>(p.contested)
  const [word, setWord] = useState(p.word)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | undefined>()
  const teacher = <bdi>{view.unit?.teacher}</bdi>
  const lines = new Map([...p.lines, ...own].map((l) => [l.key, l]))
  const musts = p.lines.filter((l) => l.must).map((l) => l.key)
  const fits = (next: string[]) => next.filter((k) => musts.includes(k)).join() === musts.join()
  const put = (next: string[]) => { if (fits(next)) setOrder(next) }
  const ground = useMove((thing, at) => put(place(order, thing, order.indexOf(at))))
  const left = p.lines.filter((l) => !order.includes(l.key))
  const toggle = (key: string) => setContested(contested.includes(key) ? contested.filter((k) => k !== key) : [...contested, key])
  const add = (id: string) => {
    const choice = view.can_add.find((c) => c.id === id)
    if (!choice) return
    setOwn([...own, { key: added(id), kind: 'practice', where: 'screen', title: choice.title, skill: id, must: false, pinned: false, minutes: 0, reason: { code: 'reason.wished' }, status: 'todo' }])
    setOrder([...order, added(id)])
  }
  const send = async () => {
    setBusy(true)
    const skills = own.filter((l) => order.includes(l.key)).map((l) => l.skill!)
    const answer = await act(paths.send_plan, { learner: view.learner, class_unit: view.unit?.id ?? '', proposal: p.id, edits: edits(p.lines, order, skills), contested, word })
    setBusy(false)
    setProblem(answer.ok || answer.kept ? undefined : answer.problem)
    if (answer.ok || (!answer.kept && answer.problem.kind === 'conflict')) await reload()
  }
  const first = p.lines.length > 0
  return (
    <section class="stack">
      <div class="stack near">
        <h2>{t('plan.proposed')}</h2>
        <p class="quiet">{t(`plan.cause.${p.cause}`)} {view.dial === 'required' ? t('plan.dial.required') : view.dial === 'pick' ? t('plan.dial.pick') : t('plan.dial.propose')}</p>
        {dayOf(p.made_ms) !== dayOf(now()) && <p class="small quiet">{t('plan.made', { when: when(dayOf(p.made_ms)) })}</p>}
      </div>
      {p.credited.length > 0 && <Credited proposal={p} contested={contested} toggle={toggle} teacher={view.unit?.teacher ?? ''} />}
      {first && (
        <div ref={ground}>
          <ol class="steps numbered">
            {order.map((key, i) => {
              const l = lines.get(key)
              if (!l) return null
              const up = shift(order, key, -1), down = shift(order, key, 1)
              return (
                <li key={key} data-drop={key} class={contested.includes(key) ? 'otherwise' : undefined}>
                  <StepRow
                    line={l}
                    aside={l.must ? <span class="stays small quiet"><Icon name="pin" />{t('plan.stays')}</span> : (
                      <>
                        <span class="grip" data-drag={key} aria-hidden="true"><Icon name="grip" /></span>
                        <Button kind="plain" class="square" icon="up" label={t('plan.up', { name: stepName(l) })} disabled={i === 0 || !fits(up)} onClick={() => put(up)}>{null}</Button>
                        <Button kind="plain" class="square" icon="down" label={t('plan.down', { name: stepName(l) })} disabled={i === order.length - 1 || !fits(down)} onClick={() => put(down)}>{null}</Button>
                      </>
                    )}
                  >
                    <details class="why">
                      <summary><Icon name="why" />{t(`plan.more${l.must ? '.stays' : ''}${l.because?.length ? '' : '.plain'}`)}<span class="hear" data-own> {stepName(l)}</span><Icon name="open" /></summary>
                      <div class="because">
                        <Evidence lines={l.because} />
                        {!l.must && (
                          <div class="row near phonemoves">
                            <Button small icon="up" label={t('plan.up', { name: stepName(l) })} disabled={i === 0 || !fits(up)} onClick={() => put(up)}>{t('plan.move.up')}</Button>
                            <Button small icon="down" label={t('plan.down', { name: stepName(l) })} disabled={i === order.length - 1 || !fits(down)} onClick={() => put(down)}>{t('plan.move.down')}</Button>
                          </div>
                        )}
                        <div class="row near">
                          <Button small pressed={contested.includes(key)} icon={contested.includes(key) ? 'check' : undefined} onClick={() => toggle(key)}>{t('plan.otherwise')}</Button>
                          {!l.must && <Button small onClick={() => setOrder(order.filter((k) => k !== key))}>{t('plan.leave')}<span class="hear" data-own> {stepName(l)}</span></Button>}
                        </div>
                      </div>
                    </details>
                    {contested.includes(key) && <p class="small own">{t('plan.otherwise.said')}</p>}
                  </StepRow>
                </li>
              )
            })}
          </ol>
        </div>
      )}
      {left.length > 0 && (
        <ul class="stack near">{left.map((l) => <li key={l.key} class="row apart left"><s class="quiet" data-own>{stepName(l)}</s><Button small onClick={() => setOrder([...order, l.key])}>{t('plan.back')}</Button></li>)}</ul>
      )}
      {view.can_add.length > 0 && (
        <div class="field">
          <label class="label" for="add">{t('plan.add')}</label>
          <select id="add" class="input" value="" onChange={(e) => { add(e.currentTarget.value); e.currentTarget.value = '' }}>
            <option value="">{t('plan.add.choose')}</option>
            {view.can_add.filter((c) => !lines.has(added(c.id))).map((c) => <option key={c.id} value={c.id} data-own>{c.title}</option>)}
          </select>
        </div>
      )}
      <form class="stack" onSubmit={(e) => { e.preventDefault(); if (!busy) void send() }}>
        <Field label={t('plan.word')} tip={t('plan.word.reads', { teacher: view.unit?.teacher ?? '' })} value={word} onInput={setWord} lines={2} max={280} />
        {problem && <ErrorBox problem={problem} />}
        <div class="row"><Button kind="primary" type="submit" after="next" busy={busy}>{rich(p.sent_ms > 0 ? 'plan.send.again' : 'plan.send', { teacher })}</Button></div>
      </form>
    </section>
  )
}

/** Evidence is what a line rests on; a line without any rests on its reason alone, which stands above. */
function Evidence({ lines }: { lines?: EvidenceLine[] }) {
  const list = because(lines)
  if (list.length === 0) return null
  return (
    <>
      <p class="eyebrow">{t('ui.evidence')}</p>
      <ul class="evidence">{list.map((e, i) => <li key={i}><span>{e.what}</span><span class="quiet">{e.when}</span></li>)}</ul>
    </>
  )
}

/** Credited is what would count as known, with the minutes that it gives back. */
function Credited({ proposal: p, contested, toggle, teacher }: { proposal: ProposalShown; contested: string[]; toggle: (key: string) => void; teacher: string }) {
  return (
    <Card tone="good" title={t('plan.credited', { n: p.credited.length })}>
      <p class="small">{t('plan.credited.more', { n: p.minutes_back, time: span(p.minutes_back), teacher })}</p>
      <ul class="credits">
        {p.credited.map((l) => (
          <li key={l.key}>
            <span class="stepname" data-own>{l.title}</span>
            <div class="row near lineacts">
              <Why about={l.title} reason={say(l.reason)} evidence={because(l.because)} />
              <Button kind="plain" small pressed={contested.includes(l.key)} onClick={() => toggle(l.key)}>{t(contested.includes(l.key) ? 'plan.unsure.said' : 'plan.unsure')}</Button>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}

mount(Plan)
live((change) => { if (change && change.kind !== 'attempt' && change.kind !== 'viewing') void reload() })
