import { useEffect, useRef, useState } from 'preact/hooks'
import { type LessonAsk, type LessonPage, paths } from '../lib/api.gen.ts'
import { mount, reload } from '../lib/page.ts'
import type { Problem } from '../lib/problem.ts'
import { send } from '../lib/send.ts'
import { dayOf, minutes, when } from '../lib/time.ts'
import { together } from '../lib/together.ts'
import { rich, t } from '../lib/words.ts'
import { Trying } from '../ui/Asked.tsx'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Drawn } from '../ui/Drawn.tsx'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ErrorBox, SaveState, toast } from '../ui/Says.tsx'
import { Shell } from '../ui/Shell.tsx'
import { StatusChip } from '../ui/Status.tsx'
import { type Handle, Player } from './Player.tsx'
import { type Piece, pieces } from './reading.ts'

function Lesson({ view }: { view: LessonPage }) {
  return (
    <Shell width={view.video ? undefined : 'narrow'}>
      <div>
        <h1 data-own>{view.title}</h1>
        <p class="quiet">{view.minutes > 0 && minutes(view.minutes)}{view.by && <> · {rich('lesson.by', { name: <bdi>{view.by}</bdi> })}</>}</p>
        {view.blocks.length > 0 && <div class="row noprint"><Button kind="plain" small icon="print" onClick={() => print()}>{t('lesson.print')}</Button></div>}
        {view.i_can && <p class="small quiet" data-own>{together(view.i_can)}</p>}
        {view.changed_ms > 0 && <p class="lessonchanged" role="note"><Icon name="info" />{t('lesson.changed', { day: when(dayOf(view.changed_ms)) })}</p>}
      </div>
      {view.video ? <Film view={view} /> : view.link ? <Link view={view} /> : <Reading view={view} />}
      <Onward view={view} />
      <div class="pair">
        <Ask view={view} />
        {view.skills.length > 0 && <Card tone="sunk" title={t('lesson.skills')}><div class="row near">{view.skills.map((s) => <StatusChip key={s.id} status={s.status} href={`/practice/${s.id}`}><span data-own>{s.title}</span></StatusChip>)}</div></Card>}
      </div>
      {view.attribution && <p class="small quiet" data-own>{[view.attribution.source, view.attribution.authors, view.attribution.licence, view.attribution.changed && t('ui.changed')].filter(Boolean).join(' · ')}</p>}
      <SaveState />
    </Shell>
  )
}

/** Onward is what comes after the lesson: practice of its first skill that is not secure yet. */
function Onward({ view }: { view: LessonPage }) {
  if (view.status !== 'done') return null
  const next = view.skills.find((s) => s.status !== 'secure')
  return (
    <div class="row onward">
      {next ? <LinkButton kind="primary" href={`/practice/${next.id}`} after="next">{rich('lesson.practise', { skill: <span data-own>{next.title}</span> })}</LinkButton> : <LinkButton kind="primary" href="/home" after="next">{t('lesson.home')}</LinkButton>}
    </div>
  )
}

/** Film is the video with its checks at their instants, and the words to read. */
function Film({ view }: { view: LessonPage }) {
  const [now, setNow] = useState<number | null>(null)
  const [over, setOver] = useState<number[]>([])
  const player = useRef<Handle>(null)
  const box = useRef<HTMLElement>(null)
  const timed = view.checks.filter((c) => c.at_ms > 0)
  const open = timed.filter((c) => c.asked && !over.includes(c.at_ms))
  const check = timed.find((c) => c.at_ms === now)
  const before = Math.max(0, ...timed.filter((c) => c.at_ms < (now ?? 0)).map((c) => c.at_ms))
  useEffect(() => { if (now !== null) { box.current?.focus(); box.current?.scrollIntoView({ block: 'nearest' }) } }, [now])
  const goOn = () => { const was = now; setNow(null); if (was !== null) setOver([...over, was]); player.current?.play() }
  const again = () => { setNow(null); player.current?.seek(before); player.current?.play() }
  return (
    <div class="film">
      <Player view={view} video={view.video!} open={open} marks={timed.map((c) => c.at_ms)} blocked={now !== null} onDue={setNow} handle={player}>
        {check?.asked && (
          <section ref={box} class="filmcheck" tabindex={-1} aria-label={t('lesson.check')}>
            <p class="eyebrow">{t('lesson.check')}</p>
            <Trying
              key={`${check.asked.item} ${check.asked.draw_n}`} learner={view.learner} asked={check.asked} purpose="lesson" context={view.id}
              after={() => <div class="row"><Button kind="primary" icon="play" onClick={() => { goOn(); void reload() }}>{t('step.go.on')}</Button></div>}
            />
            <div class="row near"><Button kind="plain" icon="rewind" onClick={again}>{t('lesson.again')}</Button><Button kind="plain" onClick={goOn}>{t('lesson.later')}</Button></div>
          </section>
        )}
      </Player>
      {view.blocks.length > 0 && (
        <details class="transcript"><summary><span>{t('lesson.transcript')}</span><Icon name="open" /></summary><Flow view={view} parts={pieces(view.blocks, [])} open /></details>
      )}
      <Left view={view} checks={view.checks.filter((c) => c.at_ms === 0)} />
    </div>
  )
}

/** Left are checks that stand at no instant of the video. */
function Left({ view, checks }: { view: LessonPage; checks: LessonAsk[] }) {
  if (checks.length === 0) return null
  return <div class="stack">{checks.map((c, i) => <CheckBox key={c.asked?.item ?? i} view={view} check={c} />)}</div>
}

/** Reading is a text with its checks after their blocks; what follows a pause is shown when it is asked for. */
function Reading({ view }: { view: LessonPage }) {
  return <Flow view={view} parts={pieces(view.blocks, view.checks.map((c) => c.after_block))} />
}

function Flow({ view, parts, open }: { view: LessonPage; parts: Piece[]; open?: boolean }) {
  const [shown, setShown] = useState(open ? parts.length : 0)
  const out = []
  let at = parts.length
  for (const [i, piece] of parts.entries()) {
    if (piece.is === 'text') out.push(<Drawn key={i} of={piece.of} />)
    else if (piece.is === 'check') out.push(<CheckBox key={i} view={view} check={view.checks[piece.n]!} />)
    else if (piece.n >= shown) {
      out.push(<div key={i} class="row"><Button icon="open" onClick={() => setShown(piece.n + 1)}>{t('ui.pause')}</Button></div>)
      at = i
      break
    }
  }
  return <div class="stack reading">{out}{at < parts.length && <OnPaper view={view} parts={parts.slice(at)} />}</div>
}

/** OnPaper is what a pause still hides: paper has no button to go on with. */
function OnPaper({ view, parts }: { view: LessonPage; parts: Piece[] }) {
  return (
    <div class="paperonly">
      {parts.map((p, i) => (p.is === 'text' ? <Drawn key={i} of={p.of} /> : p.is === 'check' && view.checks[p.n]?.asked ? <section key={i} class="card lessoncheck"><Drawn of={view.checks[p.n]!.asked!.text} /></section> : null))}
    </div>
  )
}

function CheckBox({ view, check }: { view: LessonPage; check: LessonAsk }) {
  return (
    <section class="card lessoncheck" aria-label={t('lesson.check')}>
      <p class="eyebrow">{t('lesson.check')}</p>
      {check.asked
        ? <Trying key={`${check.asked.item} ${check.asked.draw_n}`} learner={view.learner} asked={check.asked} purpose="lesson" context={view.id} after={() => <div class="row"><Button onClick={() => void reload()}>{t('lesson.goon')}</Button></div>} />
        : (
          <>
            <p class="row near"><Icon name={check.outcome === 'right' ? 'right' : 'check'} />{t(check.outcome === 'right' ? 'ui.right' : 'lesson.answered')}</p>
            {check.solution && check.solution.length > 0 && <details class="worked"><summary>{t('ui.solution')}</summary><Drawn of={check.solution} /></details>}
          </>
        )}
    </section>
  )
}

/** Link is a lesson that stands elsewhere: it opens beside Kith, which cannot see it. */
function Link({ view }: { view: LessonPage }) {
  return (
    <div class="stack">
      <Card title={t('lesson.link')}>
        <p>{t('lesson.link.more')}</p>
        <p class="small quiet" dir="ltr" data-own>{host(view.link)}</p>
        <div class="row"><LinkButton kind={view.status === 'done' ? 'quiet' : 'primary'} href={view.link} target="_blank" icon="link">{t('lesson.open')}</LinkButton></div>
      </Card>
      <Flow view={view} parts={pieces(view.blocks, view.checks.map((c) => c.after_block))} />
    </div>
  )
}

function host(link: string): string {
  try { return new URL(link).host } catch { return link }
}

/** Ask is "my question for class". */
function Ask({ view }: { view: LessonPage }) {
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | undefined>()
  if (!view.unit) return null
  const bring = async () => {
    setBusy(true)
    const answer = await send(paths.bring_question, { learner: view.learner, class_unit: view.unit!.id, lesson: view.id, text: text.trim() }, { keep: true })
    setBusy(false)
    setProblem(answer.ok || answer.kept ? undefined : answer.problem)
    if (answer.ok) { setText(''); toast(t('lesson.brought')); await reload() } else if (answer.kept) { setText(''); toast(t('ui.kept')) }
  }
  return (
    <Card tone="note" title={t('lesson.question')}>
      {view.questions.map((q, i) => <blockquote key={i}><bdi>{q.text}</bdi> <span class="small quiet">{q.used ? t('lesson.used') : when(dayOf(q.at_ms))}</span></blockquote>)}
      <form class="stack near" onSubmit={(e) => { e.preventDefault(); if (text.trim() && !busy) void bring() }}>
        <Field label={t('lesson.question.label')} tip={t('lesson.question.reads', { teacher: view.unit.teacher })} value={text} onInput={setText} lines={2} max={280} />
        {problem && <ErrorBox problem={problem} />}
        <div class="row"><Button type="submit" icon="question" busy={busy || text.trim() === ''}>{t('lesson.bring')}</Button></div>
      </form>
    </Card>
  )
}

mount(Lesson)
