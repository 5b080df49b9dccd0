// learner: a teacher's page of one learner: the three answers as the learner reads them, the plan to change by hand, the
// skills to credit or re-open, all the evidence, and what changed over time.
import { useState } from 'preact/hooks'
import { type Acting, useActing } from '../lib/acting.ts'
import { type FactOut, type LearnerPage, paths, type SkillNow, type SkillStanding } from '../lib/api.gen.ts'
import { live } from '../lib/live.ts'
import { mount, refresh, reload } from '../lib/page.ts'
import { act } from '../lib/send.ts'
import { dayOf, when } from '../lib/time.ts'
import { rich, say, t } from '../lib/words.ts'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { EmptyState, ErrorBox, toast } from '../ui/Says.tsx'
import { Shell } from '../ui/Shell.tsx'
import { Dots, StatusMark, type Try } from '../ui/Status.tsx'
import { because } from '../ui/Steps.tsx'
import { GoingCard, WhereCard } from '../ui/ThreeAnswers.tsx'
import { Why } from '../ui/Why.tsx'
import { Evidence, evidenceHref, Moments } from './Evidence.tsx'
import { PlanEditor } from './PlanEditor.tsx'
import { Body, Editing, SendBack, sentWhen, wished } from './Proposal.tsx'

function Learner({ view }: { view: LearnerPage }) {
  const { unit } = view.answers
  const name = <bdi>{view.answers.name}</bdi>
  if (!unit) {
    return (
      <Shell>
        <h1><bdi>{view.full}</bdi></h1>
        <EmptyState icon="units" title={t('learner.none')}><p>{rich('learner.none.more', { name })}</p></EmptyState>
      </Shell>
    )
  }
  return (
    <Shell width="wide">
      <header class="learnerhead">
        <div>
          <h1><bdi>{view.full}</bdi></h1>
          <p class="quiet">{rich('learner.in', { class: <bdi>{unit.name}</bdi>, unit: <span data-own>{unit.title}</span> })}</p>
        </div>
        <Together view={view} />
      </header>
      {view.units.length > 1 && <UnitChoice view={view} />}
      <nav class="parts" aria-label={t('learner.parts')}>
        <a href="#plan">{t('learner.plan')}</a><a href="#skills">{t('learner.skills')}</a><a href="#evidence">{t('learner.evidence')}</a><a href="#time">{t('learner.time')}</a>
      </nav>
      {view.proposal && <Waiting key={view.proposal.id} view={view} />}
      <section class="stack near">
        <p class="eyebrow">{rich('learner.answers', { name })}</p>
        <div class="pair"><WhereCard where={view.answers.where} /><GoingCard going={view.answers.going} /></div>
      </section>
      <section id="plan" class="stack"><h2>{t('answers.how')}</h2><PlanEditor view={view} /><DialChoice view={view} /></section>
      <section id="skills" class="stack"><div class="row apart"><h2>{t('learner.skills')}</h2><LinkButton small icon="map" href={`/learner/${view.answers.learner}/map?unit=${unit.id}`}>{t('learner.map')}</LinkButton></div><Skills view={view} /></section>
      <section id="evidence" class="stack"><h2>{t('learner.evidence')}</h2><Evidence view={view} /></section>
      <section id="time" class="stack"><h2>{t('learner.time')}</h2><Moments view={view} /></section>
    </Shell>
  )
}

function UnitChoice({ view }: { view: LearnerPage }) {
  return (
    <label class="field"><span class="label">{t('learner.unit')}</span>
      <select class="input" value={view.answers.unit!.id} onChange={(e) => { location.search = `?unit=${e.currentTarget.value}` }}>
        {view.units.map((u) => <option key={u.id} value={u.id} data-own>{u.title} ({u.name})</option>)}
      </select>
    </label>
  )
}

/** Waiting is a proposal that nobody has decided, sent or not. */
function Waiting({ view }: { view: LearnerPage }) {
  const p = view.proposal!
  const sent = p.sent_ms > 0
  const [open, setOpen] = useState(false)
  const [mode, setMode] = useState<'look' | 'edit' | 'back'>('look')
  const acting = useActing()
  const decide = (verdict: 'accept' | 'reject', reason = '') => void acting.run(paths.decide_proposals, { class: view.class, proposals: [p.id], verdict, reason })
  const name = <bdi>{view.answers.name}</bdi>
  return (
    <Card title={sent ? t('learner.proposal') : rich('learner.proposal.unsent', { name })} aside={<span class="small quiet">{sentWhen(p)}</span>}>
      {!sent && <p>{rich('learner.proposal.unsent.more', { name })}</p>}
      {acting.problem && <ErrorBox problem={acting.problem} />}
      {!open ? <div class="row"><Button kind={sent ? 'primary' : 'quiet'} onClick={() => setOpen(true)}>{t('learner.proposal.look')}</Button><span class="small quiet">{t('proposal.lines', { n: p.lines.length })}</span>{wished(p) && <span class="says small">{t('proposal.voice.some', { name: p.name })}</span>}</div>
        : mode === 'edit' ? <Editing plan={p} puts={view.puts} busy={acting.busy} onSave={(edits, uncredited, reason) => void acting.run(paths.decide_edit, { proposal: p.id, edits, uncredited, reason })} onCancel={() => setMode('look')} />
        : (
          <>
            <Body cls={view.class} plans={[p]} />
            {mode === 'back' ? <SendBack plans={[p]} busy={acting.busy} onSend={(reason) => decide('reject', reason)} onCancel={() => setMode('look')} /> : (
              <div class="row">
                <Button kind="primary" icon="check" busy={acting.busy} onClick={() => decide('accept')}>{t('proposal.accept')}</Button>
                <Button icon="edit" onClick={() => setMode('edit')}>{t('proposal.edit')}</Button>
                <Button kind="plain" onClick={() => setMode('back')}>{t('proposal.reject')}</Button>
              </div>
            )}
          </>
        )}
    </Card>
  )
}

/** Together notes that teacher and learner sat together, in two taps, with an undo. */
function Together({ view }: { view: LearnerPage }) {
  const [open, setOpen] = useState(false)
  const [skill, setSkill] = useState('')
  const acting = useActing()
  const learner = view.answers.learner
  const undo = async (fact: string) => {
    const answer = await act(paths.withdraw_fact, { learner, fact, reason: 'reason.slip' })
    if ('problem' in answer) toast(say(answer.problem.say))
    await reload()
  }
  const note = async () => {
    const made = await acting.run<FactOut>(paths.meet_learner, { class: view.class, learner, skill: skill || undefined })
    if (!made) return
    setOpen(false)
    setSkill('')
    toast(t('learner.met.done'), { words: t('ui.undo'), run: () => void undo(made.fact) })
  }
  return (
    <>
      <Button icon="sit" onClick={() => setOpen(true)}>{t('learner.met')}</Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t('learner.met')} footer={<Button kind="primary" busy={acting.busy} onClick={() => void note()}>{t('learner.met.save')}</Button>}>
        {acting.problem && <ErrorBox problem={acting.problem} />}
        <label class="field"><span class="label">{t('learner.met.about')}</span>
          <select class="input" value={skill} onChange={(e) => setSkill(e.currentTarget.value)}>
            <option value="">{t('learner.met.nothing')}</option>
            {view.puts?.skills.map((s) => <option key={s.id} value={s.id} data-own>{s.title}</option>)}
          </select>
        </label>
        <p class="small quiet">{rich('learner.met.both', { name: <bdi>{view.answers.name}</bdi> })}</p>
      </Dialog>
    </>
  )
}

function DialChoice({ view }: { view: LearnerPage }) {
  const acting = useActing()
  const turn = (dial: string) => void acting.run(paths.set_dial, { class_unit: view.answers.unit!.id, learner: view.answers.learner, dial })
  return (
    <div class="dial">
      {acting.problem && <ErrorBox problem={acting.problem} />}
      <Segmented
        label={t('learner.dial', { name: view.answers.name })} showLabel value={view.dial.own || 'class'} onChange={turn}
        options={[{ value: 'class', words: t('learner.dial.class', { dial: view.dial.class }) }, ...(['required', 'pick', 'propose'] as const).map((d) => ({ value: d, words: t(`learner.dial.${d}`) }))]}
      />
    </div>
  )
}

type Saying = { skill: SkillStanding; act: 'credit' | 'reopen' } | null

function Skills({ view }: { view: LearnerPage }) {
  const [saying, setSaying] = useState<Saying>(null)
  const acting = useActing()
  return (
    <>
      <div class="skillboard">
        {view.answers.where.objectives.map((o) => (
          <Card key={o.id} title={<span data-own>{o.title}</span>}>
            {o.says && <p class="small says">{t('learner.says', { name: view.answers.name, says: o.says })}</p>}
            <ul>{o.skills.map((s) => <SkillRow key={s.id} skill={s} evidence={evidenceHref(view, { skill: s.id })} say={(what) => { acting.clear(); setSaying({ skill: s, act: what }) }} />)}</ul>
          </Card>
        ))}
      </div>
      <SayDialog view={view} saying={saying} acting={acting} onClose={() => setSaying(null)} />
    </>
  )
}

function SkillRow({ skill: s, evidence, say: open }: { skill: SkillStanding; evidence: string; say: (what: 'credit' | 'reopen') => void }) {
  return (
    <li class="skillrow">
      <b data-own>{s.title}</b>
      <StatusMark status={s.status} />
      <p class="small quiet row near">{s.dots.length > 0 && <Dots tries={s.dots as Try[]} />}<span>{say(s.why)}</span>{s.secure_ms ? <span>{rich('learner.since', { when: when(dayOf(s.secure_ms)) })}</span> : null}</p>
      <div class="acts">
        {(s.because ?? []).length > 0 && <Why about={t('step.name.practice', { title: s.title })} reason={say(s.why)} evidence={because(s.because)}><p><a href={evidence}>{t('learner.evidence')}</a></p></Why>}
        {s.status === 'secure'
          ? <Button small kind="plain" label={t('learner.reopen.of', { skill: s.title })} onClick={() => open('reopen')}>{t('learner.reopen')}</Button>
          : <Button small kind="plain" label={t('learner.credit.of', { skill: s.title })} onClick={() => open('credit')}>{t('learner.credit')}</Button>}
      </div>
    </li>
  )
}

function SayDialog({ view, saying, acting, onClose }: { view: LearnerPage; saying: Saying; acting: Acting; onClose: () => void }) {
  const [reason, setReason] = useState('')
  if (!saying) return null
  const { skill, act: what } = saying
  const name = <bdi>{view.answers.name}</bdi>
  const send = async () => {
    const done = await acting.run<SkillNow>(what === 'credit' ? paths.credit_skill : paths.reopen_skill, { learner: view.answers.learner, skill: skill.id, reason })
    if (!done) return
    setReason('')
    onClose()
    toast(t('learner.said', { skill: skill.title, status: done.status }))
  }
  return (
    <Dialog
      open onClose={onClose} title={<>{t(`learner.${what}`)}: <span data-own>{skill.title}</span></>}
      footer={<><Button onClick={onClose}>{t('ui.cancel')}</Button><Button kind="primary" busy={acting.busy || !reason.trim()} onClick={() => void send()}>{t(`learner.${what}`)}</Button></>}
    >
      {acting.problem && <ErrorBox problem={acting.problem} />}
      {what === 'reopen' && <p>{t('learner.reopen.keeps')}</p>}
      <Field label={t(`learner.${what}.why`)} tip={rich('learner.credit.reads', { name })} value={reason} onInput={setReason} lines={3} max={280} focus />
    </Dialog>
  )
}

mount(Learner)
live((change) => { if (change) refresh() })
