import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { type AskedAxes, type AskedScaffold, type AttemptOut, type Criterion, paths } from '../lib/api.gen.ts'
import { dropForm, keepForm, keptForm } from '../lib/keep.ts'
import { newOp } from '../lib/op.ts'
import { sendFiles } from '../lib/photo.ts'
import type { Problem } from '../lib/problem.ts'
import { now, reload } from '../lib/page.ts'
import { arrived, claim, putAway, refused, send, waiting } from '../lib/send.ts'
import { rich, say, t } from '../lib/words.ts'
import { Appeal } from './Appeal.tsx'
import { Answer, type AnswerProps, entered, noResponse, type Response } from './Answer.tsx'
import { Button } from './Button.tsx'
import { Drawn, type El } from './Drawn.tsx'
import type { Area } from './Hotspot.tsx'
import { HintLadder, NotYet, Verdict } from './Feedback.tsx'
import { Icon } from './Icon.tsx'
import { ErrorBox, toast } from './Says.tsx'
import { scaffoldOf } from './Scaffold.tsx'
import { Dots, StatusMark, type Try } from './Status.tsx'
import { drafted, Looks, written } from './Written.tsx'

/** AskedItem is a variant as the server sends it. */
export interface AskedItem {
  item: string
  version: number
  kind: string
  text: El[]
  options: { index: number; text: El[]; area?: Area }[]
  groups?: El[][]
  picture?: El[]
  many?: boolean
  boxes: { before: string; after: string; label: string }[]
  unit: string
  letters?: string[]
  axes?: AskedAxes
  most?: number
  sends?: string
  rubric?: Criterion[]
  draw_n: number
  attribution?: { source: string; authors: string; licence: string; url?: string }
}

/** subjectOf names what is answered, for a reading. */
export const subjectOf = (asked: { item: string; version: number; draw_n: number }) => ({ item: asked.item, version: asked.version, draw_n: asked.draw_n })

/** isEntered says whether there is something to check. */
export function isEntered(asked: AskedItem, response: Response): boolean {
  const n = asked.kind === 'blanks' ? asked.boxes.length : asked.kind === 'matching' ? asked.groups?.length : asked.kind === 'sorting' ? asked.options.length : 1
  return entered(asked.kind as AnswerProps['kind'], response, n)
}

/** Asked shows a variant's text and takes its answer. */
export function Asked({ asked, value, onInput, fixed }: { asked: AskedItem; value: Response; onInput: (next: Response) => void; fixed?: boolean }) {
  const id = useId()
  return (
    <div class="stack">
      <div id={id} class="asked"><Drawn of={asked.text} item /></div>
      <Answer
        kind={asked.kind as AnswerProps['kind']} options={asked.options.map((o) => ({ i: o.index, text: o.text, area: o.area }))} groups={asked.groups} picture={asked.picture} many={asked.many} boxes={asked.boxes} unit={asked.unit}
        value={value} onInput={onInput} fixed={fixed} by={id} subject={subjectOf(asked)} letters={asked.letters} most={asked.most} sends={asked.sends} axes={asked.axes}
      />
      {asked.rubric && <Looks rubric={asked.rubric} />}
      {asked.attribution && <p class="small quiet" data-own>{[asked.attribution.source, asked.attribution.authors, asked.attribution.licence].filter(Boolean).join(' · ')}</p>}
    </div>
  )
}

/** yieldTo draws what another tab has made of the page, says so, and puts the refused copy away: nothing was lost. */
export async function yieldTo(words: string, path: string): Promise<void> {
  toast(words)
  await reload()
  for (const e of refused.value) if (e.path === path && e.refused?.kind === 'conflict') await putAway(e.op)
}

/** useArrived loads the page anew once what waited on this device has arrived: answers of an earlier visit, however fast they
 * went, or one that was kept because the school could not be reached. What the page itself notes in passing is no reason. own:
 * the page looks after its answer itself. */
export function useArrived(own: boolean): void {
  const waited = useRef(false)
  const before = useRef({ left: 0, late: 0 })
  const left = waiting.value, late = arrived.value.length
  useEffect(() => {
    if (left < before.current.left && late > before.current.late) waited.current = true
    before.current = { left, late }
    if (left === 0) {
      if (waited.current && !own) void reload()
      waited.current = false
      return
    }
    if (own) return
    const clock = setTimeout(() => { waited.current = true }, 800)
    return () => clearTimeout(clock)
  }, [left, late, own])
}

/** useTold hands over what became of the answer with this op when it comes late, and counts it as seen once the page is looked at. */
function useTold(op: string, take: (out: AttemptOut) => void): void {
  const told = op ? arrived.value.find((e) => e.op === op)?.told : undefined
  useEffect(() => (op ? claim(op) : undefined), [op])
  useEffect(() => {
    if (told === undefined) return
    take(told as AttemptOut)
    const seen = () => { if (document.visibilityState === 'visible') void putAway(op) }
    seen()
    document.addEventListener('visibilitychange', seen)
    return () => document.removeEventListener('visibilitychange', seen)
  }, [op, told !== undefined]) // not told itself: the device hands out a fresh copy whenever it is asked
}

/** useRefused gives the boxes back when an answer that was kept is not taken in the end. Where another tab was first there is
 * nothing to show anybody: the page says so and goes on from there. */
function useRefused(op: string, kept: boolean, free: () => void): void {
  const no = kept ? refused.value.find((e) => e.op === op) : undefined
  useEffect(() => {
    if (!no) return
    free()
    if (no.refused?.kind === 'conflict') void putAway(op).then(() => yieldTo(say(no.refused?.say), no.path))
  }, [no?.op])
}

/** Shown is what is kept beside an answer, so that it can be told of when it comes late. */
export interface Shown { asked: AskedItem; response: Response }

interface TryingProps {
  learner: string
  asked: AskedItem & { try: number; ladder: El[][]; scaffolds?: AskedScaffold[] }
  purpose: 'practice' | 'lesson' | 'exit'
  context?: string
  /** onDone is called when no further try is left; what comes next is the page's. */
  onDone?: (out: AttemptOut) => void
  /** after stands under the last verdict: the way on. */
  after: (out: AttemptOut) => preact.ComponentChildren
}

/** useDraft keeps what is written on this device until it is sent, and gives back what was left. */
function useDraft(asked: AskedItem, response: Response, set: (r: Response) => void, over: boolean): void {
  const name = `answer ${asked.item} ${asked.draw_n}`
  const on = drafted(asked.kind)
  const begun = useRef(false)
  useEffect(() => {
    if (on) void keptForm<Response>(name).then((was) => { if (was && !begun.current) set({ ...noResponse, ...was.form }) })
  }, [name])
  useEffect(() => {
    if (!on || response === noResponse) return
    begun.current = true
    if (over) { void dropForm(name); return }
    const clock = setTimeout(() => void keepForm(name, response), 400)
    return () => clearTimeout(clock)
  }, [response, over])
}

const opened = (a: AskedItem) => `kith-hints ${a.item} ${a.draw_n}`

/** Trying is one variant with its tries: answer, check, nudge, hints, solution. */
export function Trying(p: TryingProps) {
  const { asked } = p
  const [response, setResponse] = useState<Response>(noResponse)
  const [own, setOwn] = useState(asked.try)
  const tries = Math.max(own, asked.try) // another tab may have used a try meanwhile
  const [out, setOut] = useState<AttemptOut | null>(null)
  const [busy, setBusy] = useState(false)
  const [kept, setKept] = useState(false)
  const [rungs, setRungs] = useState(() => Number(sessionStorage.getItem(opened(asked)) ?? 0))
  const [unread, setUnread] = useState<AttemptOut | null>(null)
  const [shown, setShown] = useState(() => Date.now())
  const [op, setOp] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [going, setGoing] = useState(0)
  const top = useRef<HTMLDivElement>(null)
  const take = (got: AttemptOut) => {
    setKept(false)
    if (got.outcome === 'unread') { setUnread(got); return }
    setOut(got)
    setShown(Date.now())
    if (got.tries_end) p.onDone?.(got)
    else setOwn(tries + 1)
  }
  useArrived(busy || kept)
  useTold(op, take)
  useRefused(op, kept, () => setKept(false))
  const over = out?.tries_end ?? false
  useDraft(asked, response, setResponse, over || kept)
  // What became of the answer stands below it, often below the window; and once the boxes are put away, the keyboard
  // would be nowhere.
  useEffect(() => {
    if (!out && !kept && !unread) return
    const verdict = top.current?.querySelector<HTMLElement>('.verdict')
    verdict?.scrollIntoView({ block: 'nearest' })
    const at = document.activeElement
    if ((over || kept) && (!at || at === document.body || top.current?.contains(at))) verdict?.focus({ preventScroll: true })
  }, [out, kept, unread])
  const more = () => {
    sessionStorage.setItem(opened(asked), String(rungs + 1))
    setRungs(rungs + 1)
  }
  const check = async () => {
    const name = newOp()
    setBusy(true)
    setUnread(null)
    setProblem(null)
    let given = response
    if (response.photos?.length && !response.files) { // files first: an answer names them
      const sent = await sendFiles(response.photos, setGoing)
      setGoing(0)
      if (!sent.ok) { setBusy(false); setProblem(sent.problem); return }
      given = { ...response, files: sent.files, documents: sent.documents }
      setResponse(given)
    }
    setOp(name)
    const answer = await send<AttemptOut>(paths.record_attempt, {
      learner: p.learner, item: asked.item, version: asked.version, draw_n: asked.draw_n, try: tries, hints: rungs, response: cleaned(asked, given),
      purpose: p.purpose, context: p.context ?? '', took_ms: Date.now() - shown, happened_ms: Math.round(now()),
    }, { keep: true, op: name, show: { asked, response: { ...given, photos: undefined } } satisfies Shown })
    setBusy(false)
    if (answer.ok) take(answer.data)
    else if (answer.kept) setKept(true)
    else if (answer.problem.kind === 'conflict') await yieldTo(say(answer.problem.say), paths.record_attempt)
  }
  return (
    <div class="stack" ref={top}>
      <form class="stack" onSubmit={(e) => { e.preventDefault(); if (!busy && !over && !kept && isEntered(asked, response)) void check() }}>
        <Asked asked={asked} value={response} onInput={(next) => { setResponse(next.photos === response.photos ? next : { ...next, files: undefined, documents: undefined }); setUnread(null) }} fixed={over || kept} />
        {unread && <Verdict is="saved" title={t('ui.unread')}>{unread.problem && <p>{t(`ui.readas.${unread.problem}`, { what: unread.what ?? '' })}</p>}<p>{t('ui.unread.more')}</p>{rungs < asked.ladder.length && <p>{t('ui.unread.hint')}</p>}</Verdict>}
        {!over && !kept && <div class="row"><Button kind="primary" type="submit" busy={busy} disabled={!isEntered(asked, response)}>{t(drafted(asked.kind) ? 'ui.written.send' : 'ui.check')}</Button></div>}
        {going > 0 && <p class="small" role="status">{t('ui.file.sending', { n: going, of: response.photos?.length ?? 1 })}</p>}
        {problem && <><ErrorBox problem={problem} /><p class="small">{t('ui.photo.kept')}</p></>}
        {drafted(asked.kind) && !over && !kept && <p class="small quiet">{t('ui.written.draft')}</p>}
      </form>
      {kept && <Verdict is="saved"><p>{t(written(asked.kind) ? 'ui.kept.teacher' : 'ui.kept.more')}</p></Verdict>}
      {out?.outcome === 'not_yet' && (
        <NotYet nudge={out.nudge} title={out.value ? t('ui.valueright') : undefined}>
          <InPlace kind={asked.kind} parts={out.parts} />
          {!out.nudge?.length && <p>{out.slip ? say(out.slip) : t(over ? 'ui.notyet.over' : 'ui.notyet.look')}</p>}
          {over ? <Moved out={out} /> : <p class="small">{t('ui.trymore', { n: 4 - tries })}</p>}
          {out.fact && <Appeal key={out.fact} learner={p.learner} attempt={out.fact} />}
        </NotYet>
      )}
      {out?.outcome === 'waiting' && <Looked by={out.teacher} />}
      {out?.outcome === 'right' && <Verdict is="right"><Moved out={out} /></Verdict>}
      {!over && !kept && asked.ladder.length > 0 && <HintLadder hints={asked.ladder.slice(0, rungs)} total={asked.ladder.length} onMore={more} under={(n) => scaffoldOf(asked.scaffolds, n, asked)} />}
      {over && out?.solution && out.solution.length > 0 && (
        <details class="worked" open={out.outcome !== 'right'}>
          <summary>{t('ui.solution')}</summary>
          <Drawn of={out.solution} />
        </details>
      )}
      {over && out && p.after(out)}
    </div>
  )
}

/** Looked says that an answer goes to a person, and who. */
export function Looked({ by }: { by?: string }) {
  return <Verdict is="saved" title={t('ui.looked')}><p>{by ? rich('ui.looked.by', { teacher: <bdi>{by}</bdi> }) : t('ui.looked.nobody')}</p></Verdict>
}

/** Moved is how the skill stands after an answer: its word, with the one before when it changed, the last tries, and why. */
function Moved({ out }: { out: AttemptOut }) {
  const changed = out.before !== out.after
  return (
    <div class="moved">
      <p class="row near">{changed && <><StatusMark status={out.before} /><Icon name="next" /></>}<StatusMark status={out.after} /><Dots tries={out.dots as Try[]} /></p>
      {out.why.code !== 'why.few' && !(out.outcome === 'right' && out.why.code === 'why.not_yet_run') && <p class="small">{say(out.why)}</p>}
    </div>
  )
}

/** InPlace says how much of an answer of several parts is there, when some of it is. */
function InPlace({ kind, parts }: { kind: string; parts?: { right: number; of: number } }) {
  if (!parts || parts.right === 0) return null
  if (kind === 'ordering') return <p>{t('ui.parts.moves', { n: parts.of - parts.right })}</p>
  return <p>{t(kind === 'choices' || kind === 'hotspot' ? 'ui.parts.choices' : kind === 'blanks' ? 'ui.parts.boxes' : 'ui.parts', { n: parts.right, of: parts.of })}</p>
}

/** cleaned is the response as the item takes it: only what its kind has room for. */
export function cleaned(asked: AskedItem, r: Response): { chosen?: number[]; boxes?: string[]; placed?: number[]; files?: string[]; documents?: string[] } {
  if (asked.kind === 'choice' || asked.kind === 'choices' || asked.kind === 'hotspot' || asked.kind === 'ordering') return { chosen: r.chosen }
  if (asked.kind === 'matching' || asked.kind === 'sorting') return { placed: r.placed ?? [] }
  if (written(asked.kind)) return { boxes: [r.boxes[0] ?? ''], ...(asked.kind === 'upload' && { files: r.files, documents: r.documents }) }
  const n = asked.kind === 'fraction' ? 3 : asked.kind === 'blanks' ? asked.boxes.length : 1
  return { boxes: Array.from({ length: n }, (_, i) => r.boxes[i] ?? '') }
}
