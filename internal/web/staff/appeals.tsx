// appeals: answers that learners believe to be right although they were read as not yet. What was answered alike is one card, and one tap
// says to all of them that it is right after all.
import { useRef, useState } from 'preact/hooks'
import { type AppealFold, type AppealsPage, paths, type RuledOut } from '../lib/api.gen.ts'
import { useActing } from '../lib/acting.ts'
import { live } from '../lib/live.ts'
import { mount, refresh } from '../lib/page.ts'
import { clock, dayOf, when } from '../lib/time.ts'
import { rich, say, t } from '../lib/words.ts'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Drawn } from '../ui/Drawn.tsx'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { PersonChip } from '../ui/Person.tsx'
import { EmptyState, ErrorBox, toast } from '../ui/Says.tsx'
import { Shell } from '../ui/Shell.tsx'

function Appeals({ view }: { view: AppealsPage }) {
  const title = useRef<HTMLHeadingElement>(null)
  const n = view.folds.reduce((sum, f) => sum + f.waiting.length, 0)
  return (
    <Shell>
      <div>
        <h1 ref={title} tabIndex={-1}>{t('appeals.heading')}</h1>
        <p class="quiet"><bdi>{view.name}</bdi>{n > 0 && <>: {t('appeals.count', { n })}</>}</p>
      </div>
      {n === 0 && <EmptyState icon="inbox" title={t('appeals.empty')}><p>{t('appeals.empty.more')}</p><LinkButton href={`/class/${view.class}/inbox`}>{t('appeals.inbox')}</LinkButton></EmptyState>}
      {view.folds.map((f, i) => <Fold key={f.waiting[0]!.attempt} cls={view.class} of={f} first={i === 0} onDone={() => title.current?.focus()} />)}
    </Shell>
  )
}

function Fold({ cls, of, first, onDone }: { cls: string; of: AppealFold; first: boolean; onDone: () => void }) {
  const [word, setWord] = useState<string | null>(null)
  const acting = useActing()
  const n = of.waiting.length
  const rule = async (accepted: boolean) => {
    const done = await acting.run<RuledOut>(paths.rule_appeals, { class: cls, attempts: of.waiting.map((w) => w.attempt), accepted, word: accepted ? '' : word })
    if (!done) return
    toast(t(accepted ? 'appeals.accepted' : 'appeals.said', { n: done.ruled }))
    onDone()
  }
  return (
    <section class="card appealed" aria-label={t('appeals.card', { skill: of.skill })}>
      <div class="row apart">
        <p class="eyebrow" data-own>{of.skill}</p>
        <p class="small quiet">{when(dayOf(of.waiting[0]!.at_ms))} {clock(of.waiting[0]!.at_ms)}</p>
      </div>
      <div class="names">{of.waiting.map((w) => <PersonChip key={w.attempt} name={w.name} href={`/learner/${w.learner}`} />)}</div>
      <div class="was">
        <Drawn of={of.text} item />
        <Drawn of={of.options} />
      </div>
      <dl class="beside">
        <div><dt>{t('appeals.answer', { n })}</dt><dd><Drawn of={of.answer} /></dd></div>
        {of.read_as && of.read_as.length > 0 && <div><dt>{t('appeals.read')}</dt><dd><Drawn of={of.read_as} inline /></dd></div>}
        <div><dt>{t('appeals.key')}</dt><dd><Drawn of={of.key} /></dd></div>
      </dl>
      {(of.nudge.length > 0 || of.slip) && <div class="small quiet told"><span>{t('appeals.told')}</span> {of.nudge.length > 0 ? <Drawn of={of.nudge} /> : say(of.slip)}</div>}
      {of.solution.length > 0 && <details class="why"><summary><Icon name="key" />{t('ui.solution')}<Icon name="open" /></summary><div class="because"><Drawn of={of.solution} /></div></details>}
      {acting.problem && <ErrorBox problem={acting.problem} />}
      {word === null ? (
        <div class="row">
          <Button kind={first ? 'primary' : undefined} icon="check" busy={acting.busy} onClick={() => void rule(true)}>{t('appeals.accept', { n })}</Button>
          <Button onClick={() => setWord('')}>{t('appeals.not_yet')}</Button>
        </div>
      ) : (
        <form class="stack near" onSubmit={(e) => { e.preventDefault(); if (word.trim() && !acting.busy) void rule(false) }}>
          <Field label={t('appeals.word')} tip={rich('appeals.word.reads', { names: <bdi>{of.waiting.map((w) => w.name).join(', ')}</bdi> })} value={word} onInput={setWord} lines={2} max={280} />
          <div class="row">
            <Button kind="primary" type="submit" busy={acting.busy} disabled={word.trim() === ''}>{t('appeals.send')}</Button>
            <Button kind="plain" onClick={() => setWord(null)}>{t('ui.cancel')}</Button>
          </div>
        </form>
      )}
    </section>
  )
}

mount(Appeals)
const matters = new Set(['appeal', 'ruling', 'withdrawal', 'people'])
live((change) => { if (change && matters.has(change.kind)) refresh() })
