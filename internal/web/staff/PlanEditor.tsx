// PlanEditor: a learner's plan in four columns, changed by hand: a line is dragged, or picked and put, or moved by one place.
import { useState } from 'preact/hooks'
import { useActing } from '../lib/acting.ts'
import { type EditorLine, type LearnerPage, paths, type StepIn, type StepLine } from '../lib/api.gen.ts'
import { picked } from '../lib/drag.ts'
import { rich, say, t } from '../lib/words.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { MoveHere, Moving, useMove } from '../ui/Move.tsx'
import { ErrorBox, toast } from '../ui/Says.tsx'
import { because, stepIcon, stepName } from '../ui/Steps.tsx'
import { Why } from '../ui/Why.tsx'
import { type Column, placeIn, shiftTo } from './columns.ts'
import { facts, Name, PutIn } from './Proposal.tsx'

/** doneMost is how many done lines stand there unasked: a year of them would push the skills out of sight. */
const doneMost = 6
const columns = ['now', 'next', 'later'] as const

export function PlanEditor({ view }: { view: LearnerPage }) {
  const { lines, earlier, revision } = view.plan!
  const acting = useActing()
  const on = { class_unit: view.answers.unit!.id, learner: view.answers.learner, revision }
  const change = (key: string, what: 'move' | 'must' | 'may', to = 0) => void acting.run(paths.change_step, { ...on, key, act: what, to })
  const move = (key: string, place: string) => {
    const to = placeIn(lines, key, place as Column)
    if (to >= 0) change(key, 'move', to)
  }
  const take = async (line: StepLine) => {
    if (await acting.run(paths.take_step, { ...on, key: line.key })) toast(t('learner.taken', { title: stepName(line) }))
  }
  const put = (step: StepIn, _title: string, must: boolean, word: string) => void acting.run(paths.put_step, { ...on, step, must, word, to: lines.findIndex((l) => l.column !== 'done') < 0 ? lines.length : lines.findIndex((l) => l.column !== 'done') })
  const ground = useMove(move)
  const held = lines.find((l) => l.key === picked.value)
  const [all, showAll] = useState(false)
  const done = [...lines.filter((l) => l.column === 'done'), ...earlier]
  return (
    <>
      {acting.problem && <ErrorBox problem={acting.problem} />}
      {revision === 0 && <p class="quiet measure">{rich('learner.open', { name: <bdi>{view.answers.name}</bdi> })}</p>}
      <Moving name={held ? stepName(held) : ''} />
      <div ref={ground} class="columns">
        {columns.map((c) => {
          const here = lines.filter((l) => l.column === c)
          return (
            <div key={c} class="column" data-drop={c}>
              <h3>{t(`learner.${c}`)}</h3>
              {here.length === 0 && <p class="small quiet">{t(c === 'now' ? 'learner.now.none' : 'learner.next.none')}</p>}
              {here.map((l) => (
                <Planned
                  key={l.key} cls={view.class} unit={view.answers.unit!.id} line={l} up={shiftTo(lines, l.key, -1)} down={shiftTo(lines, l.key, 1)}
                  onMove={(to) => change(l.key, 'move', to)} onMust={() => change(l.key, l.must ? 'may' : 'must')} onOut={() => void take(l)}
                />
              ))}
              <MoveHere place={c} name={held && held.column !== c ? stepName(held) : ''} move={move} />
            </div>
          )
        })}
        <div class="column">
          <h3>{t('learner.done')}</h3>
          {done.length === 0 && <p class="small quiet">{t('learner.next.none')}</p>}
          {done.length > 0 && <ul class="donelist">{(all || done.length <= doneMost + 1 ? done : done.slice(0, doneMost)).map((l) => <li key={l.key}><Icon name="check" /><span data-own>{stepName(l)}</span><span class="small quiet">{t(`proposal.kind.${l.kind}`)}</span></li>)}</ul>}
          {done.length > doneMost + 1 && <div><Button kind="plain" small expanded={all} onClick={() => showAll(!all)}>{t(all ? 'learner.done.few' : 'learner.done.all', { n: done.length })}</Button></div>}
        </div>
      </div>
      {view.puts && <details class="putin"><summary><Icon name="add" />{t('proposal.put')}</summary><PutIn puts={view.puts} name={view.answers.name} busy={acting.busy} onPut={put} /></details>}
    </>
  )
}

interface PlannedProps { cls: string; unit: string; line: EditorLine; up: number; down: number; onMove: (to: number) => void; onMust: () => void; onOut: () => void }

function Planned({ cls, unit, line: l, up, down, onMove, onMust, onOut }: PlannedProps) {
  const title = stepName(l)
  return (
    <div class="planned">
      <div class="title">
        <Icon name={stepIcon(l)} /><Name cls={cls} line={l} unit={unit} />
        <button type="button" class="grip" data-drag={l.key} aria-label={t('learner.move', { title })} aria-pressed={picked.value === l.key}><Icon name="grip" /></button>
      </div>
      <p class="small quiet">{facts(l, undefined, true)}{l.status === 'doing' && <span class="stepstatus">{t('step.doing')}</span>}</p>
      <p class="small">{say(l.reason)}</p>
      <div class="acts">
        <button type="button" class="toggle" aria-pressed={l.must} aria-label={t('proposal.must.of', { title })} onClick={onMust}>{t('proposal.must')}</button>
        <Button kind="plain" class="square" icon="up" label={t('proposal.up', { title })} disabled={up < 0} onClick={() => onMove(up)}>{null}</Button>
        <Button kind="plain" class="square" icon="down" label={t('proposal.down', { title })} disabled={down < 0} onClick={() => onMove(down)}>{null}</Button>
        <Button kind="plain" class="square" icon="close" label={t('proposal.out', { title })} onClick={onOut}>{null}</Button>
        {(l.because ?? []).length > 0 && <Why about={title} evidence={because(l.because)} />}
      </div>
    </div>
  )
}
