import { useState } from 'preact/hooks'
import { type ActivityPage, paths } from '../lib/api.gen.ts'
import { mount, reload } from '../lib/page.ts'
import type { Problem } from '../lib/problem.ts'
import { send } from '../lib/send.ts'
import { dayOf, when } from '../lib/time.ts'
import { rich, t } from '../lib/words.ts'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Drawn } from '../ui/Drawn.tsx'
import { Verdict } from '../ui/Feedback.tsx'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ErrorBox, SaveState } from '../ui/Says.tsx'
import { Shell } from '../ui/Shell.tsx'

function Activity({ view }: { view: ActivityPage }) {
  return (
    <Shell width="narrow">
      <div><p class="eyebrow" data-own>{view.goal}</p><h1 data-own>{view.title || view.goal}</h1></div>
      {view.title && (
        <>
          <div class="row apart">
            <p class="facts">
              {view.minutes > 0 && <span><Icon name="clock" />{t('ui.minutes', { n: view.minutes })}</span>}
              {view.with && <span><Icon name={view.with === 'alone' ? 'person' : 'people'} />{t(`activity.with.${view.with}`)}</span>}
            </p>
            <span class="noprint"><Button icon="print" onClick={() => print()}>{t('activity.print')}</Button></span>
          </div>
          {view.materials.length > 0 && <Card tone="sunk" title={t('activity.materials')}><ul class="materials">{view.materials.map((m, i) => <li key={i} data-own>{m}</li>)}</ul></Card>}
          <Drawn of={view.steps} item />
          {view.bring && <Card title={t('activity.bring')}><p data-own>{view.bring.replaceAll('*', '')}</p></Card>}
        </>
      )}
      {view.talk.length > 0 && <section id="talk" class="stack near"><h2>{t('activity.talk')}</h2><p class="quiet">{t('activity.talk.more')}</p><Drawn of={view.talk} /></section>}
      {view.title && <Done view={view} />}
    </Shell>
  )
}

function Done({ view }: { view: ActivityPage }) {
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const [kept, setKept] = useState(false)
  const [again, setAgain] = useState(false)
  const [problem, setProblem] = useState<Problem | undefined>()
  const last = view.done.at(-1)
  const go = async () => {
    setBusy(true)
    const answer = await send(paths.do_activity, { learner: view.learner, class_unit: view.unit?.id ?? '', objective: view.objective, note }, { keep: true })
    setBusy(false)
    setProblem(answer.ok || answer.kept ? undefined : answer.problem)
    if (answer.ok) { setNote(''); setAgain(false); await reload() } else setKept(answer.kept)
  }
  if (last && !again) {
    return (
      <div class="stack noprint">
        <Verdict is="right" title={rich('activity.done', { when: when(dayOf(last.at_ms)) }).join('')}>{last.note && <blockquote><bdi>{last.note}</bdi></blockquote>}</Verdict>
        <div class="row"><LinkButton kind="primary" href="/home" after="next">{t('activity.home')}</LinkButton><Button onClick={() => setAgain(true)}>{t('activity.again')}</Button></div>
      </div>
    )
  }
  return (
    <form class="stack noprint" onSubmit={(e) => { e.preventDefault(); if (!busy && !kept) void go() }}>
      <Field label={t('activity.note')} tip={t('activity.reads', { teacher: view.unit?.teacher ?? '' })} value={note} onInput={setNote} lines={3} max={500} />
      {problem && <ErrorBox problem={problem} />}
      {kept ? <Verdict is="saved" /> : <div class="row"><Button kind="primary" type="submit" icon="check" busy={busy}>{t('activity.do')}</Button></div>}
      <SaveState />
    </form>
  )
}

mount(Activity)
