// bring: somebody brings a file in. It is tried first, by itself: what would become of it, with nothing written yet. One button takes
// it, and what was taken can be taken back. The address names the file that is on the table, so that a reload and a second window
// show the same.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type BringKnown, type BringState, type BringView, type BringingIn, paths } from '../lib/api.gen.ts'
import { useActing } from '../lib/acting.ts'
import { newOp } from '../lib/op.ts'
import { mount, reload } from '../lib/page.ts'
import type { Problem } from '../lib/problem.ts'
import { rich, say, t } from '../lib/words.ts'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ErrorBox } from '../ui/Says.tsx'
import { Shell } from '../ui/Shell.tsx'
import { Out } from './Out.tsx'
import { Past, TakeBack } from './Past.tsx'
import { asked } from './asked.ts'
import { Report, Trial } from './Trial.tsx'
import { sendFile } from './upload.ts'

/** here is the page's address with a file on the table, or with none. */
function here(id: string): string {
  const query = new URLSearchParams(location.search)
  if (id) query.set('id', id)
  else query.delete('id')
  return `/bring?${query}`
}

/** useWatched is the state of what is on the table, asked for again while something goes on. */
function useWatched(view: BringView): BringState | undefined {
  const [state, set] = useState(view.state)
  useEffect(() => set(view.state), [view.state])
  const going = state?.state === 'reading' || state?.state === 'taking'
  useEffect(() => {
    if (!going || !state) return
    const stop = new AbortController()
    const timer = setTimeout(async () => {
      const answer = await asked<BringState>(paths.watch_bringing, { id: state.id }, stop.signal)
      if (stop.signal.aborted) return
      if (!answer.ok) set({ ...state }) // the line is away for a moment: ask again
      else if (answer.data.state === 'taken') void reload()
      else set(answer.data)
    }, 600)
    return () => { clearTimeout(timer); stop.abort() }
  }, [state])
  return state
}

function Bring({ view }: { view: BringView }) {
  const state = useWatched(view)
  const none = !state || state.state === 'dropped'
  return (
    <Shell>
      <div>
        <h1>{t('bring.title')}</h1>
        {view.class && <p><a class="bring-back" href={`/class/${view.class.id}/units`}>{rich('bring.back', { class: <bdi data-own>{view.class.name}</bdi> })}</a></p>}
        <p class="quiet">{t('bring.what')}</p>
      </div>
      {none ? <Send view={view} /> : <Brought key={state.id} view={view} state={state} />}
      {none && view.class && view.units.length > 0 && <Out cls={view.class.id} units={view.units} kinds={view.kinds.filter((k) => k.writes).map((k) => k.kind)} />}
      <Past view={view} here={here} />
    </Shell>
  )
}

/** Send takes a file, dropped or picked. */
function Send({ view }: { view: BringView }) {
  const [share, setShare] = useState(-1)
  const [over, setOver] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const last = useRef<{ file: File; op: string } | null>(null)
  const send = async (file: File | undefined) => {
    if (!file || share >= 0) return
    if (last.current?.file !== file) last.current = { file, op: newOp() }
    setProblem(null)
    setShare(0)
    const query = { course: view.skill || view.course ? view.course : '', skill: view.skill, class: view.class?.id ?? '' }
    const sent = await sendFile<BringingIn>('/api/v1/bring-file', query, file, setShare, new AbortController().signal, last.current.op)
    setShare(-1)
    if (sent.ok) location.assign(here(sent.file.id))
    else setProblem(sent.problem)
  }
  return (
    <Card title={t('bring.file')}>
      <div
        class={over ? 'bring-drop over' : 'bring-drop'}
        onDragOver={(e) => { e.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)}
        onDrop={(e) => { e.preventDefault(); setOver(false); void send(e.dataTransfer?.files[0]) }}
      >
        <Icon name="add" />
        <label class="field"><span class="label">{t('bring.drop')}</span><input class="input" type="file" disabled={share >= 0} onChange={(e) => void send(e.currentTarget.files?.[0])} /></label>
      </div>
      {share >= 0 && <Progress value={share} words={t('bring.sending', { percent: Math.floor(share * 100) })} />}
      {problem && <ErrorBox title={t('bring.notsent')} problem={problem} now={t('bring.nothing')} />}
      <p class="small quiet">{t('bring.kinds', { kinds: view.kinds.map((k) => t(`bring.kind.${k.kind}`)).join(', ') })}</p>
      <div class="row near">
        <span class="small quiet">{t('bring.examples')}</span>
        {view.kinds.filter((k) => k.template).map((k) => <LinkButton key={k.kind} small kind="plain" icon="paper" href={`/bring/example/${k.kind}`} label={t('bring.example.of', { kind: t(`bring.kind.${k.kind}`) })}>{t(`bring.kind.${k.kind}`)}</LinkButton>)}
      </div>
    </Card>
  )
}

function Progress({ value, words }: { value?: number; words: string }) {
  return <div class="bring-progress" role="status"><progress max={1} value={value} aria-label={words} /><span class="small">{words}</span></div>
}

/** Brought is the file that somebody has brought, as it stands. */
function Brought({ view, state }: { view: BringView; state: BringState }) {
  const acting = useActing()
  const [back, takeBack] = useState(false)
  const drop = async () => { if (await acting.run(paths.drop_bringing, { id: state.id })) location.assign(here('')) }
  const take = async () => { await acting.run(paths.take_bringing, { id: state.id }) }
  const place = async (next: Partial<BringState['place']>, kind = state.kind) => { await acting.run(paths.place_bringing, { id: state.id, kind, place: { ...state.place, ...next } }) }
  const other = <Button kind="plain" busy={acting.busy} onClick={() => void drop()}>{t('bring.other')}</Button>
  const name = <bdi data-own>{state.file}</bdi>
  const share = state.all > 0 ? state.done / state.all : undefined
  return (
    <>
      {acting.problem && <ErrorBox problem={acting.problem} />}
      {state.state === 'reading' && <Card title={name}><Progress value={share} words={t('bring.reading', { done: state.done, all: state.all })} /><p class="small quiet">{t('bring.nothing')}</p></Card>}
      {state.state === 'refused' && (
        <Card title={name}>
          <ErrorBox title={t('bring.refused')}>
            <p>{say(state.refusal)}</p>
          </ErrorBox>
          <Choice label={t('bring.kind')} value={state.kind} none={state.kind === '' ? t('bring.kind.none') : undefined} of={view.kinds.map((k) => ({ id: k.kind, title: t(`bring.kind.${k.kind}`) }))} onChange={(kind) => void place({}, kind)} />
          <div class="row near">{other}</div>
        </Card>
      )}
      {state.state === 'tried' && state.trial && (
        <Trial view={view} state={state} trial={state.trial} busy={acting.busy} place={place} choice={Choice}>
          <Button kind="primary" busy={acting.busy} onClick={() => void take()}>{t(takeWord(state.kind), { n: count(state) })}</Button>
          {other}
        </Trial>
      )}
      {state.state === 'taking' && <Card title={name}><Progress value={share} words={t('bring.taking', { done: state.done, all: state.all })} /><p class="small quiet">{t('bring.taking.more')}</p></Card>}
      {state.state === 'stopped' && (
        <Card title={name}>
          <ErrorBox title={t('bring.stopped')}>
            {state.refusal && <p>{say(state.refusal)}</p>}
            <p>{t('bring.stopped.more', { done: state.done, all: state.all })}</p>
          </ErrorBox>
          <div class="row near">
            <Button kind="primary" busy={acting.busy} onClick={() => void take()}>{t('bring.goon')}</Button>
            {state.done > 0 && <Button onClick={() => takeBack(true)}>{t('bring.undo')}</Button>}
            {other}
          </div>
        </Card>
      )}
      {state.state === 'taken' && state.report && (
        <Card title={name}>
          <p class="bring-done" role="status"><Icon name="check" />{t('bring.taken')}</p>
          <Report of={state.report} past />
          <div class="row near">
            {view.class && <LinkButton kind="primary" href={`/class/${view.class.id}/units`}>{t('bring.units')}</LinkButton>}
            {view.past.some((p) => p.id === state.id && p.undoes) && <Button onClick={() => takeBack(true)}>{t('bring.undo')}</Button>}
            <LinkButton kind="plain" href={here('')}>{t('bring.another')}</LinkButton>
          </div>
        </Card>
      )}
      <TakeBack id={back ? state.id : ''} file={state.file} onClose={() => takeBack(false)} onDone={() => location.assign(here(''))} />
    </>
  )
}

const takeWord = (kind: string) => kind === 'people' ? 'bring.take.people' : kind === 'standards' ? 'bring.take.standards' : kind === 'graph' ? 'bring.take.graph' : 'bring.take'

/** counted are the things that the button names. */
const counted = (kind: string) => kind === 'graph' ? ['skill'] : ['item', 'lesson', 'person', 'standard']

/** count is how many of them would be written. */
const count = (state: BringState) => (state.trial?.report.things ?? []).reduce((n, x) => n + (counted(state.kind).includes(x.thing) ? x.counts.taken + x.counts.changed : 0), 0)

function Choice(p: { label: string; value: string; none?: string; of: BringKnown[]; onChange: (id: string) => void }) {
  return (
    <label class="field"><span class="label">{p.label}</span>
      <select class="input" value={p.value} onChange={(e) => p.onChange(e.currentTarget.value)}>
        {p.none !== undefined && <option value="">{p.none}</option>}
        {p.of.map((o) => <option key={o.id} value={o.id} data-own>{o.title}</option>)}
      </select>
    </label>
  )
}

mount(Bring)
