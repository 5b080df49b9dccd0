import { useEffect, useRef, useState } from 'preact/hooks'
import { type CheckOut, type CheckPage, paths } from '../lib/api.gen.ts'
import { mount, now, page, setPage } from '../lib/page.ts'
import type { Problem } from '../lib/problem.ts'
import { act, send } from '../lib/send.ts'
import { say, t } from '../lib/words.ts'
import { noResponse, type Response } from '../ui/Answer.tsx'
import { Asked, cleaned, isEntered, useArrived, yieldTo } from '../ui/Asked.tsx'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Verdict } from '../ui/Feedback.tsx'
import { Icon } from '../ui/Icon.tsx'
import { EmptyState, ErrorBox, SaveState } from '../ui/Says.tsx'
import { Shell } from '../ui/Shell.tsx'

function Check({ view }: { view: CheckPage }) {
  const [problem, setProblem] = useState<Problem | undefined>()
  const [busy, setBusy] = useState(false)
  const unit = view.unit?.id ?? ''
  const move = async (path: string) => {
    const answer = await act<CheckPage>(path, { learner: view.learner, class_unit: unit })
    if (answer.ok) setPage({ view: answer.data })
    return answer.ok || answer.kept ? undefined : answer.problem
  }
  const go = async (path: string) => {
    setBusy(true)
    setProblem(await move(path))
    setBusy(false)
  }
  if (view.state === 'asking' && view.asked) return <Asking key={`${view.asked.item} ${view.asked.draw_n}`} view={view} onStop={() => move(paths.stop_check)} />
  return (
    <Shell width="narrow">
      <h1>{t('check.heading')}</h1>
      {problem && <ErrorBox problem={problem} safe />}
      {(view.state === 'ready' || view.state === 'paused') && (
        <>
          <ul class="promises">
            <li><Icon name="list" /><span>{t('check.promise.few', { n: view.most })}</span></li>
            <li><Icon name="notyet" /><span>{t('check.promise.new')}</span></li>
            <li><Icon name="clock" /><span>{t('check.promise.clock')}</span></li>
            <li><Icon name="pause" /><span>{t('check.promise.stop')}</span></li>
          </ul>
          {view.state === 'paused' && <p>{t('check.paused', { n: view.answered })}</p>}
          <div class="row"><Button kind="primary" after="next" busy={busy} onClick={() => void go(paths.start_check)}>{t(view.state === 'paused' ? 'step.go.on' : 'check.begin')}</Button></div>
        </>
      )}
      {view.state === 'over' && (
        <EmptyState icon="right" title={t('check.over')}>
          <p>{t('check.over.more')}</p>
          <div class="row">
            <LinkButton kind="primary" href={`/unit/${unit}/known`} after="next">{t('check.see')}</LinkButton>
            {view.may_go_on && <Button busy={busy} onClick={() => void go(paths.start_check)}>{t('check.more')}</Button>}
          </div>
        </EmptyState>
      )}
      {view.state === 'empty' && <EmptyState icon="info" title={t('check.empty')}><p>{t('check.empty.more')}</p></EmptyState>}
      {view.state === 'asking' && !view.asked && <EmptyState icon="info" title={t('check.empty')}><LinkButton href="/home">{t('check.home')}</LinkButton></EmptyState>}
      <SaveState />
    </Shell>
  )
}

/** Asking is one question. Check and "I haven't learned this yet" are equally large, and nothing says right or not. */
function Asking({ view, onStop }: { view: CheckPage; onStop: () => Promise<Problem | undefined> }) {
  const asked = view.asked!
  const [response, setResponse] = useState<Response>(noResponse)
  const [busy, setBusy] = useState(false)
  const [kept, setKept] = useState(false)
  const [unread, setUnread] = useState(false)
  const [problem, setProblem] = useState<Problem | undefined>()
  const [shown] = useState(() => Date.now())
  const at = useRef<HTMLHeadingElement>(null)
  useEffect(() => { if (view.answered > 0) at.current?.focus() }, [])
  useArrived(busy)
  const answer = async (unlearned: boolean) => {
    setBusy(true)
    setUnread(false)
    const got = await send<CheckOut>(paths.answer_check, {
      learner: view.learner, class_unit: view.unit?.id ?? '', sitting: view.sitting, item: asked.item, version: asked.version, draw_n: asked.draw_n, unlearned,
      response: unlearned ? {} : cleaned(asked, response), took_ms: Date.now() - shown, happened_ms: Math.round(now()),
    }, { keep: true })
    setBusy(false)
    if (got.ok) {
      if (got.data.unread) setUnread(true)
      else setPage({ view: got.data, revs: page.value.revs })
    } else if (got.kept) setKept(true)
    else if (got.problem.kind === 'conflict') await yieldTo(say(got.problem.say), paths.answer_check)
  }
  const ready = isEntered(asked, response)
  return (
    <Shell width="narrow">
      <div class="row apart">
        <h1 ref={at} tabindex={-1} class="countless">{t('check.question', { n: view.answered + 1 })}</h1>
        <span class="small quiet">{t('check.atmost', { n: view.most })}</span>
      </div>
      <form class="stack" onSubmit={(e) => { e.preventDefault(); if (ready && !busy && !kept) void answer(false) }}>
        <Asked asked={asked} value={response} onInput={(next) => { setResponse(next); setUnread(false) }} fixed={kept} />
        {unread && <Verdict is="saved" title={t('ui.unread')}><p>{t('ui.unread.more')}</p><p>{t('check.unread')}</p></Verdict>}
        {kept ? <Verdict is="saved"><p>{t('check.kept')}</p></Verdict> : (
          <div class="twoways">
            <Button kind="primary" type="submit" wide busy={busy} disabled={!ready}>{t('check.answer')}</Button>
            <Button wide busy={busy} onClick={() => void answer(true)}>{t('check.unlearned')}</Button>
          </div>
        )}
      </form>
      {problem && <ErrorBox problem={problem} />}
      <div class="row apart foot"><SaveState /><Button kind="plain" icon="pause" onClick={() => void onStop().then(setProblem)}>{t('check.stop')}</Button></div>
    </Shell>
  )
}

mount(Check)
