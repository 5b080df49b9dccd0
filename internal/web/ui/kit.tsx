// kit: every part in every state, on one page, to look at and to run the gates on. It is served only at /stories/ui/kit.
import { useState } from 'preact/hooks'
import type { AskedScaffold } from '../lib/api.gen.ts'
import type { Entry } from '../lib/box.ts'
import { picked } from '../lib/drag.ts'
import { live } from '../lib/live.ts'
import { mount, refresh } from '../lib/page.ts'
import { rich, t } from '../lib/words.ts'
import { Answer, noResponse, type AnswerProps, type Response } from './Answer.tsx'
import { Arrived } from './Arrived.tsx'
import { Button, LinkButton } from './Button.tsx'
import { Card, ChoiceCard } from './Card.tsx'
import { Dialog } from './Dialog.tsx'
import { Drawn, type El } from './Drawn.tsx'
import { HintLadder, NotYet, NowSecure, Verdict } from './Feedback.tsx'
import { Field, Tick } from './Field.tsx'
import { Icon } from './Icon.tsx'
import { MoveHere, Moving, useMove } from './Move.tsx'
import { NextStep } from './NextStep.tsx'
import { PersonChip } from './Person.tsx'
import { EmptyState, ErrorBox, SaveState, toast } from './Says.tsx'
import { scaffoldOf } from './Scaffold.tsx'
import { Segmented } from './Segmented.tsx'
import { Shell } from './Shell.tsx'
import { Dots, StatusChip, StatusMark, type StatusName, type Try } from './Status.tsx'
import { Table } from './Table.tsx'
import { Why } from './Why.tsx'

interface KitView {
  part: 'home' | 'practice' | 'staff' | 'forms' | 'text'
  text?: El[]
  answers?: Pick<AnswerProps, 'kind' | 'options' | 'boxes' | 'unit'>[]
  hints?: El[][]
  scaffolds?: AskedScaffold[]
  nudge?: El[]
  late?: Entry[]
  people?: string[]
}

const statuses: StatusName[] = ['not_started', 'growing', 'secure', 'another_look']
const tries: Try[] = ['not_yet', 'helped', 'not_yet', 'right', 'right']

function Kit({ view }: { view: KitView }) {
  const part = { home: <Home />, practice: <Practice view={view} />, staff: <Staff view={view} />, forms: <Forms />, text: <Text view={view} /> }[view.part]
  return <Shell width={view.part === 'practice' || view.part === 'text' ? 'narrow' : undefined}>{part}</Shell>
}

function Home() {
  return (
    <>
      <div><h1>{rich('kit.hello', { name: <bdi>Amina</bdi> })}</h1><p class="quiet">{t('kit.day')}</p></div>
      <NextStep title={t('kit.next')} reason={rich('kit.reason', { name: <bdi>Ms Okafor</bdi> })} facts={<span><Icon name="clock" />{t('ui.minutes', { n: 12 })}</span>}>
        <LinkButton kind="primary" href="#practice" after="next">{t('kit.carryon')}</LinkButton>
      </NextStep>
      <div class="pair">
        <Card title={t('kit.where')}>
          <div class="row near">{statuses.map((s) => <StatusChip key={s} status={s} href={`#${s}`}>{t(`kit.skill.${s}`)}</StatusChip>)}</div>
          <p class="small">{t('kit.tries')} <Dots tries={tries} /></p>
          <Why about={t('kit.skill.growing')} reason={t('kit.because')} evidence={[{ what: t('kit.evidence.a'), when: t('kit.evidence.when') }, { what: t('kit.evidence.b'), when: t('ui.yesterday') }]} />
        </Card>
        <Card title={t('kit.going')}>
          <p>{rich('kit.task', { task: <b>{t('kit.task.name')}</b> })}</p>
          <p class="small quiet">{t('kit.goal')}</p>
          <div class="row">{statuses.map((s) => <StatusMark key={s} status={s} />)}</div>
        </Card>
      </div>
      <section class="stack">
        <h2>{t('kit.how')}</h2>
        <div class="board">
          <ChoiceCard href="#w" icon="watch" kind={t('kit.watch')} name={t('kit.watch.name')} foot={t('kit.watch.foot')} />
          <ChoiceCard href="#t" icon="try" kind={t('kit.try')} name={t('kit.try.name')} foot={t('kit.try.foot')} />
          <ChoiceCard href="#m" icon="make" kind={t('kit.make')} name={t('kit.make.name')} foot={t('kit.make.foot')} />
          <ChoiceCard href="#k" icon="talk" kind={t('kit.talk')} name={t('kit.talk.name')} foot={t('kit.talk.foot')} />
        </div>
      </section>
      <SaveState />
    </>
  )
}

function Practice({ view }: { view: KitView }) {
  const [responses, set] = useState<Response[]>([])
  const [taken, take] = useState(1)
  return (
    <>
      <p class="eyebrow">{t('kit.skill.growing')}</p>
      <h1>{t('kit.practice')}</h1>
      <Drawn of={view.text} item />
      {view.answers?.map((a, i) => (
        <Answer key={i} {...a} value={responses[i] ?? noResponse} onInput={(r) => set(Object.assign([...responses], { [i]: r }))} />
      ))}
      <div class="row"><Button kind="primary">{t('ui.check')}</Button></div>
      <NotYet nudge={view.nudge} />
      <Verdict is="right"><p>{t('kit.evidence.a')}</p></Verdict>
      <NowSecure title={t('kit.secured')}><p>{t('kit.evidence.a')}</p></NowSecure>
      <Verdict is="saved"><p>{t('ui.kept.more')}</p></Verdict>
      {view.late && <Arrived entries={view.late} />}
      <HintLadder hints={view.hints?.slice(0, taken) ?? []} total={view.hints?.length ?? 0} onMore={() => take(taken + 1)} under={(n) => scaffoldOf(view.scaffolds, n, { item: 'i', version: 1, draw_n: 1 })} />
      <SaveState />
    </>
  )
}

function Staff({ view }: { view: KitView }) {
  const people = view.people ?? []
  const [places, set] = useState<Record<string, string>>(() => Object.fromEntries(people.map((p, i) => [p, ['sit', 'carry', 'deeper'][i % 3]!])))
  const move = (thing: string, place: string) => set((now) => ({ ...now, [thing]: place }))
  const ground = useMove(move)
  return (
    <>
      <h1>{t('kit.today')}</h1>
      <Moving name={picked.value} />
      <div ref={ground} class="board">
        {['sit', 'carry', 'deeper'].map((place) => (
          <Card key={place} data-drop={place} title={t(`kit.${place}`)}>
            <div class="row near">{people.filter((p) => places[p] === place).map((p) => <PersonChip key={p} name={p} drag={p} pressed={picked.value === p} />)}</div>
            <MoveHere place={place} name={places[picked.value] === place ? '' : picked.value} move={move} />
          </Card>
        ))}
      </div>
      <Table
        caption={t('kit.grid')} num={[2]} head={[t('kit.name'), t('kit.status'), t('kit.count')]}
        rows={people.map((p, i) => ({ key: p, cells: [<bdi key="n">{p}</bdi>, <StatusMark key="s" status={statuses[i % 4]!} />, i * 3] }))}
      />
      <div class="row near">{[0, 1, 2, 3, 4].map((m) => <span key={m} class={`cell m${m}`}>{m}</span>)}</div>
      <div class="pair">
        <EmptyState icon="hand" title={t('kit.empty')}><p>{t('kit.empty.more')}</p><LinkButton href="#p" icon="print">{t('kit.print')}</LinkButton></EmptyState>
        <ErrorBox problem={{ status: 409, kind: 'conflict', say: { code: 'kit.conflict' }, ref: '7f3a' }} safe now={t('kit.conflict.now')}><Button>{t('ui.again')}</Button></ErrorBox>
      </div>
      <div class="pair">
        <Card tone="help" title={t('kit.asking')}><div class="row">{people.slice(0, 2).map((p) => <PersonChip key={p} name={p} asks face href="#h" />)}</div></Card>
        <Card tone="note" title={t('kit.voice')}><p>{t('kit.goal')}</p></Card>
      </div>
    </>
  )
}

function Forms() {
  const [dial, setDial] = useState<'required' | 'pick' | 'propose'>('pick')
  const [sure, setSure] = useState<'a' | 'b' | 'c' | null>(null)
  const [text, setText] = useState('')
  const [on, setOn] = useState(true)
  const [open, setOpen] = useState(false)
  return (
    <>
      <h1>{t('kit.forms')}</h1>
      <div class="row">
        <Button kind="primary" icon="check">{t('ui.save')}</Button><Button>{t('ui.cancel')}</Button><Button kind="plain">{t('ui.back')}</Button>
        <Button disabled>{t('ui.save')}</Button><Button small icon="print">{t('kit.print')}</Button>
      </div>
      <Segmented label={t('kit.dial')} showLabel value={dial} onChange={setDial} options={[{ value: 'required', words: t('kit.required') }, { value: 'pick', words: t('kit.pick') }, { value: 'propose', words: t('kit.propose') }]} />
      <Segmented label={t('kit.sure')} showLabel stretch value={sure} onChange={setSure} options={[{ value: 'a', words: t('kit.sure.a') }, { value: 'b', words: t('kit.sure.b') }, { value: 'c', words: t('kit.sure.c') }]} />
      <Field label={t('ui.hand.line')} tip={t('ui.hand.reads')} value={text} onInput={setText} max={200} />
      <Field label={t('kit.reflect')} tip={t('ui.hand.reads')} value={text} onInput={setText} lines={3} fault={t('kit.fault')} />
      <Tick label={t('kit.captions')} checked={on} onChange={setOn} />
      <div class="row">
        <Button onClick={() => setOpen(true)}>{t('kit.dialog')}</Button>
        <Button onClick={() => toast(t('kit.moved'), { words: t('ui.undo'), run: () => {} })}>{t('kit.toast')}</Button>
      </div>
      <Dialog open={open} onClose={() => setOpen(false)} title={t('kit.dialog.title')} footer={<Button kind="primary" onClick={() => setOpen(false)}>{t('ui.save')}</Button>}>
        <Field label={t('kit.reflect')} value={text} onInput={setText} lines={3} focus />
      </Dialog>
    </>
  )
}

function Text({ view }: { view: KitView }) {
  return <><h1>{t('kit.text')}</h1><Drawn of={view.text} /></>
}

mount(Kit)
live((change) => { if (change) refresh() })
