// appeals: answers that wait for a look: those that no program judged, and those that learners believe to be right although they were
// read as not yet. What was answered alike is one card, and one act says it to all of them. After it the next card has the keyboard.
import { useRef, useState } from 'preact/hooks'
import { type AppealFold, type AppealsPage, type Criterion, paths, type RuledOut } from '../lib/api.gen.ts'
import { useActing } from '../lib/acting.ts'
import { live } from '../lib/live.ts'
import { mount, refresh } from '../lib/page.ts'
import { act } from '../lib/send.ts'
import { clock, dayOf, when } from '../lib/time.ts'
import { rich, say, t } from '../lib/words.ts'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Drawn } from '../ui/Drawn.tsx'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { PersonChip } from '../ui/Person.tsx'
import { EmptyState, ErrorBox, toast } from '../ui/Says.tsx'
import { Shell } from '../ui/Shell.tsx'
import { FilesSent } from '../ui/Written.tsx'

function Appeals({ view }: { view: AppealsPage }) {
  const title = useRef<HTMLHeadingElement>(null)
  const n = view.folds.reduce((sum, f) => sum + f.waiting.length, 0)
  // The card that was ruled has gone by then; the one that came after it stands in its place.
  const onward = (at: number) => {
    const cards = document.querySelectorAll<HTMLElement>('.appealed')
    const next = cards[Math.min(at, cards.length - 1)] ?? title.current
    next?.focus()
    next?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <Shell>
      <div>
        <h1 ref={title} tabIndex={-1}>{t('appeals.heading')}</h1>
        <p class="quiet"><bdi>{view.name}</bdi>{n > 0 && <>: {t('appeals.count', { n })}</>}</p>
      </div>
      {n === 0 && <EmptyState icon="inbox" title={t('appeals.empty')}><p>{t('appeals.empty.more')}</p><LinkButton href={`/class/${view.class}/inbox`}>{t('appeals.inbox')}</LinkButton></EmptyState>}
      {view.folds.map((f, i) => <Fold key={f.waiting[0]!.attempt} cls={view.class} of={f} first={i === 0} onDone={() => onward(i)} />)}
    </Shell>
  )
}

/** metFrom is the level from which a criterion is met (item.Met): the first says what is not there yet. */
const metFrom = 1

function Fold({ cls, of, first, onDone }: { cls: string; of: AppealFold; first: boolean; onDone: () => void }) {
  const [word, setWord] = useState('')
  const [saying, setSaying] = useState(of.rubric.length > 0)
  const [levels, setLevels] = useState<(number | undefined)[]>(of.rubric.map(() => undefined))
  const acting = useActing()
  const n = of.waiting.length
  const all = levels.every((l) => l !== undefined)
  const none = levels.every((l) => l === undefined)
  // What the levels come to is the main button; the other stands beside it, because the teacher knows more than the rule.
  const met = of.rubric.length > 0 && all ? levels.every((l) => l! >= metFrom) : undefined
  const missing = of.rubric.length > 0 && !all && !none
  const rule = async (accepted: boolean, onwards = false) => {
    if (onwards) {
      const kept = await act(paths.accept_answer, { class: cls, attempt: of.waiting[0]!.attempt })
      if (!kept.ok && !kept.kept) { toast(say(kept.problem.say)); return }
    }
    const done = await acting.run<RuledOut>(paths.rule_appeals, { class: cls, attempts: of.waiting.map((w) => w.attempt), accepted, word: word.trim(), levels: all ? levels : [] })
    if (!done) return
    toast(t(accepted ? 'appeals.accepted' : 'appeals.said', { n: done.ruled }))
    onDone()
  }
  const wordless = word.trim() === '' && (of.rubric.length === 0 || !all)
  return (
    <section class="card appealed" tabIndex={-1} aria-label={t('appeals.card', { skill: of.skill })}>
      <div class="row apart">
        <p class="eyebrow"><span data-own>{of.skill}</span> · {t(of.unjudged ? 'appeals.kind.waits' : 'appeals.kind.appeal')}</p>
        <p class="small quiet">{when(dayOf(of.waiting[0]!.at_ms))} {clock(of.waiting[0]!.at_ms)}</p>
      </div>
      <div class="names">{of.waiting.map((w) => <PersonChip key={w.attempt} name={w.name} href={`/learner/${w.learner}`} />)}</div>
      <div class="was">
        <Drawn of={of.text} item />
        <Drawn of={of.options} />
      </div>
      <dl class={of.rubric.length > 0 || of.files.length + of.documents.length > 0 ? 'beside told-long' : 'beside'}>
        <div><dt>{t('appeals.answer', { n })}</dt><dd><FilesSent photos={of.files} documents={of.documents} /><Drawn of={of.answer} /></dd></div>
        {of.read_as && of.read_as.length > 0 && <div><dt>{t('appeals.read')}</dt><dd><Drawn of={of.read_as} inline /></dd></div>}
        {of.key && of.key.length > 0 && <div><dt>{t(of.unjudged ? 'appeals.accepts' : 'appeals.key')}</dt><dd><Drawn of={of.key} /></dd></div>}
      </dl>
      {of.like && <p class="small quiet">{rich('appeals.like', { text: <bdi>{of.like}</bdi> })}</p>}
      {(of.nudge.length > 0 || of.slip) && <div class="small quiet told"><span>{t('appeals.told')}</span> {of.nudge.length > 0 ? <Drawn of={of.nudge} /> : say(of.slip)}</div>}
      {of.solution.length > 0 && <details class="why"><summary><Icon name="key" />{t('ui.solution')}<Icon name="open" /></summary><div class="because"><Drawn of={of.solution} /></div></details>}
      {of.rubric.map((c, i) => <Levels key={c.name} of={c} at={levels[i]} onPick={(l) => setLevels(levels.map((was, j) => (j === i ? l : was)))} />)}
      {saying && <Field label={t(of.rubric.length > 0 ? 'appeals.word.any' : 'appeals.word')} tip={rich('appeals.word.reads', { names: <bdi>{of.waiting.map((w) => w.name).join(', ')}</bdi> })} value={word} onInput={setWord} lines={2} max={280} />}
      {acting.problem && <ErrorBox problem={acting.problem} />}
      <div class="row">
        {of.rubric.length === 0 && saying ? (
          <>
            <Button kind="primary" busy={acting.busy} disabled={wordless} onClick={() => void rule(false)}>{t('appeals.send')}</Button>
            <Button kind="plain" onClick={() => { setSaying(false); setWord('') }}>{t('ui.cancel')}</Button>
          </>
        ) : (
          <>
            <Button kind={met === true || first && of.rubric.length === 0 ? 'primary' : undefined} icon="check" busy={acting.busy} disabled={missing} onClick={() => void rule(true)}>{t(of.unjudged ? 'appeals.right' : 'appeals.accept', { n })}</Button>
            {of.accept && <Button busy={acting.busy} onClick={() => void rule(true, true)}>{t('appeals.onwards')}</Button>}
            {of.rubric.length > 0
              ? <Button kind={met === false ? 'primary' : undefined} busy={acting.busy} disabled={missing || wordless} onClick={() => void rule(false)}>{t('appeals.not_yet.plain')}</Button>
              : <Button onClick={() => setSaying(true)}>{t('appeals.not_yet')}</Button>}
          </>
        )}
      </div>
      {of.rubric.length > 0 && <p class="small quiet">{t('appeals.rule')}</p>}
    </section>
  )
}

/** Levels are one criterion's levels, one of which fits; with the keyboard the arrows move between them. */
function Levels({ of, at, onPick }: { of: Criterion; at: number | undefined; onPick: (level: number) => void }) {
  const [name] = useState(() => `level-${Math.random()}`)
  return (
    <fieldset class="levels">
      <legend data-own>{of.name}</legend>
      <div>{of.levels.map((l, i) => <label key={l} class={at === i ? 'level on' : 'level'}><input type="radio" name={name} checked={at === i} onChange={() => onPick(i)} /><span data-own>{l}</span></label>)}</div>
    </fieldset>
  )
}

mount(Appeals)
const matters = new Set(['appeal', 'ruling', 'withdrawal', 'people'])
live((change) => { if (change && matters.has(change.kind)) refresh() })
