// What would become of a file, and what became of it: the counts, each reason once, what is worth a look, where it goes, whom it
// comes from, and a few of its items as learners get them.
import type { ComponentChildren, ComponentType } from 'preact'
import { useState } from 'preact/hooks'
import type { BringKnown, BringPlace, BringState, BringView, Credit, Folded, FoldedReason, PreviewItem, Trial as Tried } from '../lib/api.gen.ts'
import { say, t } from '../lib/words.ts'
import { Asked } from '../ui/Asked.tsx'
import { noResponse } from '../ui/Answer.tsx'
import { Button } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Drawn } from '../ui/Drawn.tsx'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Table } from '../ui/Table.tsx'

type Choice = ComponentType<{ label: string; value: string; none?: string; of: BringKnown[]; onChange: (id: string) => void }>

interface TrialProps {
  view: BringView
  state: BringState
  trial: Tried
  busy: boolean
  place: (next: Partial<BringPlace>, kind?: string) => Promise<void>
  choice: Choice
  children: ComponentChildren
}

export function Trial({ view, state, trial, place, choice: Choice, children }: TrialProps) {
  const { counts } = trial.report
  const people = state.kind === 'people'
  const course = !people && state.kind !== 'standards' // it goes into one
  const writes = counts.taken + counts.changed
  return (
    <>
      <Card title={<bdi data-own>{state.file}</bdi>} aside={<span class="small quiet">{t(`bring.kind.${state.kind}`)}</span>}>
        <p><b>{writes > 0 ? t('bring.would') : t('bring.would.not')}</b> {t('bring.nothing')}</p>
        {course && <p>{t(trial.new ? 'bring.to.new' : 'bring.to', { course: trial.course })}</p>}
        <Report of={trial.report} />
        <div class="row near">{writes > 0 ? children : (children as ComponentChildren[])[1]}</div>
      </Card>
      <Card title={t('bring.where')} tone="sunk">
        <div class="bring-where">
          <Choice label={t('bring.kind')} value={state.kind} of={view.kinds.map((k) => ({ id: k.kind, title: t(`bring.kind.${k.kind}`) }))} onChange={(kind) => void place({}, kind)} />
          {people
            ? <Choice label={t('bring.class')} value={state.place.class} none={t('bring.class.none')} of={view.classes} onChange={(id) => void place({ class: id })} />
            : course && <Choice label={t('bring.course')} value={state.place.course} none={t('bring.course.file')} of={view.courses} onChange={(course) => void place({ course, skill: '' })} />}
          {trial.placeless > 0 && trial.choose.length > 0 && <Choice label={t('bring.skill', { n: trial.placeless })} value={state.place.skill} none={t('bring.skill.new')} of={trial.choose} onChange={(skill) => void place({ skill })} />}
        </div>
        {trial.skills.length > 0 && (
          <details class="why">
            <summary><Icon name="list" />{t('bring.skills', { n: trial.skills.length })}<Icon name="open" /></summary>
            <ul class="because">{trial.skills.map((s) => <li key={s.id}><bdi data-own>{s.title}</bdi> <span class="quiet">{t('bring.skills.items', { n: s.items })}</span></li>)}</ul>
          </details>
        )}
      </Card>
      {course && <Credits of={trial.credits} state={state} place={place} />}
      {trial.samples.length > 0 && (
        <section class="stack near">
          <h2>{t('bring.samples')}</h2>
          {trial.samples.map((s, i) => <Sample key={s.asked?.item} of={s} n={i + 1} />)}
        </section>
      )}
    </>
  )
}

/** Report is what a file comes to, folded. */
export function Report({ of, past }: { of: Folded; past?: boolean }) {
  const word = past ? 'bring.did' : 'bring.does'
  return (
    <>
      {of.things.length > 0 && (
        <Table
          caption={t('bring.counts')} hideCaption dense num={[1, 2, 3, 4]}
          head={[t('bring.thing'), t(`${word}.taken`), t(`${word}.changed`), t('bring.does.unchanged'), t(`${word}.skipped`)]}
          rows={of.things.map((x) => ({ key: x.thing, cells: [t(`bring.thing.${x.thing}`), x.counts.taken, x.counts.changed, x.counts.unchanged, x.counts.skipped] }))}
        />
      )}
      {of.counts.skipped > 0 && <p><b>{t('bring.skipped', { n: of.counts.skipped })}</b> {t('bring.skipped.more')}</p>}
      <Reasons of={of.reasons} />
      {of.doubts.length > 0 && <p><b>{t('bring.doubts')}</b> {t('bring.doubts.more')}</p>}
      <Reasons of={of.doubts} />
    </>
  )
}

/** Reasons are folded: each once, the first few open when they are about few. */
export function Reasons({ of }: { of: FoldedReason[] }) {
  if (of.length === 0) return null
  return (
    <ul class="bring-reasons">
      {of.map((r, i) => (
        <li key={i}>
          <details class="why" open={r.n <= 3 && of.length <= 6}>
            <summary><span>{r.n > 1 ? t('bring.reason', { n: r.n, reason: say(r.records[0]!.say) }) : say(r.records[0]!.say)}</span><Icon name="open" /></summary>
            <ul class="because">
              {r.records.map((x, k) => <li key={k}><bdi data-own>{x.id}</bdi> <span class="quiet">{x.line > 0 ? t('bring.at', { file: x.file, line: x.line }) : x.file.includes('.') ? x.file : ''}</span>{k > 0 && say(x.say) !== say(r.records[0]!.say) && <span> {say(x.say)}</span>}</li>)}
              {r.n > r.records.length && <li class="quiet">{t('bring.more', { n: r.n - r.records.length })}</li>}
            </ul>
          </details>
        </li>
      ))}
    </ul>
  )
}

/** Credits say whom the file names; what it does not say can be said here, before it is taken. */
function Credits({ of, state, place }: { of: Credit[]; state: BringState; place: TrialProps['place'] }) {
  const [authors, setAuthors] = useState(state.place.authors)
  const [licence, setLicence] = useState(state.place.licence)
  const silent = of.every((c) => !c.licence || c.licence === state.place.licence)
  return (
    <Card title={t('bring.credits')} tone="sunk">
      <ul class="stack near">
        {of.map((c, i) => (
          <li key={i}>
            <bdi data-own>{c.source}</bdi>{c.authors && <> · {t('bring.by')} <bdi data-own>{c.authors}</bdi></>} · {c.licence ? (c.url ? <a href={c.url} rel="noopener" target="_blank" data-own>{c.licence}</a> : <span data-own>{c.licence}</span>) : <span class="quiet">{t('bring.licence.none')}</span>}
            {c.bound && <p class="small">{t('bring.licence.bound')}</p>}
          </li>
        ))}
      </ul>
      {silent && (
        <details class="why" open={!!state.place.licence}>
          <summary><Icon name="edit" />{t('bring.licence.say')}<Icon name="open" /></summary>
          <div class="because">
            <Field label={t('bring.authors')} value={authors} onInput={setAuthors} max={200} />
            <Field label={t('bring.licence')} tip={t('bring.licence.tip')} value={licence} onInput={setLicence} max={100} />
            <div class="row near"><Button small onClick={() => void place({ authors: authors.trim(), licence: licence.trim() })}>{t('bring.licence.keep')}</Button></div>
          </div>
        </details>
      )}
    </Card>
  )
}

/** Sample is an item as a learner gets it, with what is right folded beneath. What is typed here goes nowhere. */
function Sample({ of, n }: { of: PreviewItem; n: number }) {
  const [response, set] = useState(noResponse)
  if (!of.asked) return null
  return (
    <section class="card" aria-label={t('bring.sample', { n })}>
      <Asked asked={of.asked} value={response} onInput={set} />
      <details class="why">
        <summary><Icon name="key" />{t('bring.right')}<Icon name="open" /></summary>
        <div class="because"><Drawn of={of.right} />{of.solution.length > 0 && <Drawn of={of.solution} />}</div>
      </details>
    </section>
  )
}
