// Evidence: everything that is known of a learner, newest first, each item as it was asked; and what changed over time.
import { useState } from 'preact/hooks'
import { useActing } from '../lib/acting.ts'
import { type EvidenceShown, type LearnerPage, paths, type Reason, type TimelineEntry } from '../lib/api.gen.ts'
import { clock, dayOf, when } from '../lib/time.ts'
import { rich, say, t } from '../lib/words.ts'
import { Answer, type AnswerProps, noResponse } from '../ui/Answer.tsx'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Drawn } from '../ui/Drawn.tsx'
import { Field } from '../ui/Field.tsx'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { ErrorBox, toast } from '../ui/Says.tsx'

const icons: Record<EvidenceShown['kind'], IconName> = {
  attempt: 'try', viewing: 'watch', self_rating: 'person', credit: 'flag', role_choice: 'goal', question: 'question', meeting: 'sit', activity: 'make', appeal: 'hand', ruling: 'check', rescoring: 'edit',
}

/** evidenceHref is this page with other evidence shown. */
export const evidenceHref = (view: LearnerPage, change: { skill?: string; shown?: number }) => {
  const at = new URLSearchParams()
  if (view.units.length > 1) at.set('unit', view.answers.unit!.id)
  const skill = change.skill ?? view.evidence.skill
  if (skill) at.set('skill', skill)
  if (change.shown) at.set('shown', String(change.shown))
  return `?${at.toString()}#evidence`
}

export function Evidence({ view }: { view: LearnerPage }) {
  const { evidence } = view
  const [out, setOut] = useState<EvidenceShown | null>(null)
  const name = <bdi>{view.answers.name}</bdi>
  return (
    <Card>
      {evidence.skills.length > 0 && (
        <label class="field"><span class="label">{t('learner.filter')}</span>
          <select class="input" value={evidence.skill} onChange={(e) => { location.assign(evidenceHref(view, { skill: e.currentTarget.value })) }}>
            <option value="">{t('learner.filter.all')}</option>
            {evidence.skills.map((s) => <option key={s.id} value={s.id} data-own>{s.title}</option>)}
          </select>
        </label>
      )}
      {evidence.lines.length === 0 && <p class="quiet">{rich('learner.evidence.none', { name })}</p>}
      <ul class="facts">{evidence.lines.map((l) => <FactLine key={l.facts[0]} of={l} learner={view.answers.name} onOut={() => setOut(l)} />)}</ul>
      {evidence.more && <div class="row"><LinkButton href={evidenceHref(view, { shown: evidence.shown + 40 })}>{t('learner.older')}</LinkButton></div>}
      {out && <TakeOut view={view} of={out} onClose={() => setOut(null)} />}
    </Card>
  )
}

function Why({ of }: { of: Reason }) {
  return of.phrase?.code ? <>{say(of.phrase)}</> : of.words ? <q><bdi>{of.words}</bdi></q> : null
}

function FactLine({ of: l, learner, onOut }: { of: EvidenceShown; learner: string; onOut: () => void }) {
  const said = <span>{say(l.say)}</span>
  return (
    <li class="factline">
      <Icon name={icons[l.kind]} />
      <p>{l.withdrawn ? <s class="quiet">{said}</s> : said}{l.by && <span class="quiet"> {rich('learner.by', { by: <bdi>{l.by}</bdi> })}</span>}</p>
      <p class="small quiet when">{when(dayOf(l.at_ms))} {clock(l.at_ms)}</p>
      <div class="more">
        {l.reason && (l.reason.words || l.reason.phrase) && <p class="small"><Why of={l.reason} /></p>}
        {l.levels && <ul class="small levels">{l.levels.map((v) => <li key={v.criterion}><bdi>{v.criterion}</bdi>: <bdi>{v.level}</bdi></li>)}</ul>}
        {l.words && <p class="small"><q><bdi>{l.words}</bdi></q></p>}
        {l.withdrawn && <p class="small">{rich('learner.out.by', { by: <bdi>{l.withdrawn.by}</bdi>, when: when(dayOf(l.withdrawn.at_ms)) })} <Why of={l.withdrawn.reason} /></p>}
        {(l.asked || l.may) && (
          <div class="row near">
            {l.asked && <Asked of={l} learner={learner} />}
            {l.may && <Button small kind="plain" label={t('learner.out.of', { what: say(l.say) })} onClick={onOut}>{t('learner.out')}</Button>}
          </div>
        )}
      </div>
    </li>
  )
}

/** Asked is the item as it stood before the learner, with what they answered; drawn only once it is opened. */
function Asked({ of: l, learner }: { of: EvidenceShown; learner: string }) {
  const [open, setOpen] = useState(false)
  const asked = l.asked!
  const options = asked.options.map((o) => ({ i: o.index, text: o.text, area: o.area }))
  return (
    <details class="wasasked" onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{t('learner.asked')}<Icon name="open" /></summary>
      {open && (
        <div>
          <Drawn of={asked.text} item />
          {l.response
            ? <Answer kind={asked.kind as AnswerProps['kind']} options={options} groups={asked.groups} picture={asked.picture} many={asked.many} boxes={asked.boxes} unit={asked.unit} axes={asked.axes} subject={{ item: asked.item, version: asked.version, draw_n: 1 }} value={{ ...noResponse, chosen: l.response.chosen ?? [], boxes: l.response.boxes ?? [], placed: l.response.placed, files: l.response.files, documents: l.response.documents }} onInput={() => {}} fixed />
            : <p>{rich('learner.unlearned', { name: <bdi>{learner}</bdi> })}</p>}
          {l.nudge && l.nudge.length > 0 && <Drawn of={l.nudge} />}
        </div>
      )}
    </details>
  )
}

function TakeOut({ view, of, onClose }: { view: LearnerPage; of: EvidenceShown; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const acting = useActing()
  const send = async () => {
    for (const fact of of.facts) if (!(await acting.run(paths.withdraw_fact, { learner: view.answers.learner, fact, reason }))) return
    onClose()
    toast(t('learner.out.done'))
  }
  return (
    <Dialog
      open onClose={onClose} title={say(of.say)}
      footer={<><Button onClick={onClose}>{t('ui.cancel')}</Button><Button kind="primary" busy={acting.busy || !reason.trim()} onClick={() => void send()}>{t('learner.out')}</Button></>}
    >
      {acting.problem && <ErrorBox problem={acting.problem} />}
      <Field label={t('learner.out.why')} tip={rich('learner.out.reads', { name: <bdi>{view.answers.name}</bdi> })} value={reason} onInput={setReason} lines={2} max={280} focus />
    </Dialog>
  )
}

/** recent is how many moments stand open. */
const recent = 8

/** Moments are what changed over time, newest first; the older ones one tap away. */
export function Moments({ view }: { view: LearnerPage }) {
  const all = view.timeline
  if (all.length === 0) return <p class="quiet">{t('learner.time.none')}</p>
  return (
    <Card>
      <MomentList of={all.slice(0, recent)} />
      {all.length > recent && <details class="older"><summary>{t('learner.time.older', { n: all.length - recent })}<Icon name="open" /></summary><MomentList of={all.slice(recent)} /></details>}
    </Card>
  )
}

function MomentList({ of }: { of: TimelineEntry[] }) {
  return (
    <ol class="moments">
      {of.map((m, i) => (
        <li key={i}>
          <p>{say(m.say)} <span class="small quiet">{when(dayOf(m.at_ms))}</span></p>
          {m.because.code && <p class="small quiet">{say(m.because)}</p>}
          {m.words && <p class="small"><q><bdi>{m.words}</bdi></q></p>}
        </li>
      ))}
    </ol>
  )
}
