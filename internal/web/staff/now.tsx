// now: a class while it runs: who asks for help, who is where and on what, the piles with their exit checks.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { NowPage, NowPile } from '../lib/api.gen.ts'
import { paths } from '../lib/api.gen.ts'
import { live } from '../lib/live.ts'
import { mount, now as present, reload } from '../lib/page.ts'
import type { Problem } from '../lib/problem.ts'
import { act } from '../lib/send.ts'
import { ago, clock } from '../lib/time.ts'
import { rich, say, t } from '../lib/words.ts'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Icon } from '../ui/Icon.tsx'
import { NextStep } from '../ui/NextStep.tsx'
import { EmptyState, ErrorBox, toast } from '../ui/Says.tsx'
import { Shell } from '../ui/Shell.tsx'
import { Grid } from './now_grid.tsx'
import { doing, type Naming } from './now_words.ts'

/** Soon are the changes that a teacher waits for; others may come in a little later, together. */
const soon = new Set(['hand', 'day', 'exit', 'meeting'])

/** useLive asks for the page anew when something of the class changed: at once for a hand, within a second for an answer. */
function useLive() {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let due = Infinity
    const stop = live((change) => {
      const wait = !change || soon.has(change.kind) ? 40 : 700
      if (Date.now() + wait >= due) return
      clearTimeout(timer)
      due = Date.now() + wait
      timer = setTimeout(() => { due = Infinity; void reload() }, wait)
    })
    return () => { clearTimeout(timer); stop() }
  }, [])
}

/** useTick draws again every so often: minutes pass without anything changing. */
function useTick(ms: number) {
  const [, set] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => set((n) => n + 1), ms)
    return () => clearInterval(timer)
  }, [ms])
}

function Now({ view }: { view: NowPage }) {
  useLive()
  useTick(15_000)
  const [hidden, hide] = useState(false)
  const [problem, setProblem] = useState<Problem | undefined>()
  const [busy, setBusy] = useState('')
  const number = useMemo(() => new Map(view.learners.map((l, i) => [l.id, i + 1])), [view.learners])
  const naming: Naming = (id, name) => (hidden ? t('now.hidden', { n: number.get(id) ?? 0 }) : name)
  const send: Send = async (key, path, body) => {
    setBusy(key)
    const answer = await act(path, body)
    if (answer.ok) setProblem(undefined)
    else if (!answer.kept) setProblem(answer.problem)
    await reload()
    setBusy('')
    return answer.ok
  }
  const page: Part = { view, naming, send, busy }
  return (
    <Shell width="wide">
      <Head {...page} hidden={hidden} hide={hide} />
      {problem && <ErrorBox problem={problem} />}
      {view.state === 'running' ? <Running {...page} /> : <Waiting {...page} />}
    </Shell>
  )
}

/** Send does an act and draws the page anew; false when it was refused. */
export type Send = (key: string, path: string, body: object) => Promise<boolean>

/** Part is what every part of the page needs. */
export interface Part { view: NowPage; naming: Naming; send: Send; busy: string }

function Head({ view, send, busy, hidden, hide }: Part & { hidden: boolean; hide: (on: boolean) => void }) {
  const running = view.state === 'running'
  return (
    <div class="now-head">
      <div>
        <h1>{rich('now.heading', { class: <bdi>{view.class.name}</bdi> })}</h1>
        <p class="quiet">
          {view.lesson ? <bdi>{view.lesson}</bdi> : t('now.nolesson')}
          {running && view.started_ms ? <> · {t('now.since', { at: clock(view.started_ms) })}</> : null}
        </p>
      </div>
      <div class="row near">
        <LinkButton href={`/class/${view.class.id}/room`} target="_blank" icon="screen">{t('now.room')}</LinkButton>
        <Button icon="look" onClick={() => hide(!hidden)}>{t(hidden ? 'now.show' : 'now.hide')}</Button>
        {running && <Button busy={busy === 'end'} onClick={() => void send('end', paths.end_day, { class: view.class.id })}>{t('now.end')}</Button>}
      </div>
    </div>
  )
}

/** Waiting is the page before and after the lesson. */
function Waiting(p: Part) {
  const { view } = p
  const over = view.state === 'over'
  return (
    <>
      <NextStep
        eyebrow={t(over ? 'now.over.eyebrow' : 'now.start.eyebrow')} title={t(over ? 'now.over.title' : 'now.start.title')}
        reason={over && view.ended_ms ? t('now.over.reason', { at: clock(view.ended_ms) }) : t(view.planned ? 'now.start.reason' : 'now.start.unplanned')}
        facts={<><span><Icon name="people" />{t('now.learners', { n: view.learners.length })}</span>{view.piles.length > 0 && <span><Icon name="group" />{t('now.piles', { n: view.piles.length })}</span>}</>}
      >
        <Button kind={over ? 'quiet' : 'primary'} icon="play" busy={p.busy === 'start'} onClick={() => void p.send('start', paths.start_day, { class: view.class.id })}>{t(over ? 'now.again' : 'now.start')}</Button>
      </NextStep>
      {view.hands.length > 0 && <Hands {...p} />}
      {view.piles.length > 0 && <Piles {...p} still />}
      {!over && <div class="row"><LinkButton kind="plain" icon="move" href={`/class/${view.class.id}/today`}>{t('now.totoday')}</LinkButton></div>}
      {view.learners.length > 0 && view.skills.length > 0 && <Grid view={view} naming={p.naming} />}
    </>
  )
}

function Running(p: Part) {
  return (
    <>
      <Counts view={p.view} />
      <div class="now-board">
        <div class="now-side">
          <Hands {...p} />
          <Company {...p} />
        </div>
        <Piles {...p} />
      </div>
      <Grid view={p.view} naming={p.naming} />
    </>
  )
}

/** Counts says the class in three short sentences. */
function Counts({ view }: { view: NowPage }) {
  const at = present()
  const here = view.learners.filter((l) => l.seen_ms > 0 && at - l.seen_ms < view.here_ms).length
  return (
    <ul class="now-counts">
      <li>{rich('now.count.here', { n: here, of: view.learners.length })}</li>
      <li>{rich('now.count.hands', { n: view.hands.length })}</li>
      {view.company.length > 0 && <li>{rich('now.count.company', { n: view.company.length })}</li>}
    </ul>
  )
}

/** useNext lets the key H go to the next hand that nobody is coming to, wherever the focus is but in a field. */
function useNext(at: { current: HTMLElement | null }) {
  useEffect(() => {
    const key = (e: KeyboardEvent) => {
      if (e.key !== 'h' || e.ctrlKey || e.metaKey || e.altKey || (e.target as Element).matches('input, textarea, select')) return
      const open = [...(at.current?.querySelectorAll<HTMLElement>('.hand:not(.coming) button') ?? [])].filter((_, i) => i % 2 === 0)
      const next = open[(open.indexOf(document.activeElement as HTMLElement) + 1) % open.length]
      if (next) { e.preventDefault(); next.focus() }
    }
    document.addEventListener('keydown', key)
    return () => document.removeEventListener('keydown', key)
  }, [at])
}

/** Hands is the queue, oldest first. */
export function Hands({ view, naming, send, busy }: Part) {
  const at = useRef<HTMLElement>(null)
  useNext(at)
  const place = new Map(view.learners.map((l) => [l.id, view.piles.find((p) => p.id === l.pile)]))
  return (
    <section ref={at} class="now-hands" aria-labelledby="hands" aria-keyshortcuts="h">
      <h2 id="hands">{t('now.hands')}</h2>
      {view.hands.length === 0 && <EmptyState icon="hand" title={t('now.hands.none')}><p>{t('now.hands.none.more')}</p></EmptyState>}
      <ol>
        {view.hands.map((h) => (
          <li key={h.id} class={h.coming ? 'hand coming' : 'hand'}>
            <p class="who"><b><bdi>{naming(h.learner, h.name)}</bdi></b><span class="quiet tabular">{waited(h.raised_ms)}</span></p>
            <p class="line"><bdi>{h.line}</bdi></p>
            <p class="quiet small">{[say(place.get(h.learner)?.where), doing(h.page, h.title)].filter(Boolean).map((part, i) => <span key={part}>{i > 0 && ' · '}<bdi>{part}</bdi></span>)}</p>
            <div class="row near">
              {h.coming ? <span class="now-coming"><Icon name="check" />{h.mine ? t('now.coming.me') : rich('now.coming.by', { name: <bdi>{h.by ?? ''}</bdi> })}</span>
                : <Button small icon="next" busy={busy === h.id} label={t('now.coming.label', { name: naming(h.learner, h.name) })} onClick={() => void send(h.id, paths.claim_help, { hand: h.id })}>{t('now.coming')}</Button>}
              <Button small icon="check" busy={busy === h.id} label={t('now.done.label', { name: naming(h.learner, h.name) })} onClick={() => void send(h.id, paths.resolve_help, { hand: h.id })}>{t('now.done')}</Button>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** waited is how long a hand has been up; one from before this lesson says since when. */
function waited(raised: number): string {
  return present() - raised < 3_600_000 ? ago(raised) : t('now.sinceearlier')
}

/** Company is who might want company, today and on this page alone. */
function Company({ view, naming }: Part) {
  if (view.company.length === 0) return null
  return (
    <section class="now-company" aria-labelledby="company">
      <h2 id="company">{t('now.company')}</h2>
      <ul>
        {view.company.map((c) => (
          <li key={c.learner}>
            <b><bdi>{naming(c.learner, c.name)}</bdi></b><span>{say(c.reason)}</span>
            <span class="quiet small">{[c.title, ...c.more.map((m) => say(m))].map((part, i) => <span key={part}>{i > 0 && ' · '}<bdi>{part}</bdi></span>)}</span>
          </li>
        ))}
      </ul>
      <p class="quiet small">{t('now.company.tip')}</p>
    </section>
  )
}

const kindIcons = { sit: 'sit', watch: 'read', carry: 'try', deeper: 'deeper' } as const

export function Piles(p: Part & { still?: boolean }) {
  return (
    <section class="now-piles" aria-labelledby="piles">
      <div class="row apart"><h2 id="piles">{t('now.tables')}</h2>{!p.still && <p class="small quiet">{t('now.sat.tip')}</p>}</div>
      <div class="board">{p.view.piles.map((pile) => <Pile key={pile.id} pile={pile} {...p} />)}</div>
    </section>
  )
}

function Pile({ pile, naming, send, busy, still }: Part & { pile: NowPile; still?: boolean }) {
  const met = pile.members.length > 0 && pile.members.every((m) => m.sat)
  const sat = async (learner: string, undo: boolean) => {
    const body = { pile: pile.id, ...(learner && { learner }), ...(undo && { undo }) }
    if ((await send(`${pile.id}/sat`, paths.sat_together, body)) && !undo) {
      toast(t('now.sat.saved'), { words: t('ui.undo'), run: () => void send(`${pile.id}/sat`, paths.sat_together, { ...body, undo: true }) })
    }
  }
  return (
    <Card class="now-pile" title={say(pile.where)} aside={<span class="kind"><Icon name={kindIcons[pile.kind]} />{t(`now.kind.${pile.kind}`)}</span>}>
      {pile.title && <p class="small quiet"><bdi>{pile.title}</bdi></p>}
      {still && <ul class="still">{pile.members.map((m) => <li key={m.id}><bdi>{naming(m.id, m.name)}</bdi></li>)}</ul>}
      {!still && <ul class="members">
        {pile.members.map((m) => (
          <li key={m.id}>
            <button type="button" class="member" aria-pressed={m.sat} title={t(m.sat ? 'now.sat.one.was' : 'now.sat.one')} onClick={() => void sat(m.id, m.sat)}>
              {m.sat && <Icon name="check" />}<bdi>{naming(m.id, m.name)}</bdi><span class="hear"> {t(m.sat ? 'now.sat.one.was' : 'now.sat.one')}</span>
              {(pile.exit_ms ?? 0) > 0 && <ExitDots went={m.exit} />}
            </button>
          </li>
        ))}
      </ul>}
      {!still && (
        <div class="row near acts">
          {pile.items > 0 && ((pile.exit_ms ?? 0) > 0
            ? <ExitSum pile={pile} />
            : <Button small icon="flag" busy={busy === `${pile.id}/exit`} onClick={() => void send(`${pile.id}/exit`, paths.open_exit, { pile: pile.id })}>{t('now.exit')}</Button>)}
          {met ? <span class="now-coming"><Icon name="check" />{t('now.sat.all')}</span>
            : <Button small icon="talk" busy={busy === `${pile.id}/sat`} onClick={() => void sat('', false)}>{t('now.sat')}</Button>}
        </div>
      )}
    </Card>
  )
}

/** ExitDots are one learner's exit answers as they come in. */
function ExitDots({ went }: { went: string[] }) {
  const list = went.map((w) => t(`now.went.${w || 'waits'}`)).join(', ')
  return <span class="dots" role="img" aria-label={t('now.exit.of', { list })}>{went.map((w, i) => <span key={i} class={`dot ${w || 'unread'}`} />)}</span>
}

function ExitSum({ pile }: { pile: NowPile }) {
  const all = pile.members.flatMap((m) => m.exit)
  const done = pile.members.filter((m) => m.exit.every(Boolean))
  const right = done.filter((m) => m.exit.every((w) => w === 'right')).length
  if (all.every((w) => !w)) return <span class="small quiet" role="status">{t('now.exit.open')}</span>
  return <span class="exit-sum small" role="status">{done.length === 0 ? t('now.exit.first') : t(done.length < pile.members.length ? 'now.exit.sofar' : 'now.exit.sum', { right, of: done.length })}</span>
}

mount(Now)
