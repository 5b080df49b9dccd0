// inbox: plans that wait for a teacher's word. One card is open at a time; look-alikes are one card.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Decided, type InboxPage, type InboxPlan, paths, type PlanEdit } from '../lib/api.gen.ts'
import { live } from '../lib/live.ts'
import { mount, refresh } from '../lib/page.ts'
import type { Problem } from '../lib/problem.ts'
import { act } from '../lib/send.ts'
import { rich, t } from '../lib/words.ts'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Icon } from '../ui/Icon.tsx'
import { PersonChip } from '../ui/Person.tsx'
import { EmptyState, ErrorBox, toast } from '../ui/Says.tsx'
import { Shell } from '../ui/Shell.tsx'
import { stepName } from '../ui/Steps.tsx'
import { type Card, cardsOf, type Common, commonOf, step } from './cards.ts'
import { Body, Editing, SendBack, sentWhen, wished } from './Proposal.tsx'

type Mode = 'look' | 'edit' | 'back'

/** Trouble is why an act was not done, and what was written for it, which is shown so that it is not lost. */
interface Trouble { problem: Problem; of?: InboxPlan; wrote?: string }

function Inbox({ view }: { view: InboxPage }) {
  const [gone, setGone] = useState<string[]>([])
  const [apart, setApart] = useState<string[]>([])
  const [current, setCurrent] = useState('')
  const [mode, setMode] = useState<Mode>('look')
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const dirty = useRef(false)
  const [leaving, setLeaving] = useState<(() => void) | null>(null)
  const title = useRef<HTMLHeadingElement>(null)
  const cards = cardsOf(view, gone, apart)
  const at = Math.max(0, cards.findIndex((c) => c.id === current))
  const card = cards[at]

  const go = (id: string | undefined, focus = true) => {
    setCurrent(id ?? '')
    setMode('look')
    if (!focus) return
    setTimeout(() => {
      const head = id ? list.current?.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`) : title.current
      head?.focus()
      head?.scrollIntoView({ block: 'nearest' })
    }, 0)
  }

  /** leave asks first where changes to a plan would be lost. */
  const leave = (then: () => void) => { if (dirty.current) setLeaving(() => then); else then() }

  const settle = async (of: Card, path: string, body: object, said: string, wrote = '') => {
    const ids = of.plans.map((p) => p.id)
    setGone((now) => [...now, ...ids])
    setTrouble(null)
    go(cards[at + 1]?.id ?? cards[at - 1]?.id)
    const answer = await act<Decided | unknown>(path, body)
    if (!answer.ok) {
      setGone((now) => now.filter((id) => !ids.includes(id)))
      if (!answer.kept) setTrouble({ problem: answer.problem, of: of.plans.length === 1 ? of.plans[0] : undefined, wrote })
      refresh()
      return
    }
    const left = ((answer.data as Partial<Decided>).outcomes ?? []).filter((o) => o.outcome !== 'decided')
    toast(left.length > 0 ? t('inbox.some', { names: left.map((o) => o.name).join(', ') }) : said, { words: t('ui.undo'), run: () => void undo(ids, of.id) })
    refresh()
  }
  const undo = async (ids: string[], id: string) => {
    setCurrent(id)
    const answer = await act<Decided>(paths.take_back, { class: view.class, proposals: ids })
    setGone((now) => now.filter((id) => !ids.includes(id)))
    if (!answer.ok && !answer.kept) setTrouble({ problem: answer.problem })
    refresh()
  }
  const accept = (of: Card) => void settle(of, paths.decide_proposals, { class: view.class, proposals: of.plans.map((p) => p.id), verdict: 'accept' }, t('inbox.accepted', { n: of.plans.length }))
  const back = (of: Card, reason: string) => void settle(of, paths.decide_proposals, { class: view.class, proposals: of.plans.map((p) => p.id), verdict: 'reject', reason }, t('inbox.rejected', { n: of.plans.length }), reason)
  const edit = (of: Card, edits: PlanEdit[], uncredited: string[], reason: string) => void settle(of, paths.decide_edit, { proposal: of.plans[0]!.id, edits, uncredited, reason }, t('inbox.accepted', { n: 1 }), reason)

  const key = (e: KeyboardEvent) => {
    const from = e.target as HTMLElement
    if (e.ctrlKey || e.metaKey || e.altKey || from.closest('dialog')) return
    // In a field every key is the field's, but for the way out of the one question that sending back asks.
    if (from.closest('input, textarea, select')) {
      if (e.key === 'Escape' && mode === 'back' && card) { e.preventDefault(); go(card.id) }
      return
    }
    const does: Record<string, () => void> = {
      j: () => leave(() => go(step(cards, at, 1))), ArrowDown: () => leave(() => go(step(cards, at, 1))), k: () => leave(() => go(step(cards, at, -1))), ArrowUp: () => leave(() => go(step(cards, at, -1))),
      a: () => { if (card && mode === 'look') accept(card) },
      e: () => { if (card?.plans.length === 1) setMode('edit') },
      r: () => { if (card) leave(() => setMode('back')) },
      Escape: () => leave(() => go(card?.id)),
    }
    const doing = does[e.key]
    if (!doing) return
    e.preventDefault()
    doing()
  }
  // Keys act while the list has focus, so it has it from the start where there is a keyboard to speak of.
  useEffect(() => { if (matchMedia('(hover: hover)').matches) list.current?.querySelector<HTMLElement>('.cardhead')?.focus() }, [])

  const n = cards.reduce((sum, c) => sum + c.plans.length, 0)
  return (
    <Shell>
      <div>
        <h1 ref={title} tabIndex={-1}>{t('inbox.heading')}</h1>
        <p class="quiet"><bdi>{view.name}</bdi>{n > 0 && <>: {t('inbox.count', { n, same: cards.some((c) => c.plans.length > 1) ? 'yes' : 'no' })}</>}</p>
        {n > 0 && <p class="small quiet keys">{t('inbox.keys')}</p>}
      </div>
      {view.appeals > 0 && (
        <p class="card appealsline"><Icon name="hand" /><span>{t('inbox.appeals', { n: view.appeals })}</span><LinkButton small href={`/class/${view.class}/appeals`}>{t('inbox.appeals.look', { n: view.appeals })}</LinkButton></p>
      )}
      {trouble && (
        <ErrorBox problem={trouble.problem}>
          {trouble.wrote && <p>{t('inbox.wrote')} <q><bdi>{trouble.wrote}</bdi></q></p>}
          {trouble.of && <p><a href={`/learner/${trouble.of.learner}`}>{rich('inbox.page', { name: <bdi>{trouble.of.name}</bdi> })}</a></p>}
        </ErrorBox>
      )}
      {n === 0 && view.appeals === 0 && <EmptyState icon="inbox" title={t('inbox.empty')}><p>{t('inbox.empty.more')}</p><LinkButton href={`/class/${view.class}/today`}>{t('inbox.today')}</LinkButton></EmptyState>}
      {/* The list hears keys that come up from the cards' own buttons. */}
      {n > 0 && (
        <div class="cards" ref={list} role="presentation" onKeyDown={key}>
          {cards.map((c) => (
            <PlanCard
              key={c.id} card={c} view={view} open={c === card} mode={mode} onMode={(next) => leave(() => setMode(next))} dirty={dirty}
              onOpen={() => leave(() => go(c === card && mode === 'look' ? undefined : c.id, false))} onAccept={() => accept(c)} onBack={(reason) => back(c, reason)}
              onEdit={(edits, uncredited, reason) => edit(c, edits, uncredited, reason)} onApart={(id) => leave(() => { setApart([...apart, id]); go(id) })}
            />
          ))}
        </div>
      )}
      <Still view={view} />
      <How view={view} />
      <Dialog
        open={leaving !== null} onClose={() => setLeaving(null)} title={t('inbox.leave.title')}
        footer={<><Button onClick={() => { const then = leaving; setLeaving(null); dirty.current = false; then?.() }}>{t('inbox.leave.drop')}</Button><Button kind="primary" onClick={() => setLeaving(null)}>{t('inbox.leave.keep')}</Button></>}
      ><p>{t('inbox.leave.more')}</p></Dialog>
    </Shell>
  )
}

interface CardProps {
  card: Card
  view: InboxPage
  open: boolean
  mode: Mode
  onMode: (mode: Mode) => void
  dirty: { current: boolean }
  onOpen: () => void
  onAccept: () => void
  onBack: (reason: string) => void
  onEdit: (edits: PlanEdit[], uncredited: string[], reason: string) => void
  onApart: (id: string) => void
}

function PlanCard(p: CardProps) {
  const { plans } = p.card
  const one = plans.length === 1 ? plans[0]! : null
  const first = plans[0]!
  const body = `body-${p.card.id}`
  const common = one ? commonOf(p.view.same, one) : undefined
  return (
    <article class={p.open ? 'plancard open' : 'plancard'}>
      <h2>
        <button type="button" class="cardhead" data-card={p.card.id} aria-expanded={p.open} aria-controls={p.open ? body : undefined} onClick={p.onOpen}>
          <span class="name">{one ? <bdi>{one.name}</bdi> : t('inbox.same', { n: plans.length, lines: first.lines.length })}</span>
          <span class="gist"><Gist plans={plans} units={p.view.puts.length > 1} common={common} open={p.open} /></span>
        </button>
      </h2>
      {p.open && (
        <div class="cardbody" id={body}>
          {!one && <Who plans={plans} onApart={p.onApart} />}
          {p.mode === 'edit' && one
            ? <Editing dirty={p.dirty} plan={one} puts={p.view.puts.find((x) => x.class_unit === one.class_unit)} busy={false} onSave={p.onEdit} onCancel={() => p.onMode('look')} />
            : (
              <>
                <Body cls={p.view.class} plans={plans} common={common} />
                {one && <div><LinkButton kind="plain" small href={`/learner/${one.learner}`} after="next">{rich('inbox.page', { name: <bdi>{one.name}</bdi> })}</LinkButton></div>}
                {p.mode === 'back' ? <SendBack plans={plans} busy={false} onSend={p.onBack} onCancel={() => p.onMode('look')} /> : (
                  <div class="cardacts">
                    <Button kind="primary" icon="check" onClick={p.onAccept}>{one ? t('proposal.accept') : t('proposal.accept.n', { n: plans.length })}</Button>
                    {one && <Button icon="edit" onClick={() => p.onMode('edit')}>{t('proposal.edit')}</Button>}
                    <Button kind="plain" onClick={() => p.onMode('back')}>{one ? t('proposal.reject') : t('proposal.reject.n', { n: plans.length })}</Button>
                  </div>
                )}
              </>
            )}
        </div>
      )}
    </article>
  )
}

/** Gist is a card in one line: why there is a proposal, what it changes and how far it is like the others'; and the
 * learner's word in a line of its own, so that it is read before anything is opened. */
function Gist({ plans, units, common, open }: { plans: InboxPlan[]; units: boolean; common?: Common; open: boolean }) {
  const p = plans[0]!
  const count = (change: string) => p.lines.filter((l) => l.change === change).length
  const credits = new Set(plans.flatMap((x) => x.credited.map((c) => c.key))).size
  const fresh = p.lines.every((l) => l.change === 'added')
  const bits = (['kept', 'added', 'moved'] as const).map((c) => ({ c, n: count(c) })).filter((x) => x.n > 0)
  return (
    <>
      {units && <span data-own>{p.unit}</span>}
      {plans.length === 1 && <span>{sentWhen(p)}</span>}
      {fresh && plans.length === 1 && <span>{t(p.first ? 'inbox.first' : 'inbox.lines', { lines: p.lines.length })}</span>}
      {fresh ? p.lines[0] && <span>{rich('inbox.starts', { title: <span data-own>{stepName(p.lines[0])}</span> })}</span> : bits.map(({ c, n }) => <span key={c}>{t(c === 'added' ? 'inbox.new' : `inbox.${c}`, { n })}</span>)}
      {p.dropped.length > 0 && <span>{t('inbox.out', { n: p.dropped.length })}</span>}
      {credits > 0 && <span>{t('inbox.credits', { n: credits })}</span>}
      {common && <span>{t('inbox.common', { n: p.lines.filter((l) => common.keys.has(l.key)).length, lines: p.lines.length, of: common.plans })}</span>}
      {plans.length === 1 && !open && wished(p) && (p.word ? <q class="says word"><bdi>{p.word}</bdi></q> : <span class="says">{t('proposal.voice.some', { name: p.name })}</span>)}
    </>
  )
}

function Who({ plans, onApart }: { plans: InboxPlan[]; onApart: (id: string) => void }) {
  return (
    <details class="who">
      <summary><span class="everyone"><bdi>{plans.map((p) => p.name).join(', ')}</bdi></span><span class="opens">{t('inbox.who')}<Icon name="open" /></span></summary>
      <div class="names">{plans.map((p) => <PersonChip key={p.id} name={p.name} onClick={() => onApart(p.id)} />)}</div>
    </details>
  )
}

/** Still is who has not sent a proposed plan yet: there to be found, not in the way. */
function Still({ view }: { view: InboxPage }) {
  if (view.with.length === 0) return null
  return (
    <details class="with">
      <summary>{t('inbox.with', { n: view.with.length })}<Icon name="open" /></summary>
      <div class="stack near">
        <p class="small quiet measure">{t('inbox.with.more')}</p>
        <div class="names">{view.with.map((p) => <PersonChip key={p.id} name={p.name} href={`/learner/${p.id}`} />)}</div>
      </div>
    </details>
  )
}

function How({ view }: { view: InboxPage }) {
  const [busy, setBusy] = useState(false)
  const turn = async () => {
    setBusy(true)
    const answer = await act(paths.set_proposals, { class: view.class, on: !view.on })
    setBusy(false)
    if (answer.ok) refresh()
  }
  return (
    <details class="how" open={!view.on}>
      <summary>{t('inbox.how')}<Icon name="open" /></summary>
      <div class="stack near">
        <p class="measure">{view.on ? t('inbox.on') : <><b>{t('inbox.off')}.</b> {t('inbox.off.more')}</>}</p>
        <div class="row"><Button busy={busy} onClick={() => void turn()}>{t(view.on ? 'inbox.switch.off' : 'inbox.switch.on')}</Button></div>
      </div>
    </details>
  )
}

mount(Inbox)
const matters = new Set(['decision', 'proposal', 'credit', 'withdrawal', 'units', 'people', 'appeal', 'ruling'])
live((change) => { if (change && matters.has(change.kind)) refresh() })
