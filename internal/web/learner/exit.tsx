// exit: two questions at the end of a table's time together. One try each, calm, and then back to the table.
import { useState } from 'preact/hooks'
import type { AskedVariant, AttemptOut, El, ExitPage } from '../lib/api.gen.ts'
import { paths } from '../lib/api.gen.ts'
import { mount, now } from '../lib/page.ts'
import type { Problem } from '../lib/problem.ts'
import { send } from '../lib/send.ts'
import { rich, t } from '../lib/words.ts'
import { Answer, type AnswerProps, noResponse, type Response } from '../ui/Answer.tsx'
import { Appeal } from '../ui/Appeal.tsx'
import { cleaned, isEntered, subjectOf } from '../ui/Asked.tsx'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Drawn } from '../ui/Drawn.tsx'
import { ErrorBox, SaveState } from '../ui/Says.tsx'
import { Shell } from '../ui/Shell.tsx'

interface Shown { text: El[]; solution: El[]; learner: string; appeal?: string }

function Exit({ view }: { view: ExitPage }) {
  // What is asked stays as it was when the page was opened: the list is answered from its start.
  const [asked] = useState(view.asked)
  const [at, setAt] = useState(0)
  const [shown, setShown] = useState<Shown[]>([])
  const current = asked[at]
  const next = (more?: Shown) => { if (more) setShown([...shown, more]); setAt(at + 1) }
  return (
    <Shell width="narrow">
      {current
        ? <Ask key={`${current.item}/${current.draw_n}`} view={view} asked={current} n={view.done + at + 1} onDone={next} />
        : <Thanks view={view} shown={shown} />}
      <SaveState />
    </Shell>
  )
}

function Ask({ view, asked, n, onDone }: { view: ExitPage; asked: AskedVariant; n: number; onDone: (shown?: Shown) => void }) {
  const [response, setResponse] = useState<Response>(noResponse)
  const [busy, setBusy] = useState(false)
  const [unread, setUnread] = useState(false)
  const [problem, setProblem] = useState<Problem | undefined>()
  const [began] = useState(now())
  const kind = asked.kind as AnswerProps['kind']
  const ready = isEntered(asked, response)
  const check = async (unlearned: boolean) => {
    setBusy(true)
    const answer = await send<AttemptOut>(paths.record_attempt, {
      learner: view.learner, item: asked.item, version: asked.version, draw_n: asked.draw_n, try: 1, hints: 0, response: unlearned ? {} : cleaned(asked, response), unlearned,
      purpose: 'exit', context: view.pile, took_ms: Math.max(0, now() - began), happened_ms: now(),
    }, { keep: true })
    setBusy(false)
    if (answer.ok && answer.data.outcome === 'unread') { setUnread(true); return }
    if (answer.ok) onDone(answer.data.solution ? { text: asked.text, solution: answer.data.solution, learner: view.learner, appeal: answer.data.outcome === 'not_yet' ? answer.data.fact : undefined } : undefined)
    else if (answer.kept) onDone()
    else if (answer.problem.say.code === 'fault.attempt.answered') onDone()
    else setProblem(answer.problem)
  }
  return (
    <>
      <div>
        <p class="eyebrow">{rich('exit.n', { n, of: view.of, skill: <bdi>{view.skill}</bdi> })}</p>
        <h1>{t('exit.heading')}</h1>
      </div>
      <form class="stack" onSubmit={(e) => { e.preventDefault(); if (ready && !busy) void check(false) }}>
        <div id="asked"><Drawn of={asked.text} item lang={undefined} /></div>
        <Answer kind={kind} by="asked" unit={asked.unit} value={response} groups={asked.groups} picture={asked.picture} many={asked.many} boxes={asked.boxes} subject={subjectOf(asked)} letters={asked.letters} axes={asked.axes} options={asked.options.map((o) => ({ i: o.index, text: o.text, area: o.area }))} onInput={(r) => { setResponse(r); setUnread(false) }} />
        {unread && <p role="alert">{t(['number', 'fraction', 'blanks'].includes(kind) ? 'ui.readas.none' : 'ui.unread.more')}</p>}
        {problem && <ErrorBox problem={problem} />}
        <div class="row"><Button kind="primary" type="submit" busy={busy || !ready}>{t(n < view.of ? 'exit.next' : 'exit.send')}</Button><Button busy={busy} onClick={() => void check(true)}>{t('exit.unlearned')}</Button></div>
        <p class="small quiet">{t('exit.calm')}</p>
      </form>
    </>
  )
}

function Thanks({ view, shown }: { view: ExitPage; shown: Shown[] }) {
  return (
    <section class="exit-thanks">
      <h1>{t('exit.thanks')}</h1>
      <p>{rich('exit.thanks.more', { teacher: <bdi>{view.teacher}</bdi> })}</p>
      {shown.length > 0 && (
        <details>
          <summary>{t('exit.worked')}</summary>
          {shown.map((s, i) => <div key={i} class="worked"><Drawn of={s.text} /><Drawn of={s.solution} />{s.appeal && <Appeal learner={s.learner} attempt={s.appeal} />}</div>)}
        </details>
      )}
      <div class="row"><LinkButton href="/home">{t('exit.home')}</LinkButton></div>
    </section>
  )
}

mount(Exit)
