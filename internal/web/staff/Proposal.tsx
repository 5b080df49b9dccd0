// Proposal: a proposed plan as a teacher reads, edits and answers it. The inbox and a learner's page share it.
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { InboxPlan, PlanEdit, PutChoices, StepIn, StepLine } from '../lib/api.gen.ts'
import { dayOf, when } from '../lib/time.ts'
import { rich, say, t } from '../lib/words.ts'
import { Button } from '../ui/Button.tsx'
import { Field, Tick } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { because, stepIcon, stepName } from '../ui/Steps.tsx'
import { type Because, Why } from '../ui/Why.tsx'
import type { Common } from './cards.ts'
import { previewOfStep } from './previews.ts'
import { type Row, editsOf, lineOf, rowsOf } from './edits.ts'

/** wished says whether the learner said anything when sending. */
export function wished(p: InboxPlan): boolean {
  return p.moved.length + p.asked.length + p.contested.length > 0 || p.word !== ''
}

/** whyOf is what stands behind one line: of a single plan its reason and evidence, of look-alikes everybody's by name. */
function whyOf(plans: InboxPlan[], key: string, from: (p: InboxPlan) => StepLine[]): { reason?: string; evidence: Because[] } {
  const of = plans.map((p) => ({ name: p.name, line: from(p).find((l) => l.key === key) })).filter((x) => x.line !== undefined)
  const reasons = new Set(of.map((x) => say(x.line!.reason)))
  if (of.length === 1) return { reason: [...reasons][0], evidence: because(of[0]!.line!.because) }
  const evidence = of.flatMap(({ name, line }): Because[] => {
    const own = because(line!.because).slice(0, 2)
    const told = reasons.size > 1 ? [{ what: <><bdi>{name}</bdi>: {say(line!.reason)}</> }] : []
    return [...told, ...own.map((e) => ({ what: <><bdi>{name}</bdi>: {e.what}</>, when: e.when }))]
  })
  return { reason: reasons.size === 1 ? [...reasons][0] : undefined, evidence }
}

function Tag({ tone, children }: { tone?: 'note' | 'new'; children: ComponentChildren }) {
  return <span class={tone ? `tag ${tone}` : 'tag'}>{children}</span>
}

function Tags({ plan: p, line, common }: { plan: InboxPlan; line: StepLine; common?: Common }) {
  const name = <bdi>{p.name}</bdi>
  return (
    <>
      {p.contested.includes(line.key) && !p.asked.includes(line.key) && <Tag tone="note">{rich('proposal.otherwise', { name })}</Tag>}
      {p.asked.includes(line.key) ? <Tag tone="note">{rich('proposal.asked.by', { name })}</Tag>
        : p.moved.includes(line.key) ? <Tag tone="note">{rich('proposal.moved.by', { name })}</Tag>
        : line.change === 'added' && p.lines.some((l) => l.change !== 'added') ? <Tag tone="new">{t('proposal.new')}</Tag>
        : line.change === 'moved' ? <Tag>{t('proposal.moved')}</Tag>
        : common && !common.keys.has(line.key) ? <Tag>{t('proposal.notin', { n: common.plans })}</Tag> : null}
    </>
  )
}

/** facts are kind, minutes, must or may, and the reason where it is given, in one quiet line; toggled where a
 * button beside it says whether it must be done. */
export function facts(line: StepLine, reason?: string, toggled = false): ComponentChildren {
  return (
    <span class="linefacts">
      <span>{t(`proposal.kind.${line.kind}`)}</span>
      {line.minutes > 0 && <span>{t('step.minutes', { n: line.minutes })}</span>}
      {!toggled && <span>{t(line.must ? 'proposal.must' : 'proposal.may')}</span>}
      {line.pinned && <span>{t('proposal.pinned')}</span>}
      {reason && <span class="reason">{reason}</span>}
    </span>
  )
}

/** Name is a step's name; it opens what the step asks of a learner, beside the plan that is being read. */
export function Name({ cls, line, unit }: { cls: string; line: StepLine; unit: string }) {
  const to = previewOfStep(cls, line, unit)
  const name = <b data-own>{stepName(line)}</b>
  return to ? <a class="stepsee" href={to} target="_blank" rel="noopener" title={t('proposal.see')}>{name}</a> : name
}

/** Voice is what the learner said when sending. */
function Voice({ of: p }: { of: InboxPlan }) {
  if (!wished(p)) return null
  return (
    <div class="voice">
      <Icon name="talk" />
      {p.word ? <p><b>{rich('proposal.voice', { name: <bdi>{p.name}</bdi> })}</b> <q><bdi>{p.word}</bdi></q></p> : <p>{rich('proposal.voice.none', { name: <bdi>{p.name}</bdi> })}</p>}
    </div>
  )
}

/** Body is what a proposal would do: the learner's voice first, then the steps, what comes out and what is credited. common
 * are look-alikes that the teacher has read: lines that they do not have are marked. */
export function Body({ cls, plans, common }: { cls: string; plans: InboxPlan[]; common?: Common }) {
  const p = plans[0]!
  return (
    <>
      {plans.length === 1 && <Voice of={p} />}
      <ol class="planlines">
        {p.lines.map((l) => {
          const why = whyOf(plans, l.key, (x) => x.lines)
          return (
            <li key={l.key} class={`planline ${l.change ?? ''}`}>
              <Icon name={stepIcon(l)} />
              <div class="what">
                <p><Name cls={cls} line={l} unit={p.class_unit} /> <Tags plan={p} line={l} common={common} /></p>
                <p class="small quiet">{facts(l, why.reason)}</p>
              </div>
              <Why about={stepName(l)} reason={why.reason} evidence={why.evidence} />
            </li>
          )
        })}
      </ol>
      {p.dropped.length > 0 && (
        <div class="stack near">
          <h3>{t('proposal.dropped')}</h3>
          <ul class="planlines">
            {p.dropped.map((l) => <li key={l.key} class="planline dropped"><Icon name="close" /><div class="what"><p><s data-own>{stepName(l)}</s></p><p class="small quiet">{say(l.reason)}</p></div></li>)}
          </ul>
        </div>
      )}
      <Credits plans={plans} />
      {plans.length === 1 && <Ready of={p} />}
    </>
  )
}

/** Ready is what else could come next, the most useful for its minutes first. */
function Ready({ of: p }: { of: InboxPlan }) {
  if (p.ready.length === 0) return null
  return (
    <details class="why">
      <summary><Icon name="why" />{t('proposal.ready')}<Icon name="open" /></summary>
      <div class="because">
        <p class="small quiet">{t('proposal.ready.more')}</p>
        <ol class="stack near">
          {p.ready.map((r) => (
            <li key={r.title}><b data-own>{r.title}</b> <span class="small quiet">{t('proposal.ready.minutes', { n: r.minutes })} {r.faded ? t('proposal.ready.faded') : r.toward === r.title ? t('proposal.ready.goal') : r.toward ? rich('proposal.ready.toward', { goal: <span data-own>{r.toward}</span> }) : ''}</span></li>
          ))}
        </ol>
      </div>
    </details>
  )
}

function Credits({ plans }: { plans: InboxPlan[] }) {
  const keys = [...new Map(plans.flatMap((p) => p.credited.map((c) => [c.key, c] as const))).values()]
  if (keys.length === 0) return null
  const back = plans.length === 1 ? plans[0]!.minutes_back : 0
  return (
    <div class="stack near">
      <h3>{t('proposal.credited', { n: keys.length })}{back > 0 && <span class="quiet back">{t('proposal.back', { n: back })}</span>}</h3>
      <ul class="planlines">
        {keys.map((c) => {
          const who = plans.filter((p) => p.credited.some((x) => x.key === c.key))
          const why = whyOf(plans, c.key, (x) => x.credited)
          return (
            <li key={c.key} class="planline credited">
              <Icon name="right" />
              <div class="what">
                <p><b data-own>{c.title}</b></p>
                {plans.length > 1 && <p class="small quiet">{who.length === plans.length ? t('proposal.all', { n: plans.length }) : <bdi>{who.map((p) => p.name).join(', ')}</bdi>}</p>}
              </div>
              <Why about={stepName(c)} reason={why.reason} evidence={why.evidence} />
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** sentWhen says why there is a proposal and since when it waits. */
export function sentWhen(p: InboxPlan): ComponentChildren {
  return <>{t(`proposal.cause.${p.cause}`)}, {p.sent_ms > 0 ? t('proposal.sent', { when: when(dayOf(p.sent_ms)) }) : t('proposal.unsent')}</>
}

/** SendBack asks for the reason of a no. */
export function SendBack({ plans, busy, onSend, onCancel }: { plans: InboxPlan[]; busy: boolean; onSend: (reason: string) => void; onCancel: () => void }) {
  const [reason, setReason] = useState('')
  return (
    <form class="stack answerbox" onSubmit={(e) => { e.preventDefault(); if (reason.trim()) onSend(reason) }}>
      <Field label={t('proposal.reject.why')} tip={rich('proposal.reject.reads', { n: plans.length, names: <bdi>{plans.map((p) => p.name).join(', ')}</bdi> })} value={reason} onInput={setReason} lines={2} max={280} focus />
      <div class="row"><Button kind="primary" type="submit" busy={busy || !reason.trim()}>{t('proposal.reject.send')}</Button><Button onClick={onCancel}>{t('ui.cancel')}</Button></div>
    </form>
  )
}

/** Editing changes a plan before it is accepted: order, must or may, in and out, credits. */
export function Editing({ plan: p, puts, busy, onSave, onCancel, dirty }: { /** dirty says whether something was changed that would be lost. */ dirty?: { current: boolean }; plan: InboxPlan; puts?: PutChoices; busy: boolean; onSave: (edits: PlanEdit[], uncredited: string[], reason: string) => void; onCancel: () => void }) {
  const [rows, setRows] = useState<Row[]>(() => rowsOf(p.lines))
  const [uncredited, setUncredited] = useState<string[]>([])
  const [reason, setReason] = useState('')
  const changed = editsOf(p.lines, rows).length > 0 || uncredited.length > 0 || reason.trim() !== ''
  useEffect(() => { if (dirty) dirty.current = changed }, [changed])
  useEffect(() => () => { if (dirty) dirty.current = false }, [])
  const set = (key: string, change: Partial<Row>) => setRows(rows.map((r) => (r.line.key === key ? { ...r, ...change } : r)))
  const shift = (i: number, by: number) => {
    const next = [...rows]
    const [row] = next.splice(i, 1)
    next.splice(i + by, 0, row!)
    setRows(next)
  }
  const put = (step: StepIn, title: string, must: boolean) => {
    const line = lineOf(step, title, must)
    if (rows.some((r) => r.line.key === line.key)) set(line.key, { out: false, must })
    else setRows([{ line, must, step }, ...rows])
  }
  return (
    <form class="stack answerbox" onSubmit={(e) => { e.preventDefault(); onSave(editsOf(p.lines, rows), uncredited, reason) }}>
      <h3>{rich('proposal.edit.heading', { name: <bdi>{p.name}</bdi> })}</h3>
      <Voice of={p} />
      <ol class="planlines">
        {rows.map((r, i) => {
          const title = stepName(r.line)
          return (
            <li key={r.line.key} class={r.out ? 'planline dropped' : 'planline'}>
              <Icon name={stepIcon(r.line)} />
              <div class="what"><p>{r.out ? <s data-own>{title}</s> : <b data-own>{title}</b>} {!r.out && <Tags plan={p} line={r.line} />}</p><p class="small quiet">{t(`proposal.kind.${r.line.kind}`)}</p></div>
              {r.out ? <Button small onClick={() => set(r.line.key, { out: false })}>{t('proposal.in')}</Button> : (
                <div class="lineacts">
                  <label class="musttick"><input type="checkbox" checked={r.must} aria-label={t('proposal.must.of', { title })} onChange={(e) => set(r.line.key, { must: e.currentTarget.checked })} /><span aria-hidden="true">{t('proposal.must')}</span></label>
                  <Button kind="plain" class="square" icon="up" label={t('proposal.up', { title })} disabled={i === 0} onClick={() => shift(i, -1)}>{null}</Button>
                  <Button kind="plain" class="square" icon="down" label={t('proposal.down', { title })} disabled={i === rows.length - 1} onClick={() => shift(i, 1)}>{null}</Button>
                  <Button kind="plain" class="square" icon="close" label={t('proposal.out', { title })} onClick={() => set(r.line.key, { out: true })}>{null}</Button>
                </div>
              )}
            </li>
          )
        })}
      </ol>
      {p.credited.length > 0 && (
        <fieldset class="stack near">
          <legend><h3>{t('proposal.credited', { n: p.credited.length })}</h3></legend>
          {p.credited.map((c) => <Tick key={c.key} label={<span data-own>{c.title}</span>} checked={!uncredited.includes(c.key)} onChange={(on) => setUncredited(on ? uncredited.filter((k) => k !== c.key) : [...uncredited, c.key])} />)}
        </fieldset>
      )}
      {puts && <details class="putin"><summary><Icon name="add" />{t('proposal.put')}</summary><PutIn puts={puts} onPut={put} /></details>}
      <Field label={rich('proposal.edit.word', { name: <bdi>{p.name}</bdi> })} tip={rich('proposal.edit.reads', { name: <bdi>{p.name}</bdi> })} value={reason} onInput={setReason} lines={2} max={280} />
      <div class="row"><Button kind="primary" type="submit" busy={busy}>{t('proposal.edit.save')}</Button><Button onClick={onCancel}>{t('ui.cancel')}</Button></div>
    </form>
  )
}

const kinds = ['lesson', 'practice', 'activity', 'task', 'talk', 'meeting'] as const

/** choices are what can be put in of a kind: id and title. */
function choices(puts: PutChoices, kind: StepIn['kind']): { id: string; title: string }[] {
  switch (kind) {
    case 'lesson': return puts.lessons
    case 'practice': case 'meeting': return puts.skills
    case 'activity': return puts.objectives.filter((o) => o.activity).map((o) => ({ id: o.id, title: o.activity }))
    case 'task': return puts.objectives.filter((o) => o.task).map((o) => ({ id: o.id, title: o.task }))
    default: return puts.objectives
  }
}

function stepIn(kind: StepIn['kind'], id: string): StepIn {
  if (kind === 'lesson') return { kind, lesson: id }
  return kind === 'practice' || kind === 'meeting' ? { kind, skill: id } : { kind, objective: id }
}

/** PutIn chooses a step by kind and subject. name asks for a word to go with it, which that learner reads. */
export function PutIn({ puts, name, busy, onPut }: { puts: PutChoices; name?: string; busy?: boolean; onPut: (step: StepIn, title: string, must: boolean, word: string) => void }) {
  const [kind, setKind] = useState<StepIn['kind']>('practice')
  const [id, setId] = useState('')
  const [must, setMust] = useState(true)
  const [word, setWord] = useState('')
  const list = choices(puts, kind)
  const put = () => {
    const one = list.find((c) => c.id === id)
    if (!one) return
    onPut(stepIn(kind, one.id), one.title, must, word)
    setId('')
    setWord('')
  }
  return (
    <div class="stack">
      <div class="pair">
        <label class="field"><span class="label">{t('proposal.put.kind')}</span>
          <select class="input" value={kind} onChange={(e) => { setKind(e.currentTarget.value as StepIn['kind']); setId('') }}>
            {kinds.filter((k) => choices(puts, k).length > 0).map((k) => <option key={k} value={k}>{t(`proposal.kind.${k}`)}</option>)}
          </select>
        </label>
        <label class="field"><span class="label">{t('proposal.put.what')}</span>
          <select class="input" value={id} onChange={(e) => setId(e.currentTarget.value)}>
            <option value="">{t('proposal.put.choose')}</option>
            {list.map((c) => <option key={c.id} value={c.id} data-own>{c.title}</option>)}
          </select>
        </label>
      </div>
      <Tick label={t('proposal.put.must')} checked={must} onChange={setMust} />
      {name !== undefined && <Field label={t('proposal.put.word')} tip={rich('proposal.put.reads', { name: <bdi>{name}</bdi> })} value={word} onInput={setWord} max={200} />}
      <div class="row"><Button icon="add" busy={busy || !id} onClick={put}>{t('proposal.put.add')}</Button></div>
    </div>
  )
}
