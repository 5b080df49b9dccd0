import { useState } from 'preact/hooks'
import { paths, type TaskDrawn, type TaskPage } from '../lib/api.gen.ts'
import { mount, reload } from '../lib/page.ts'
import type { Problem } from '../lib/problem.ts'
import { act } from '../lib/send.ts'
import { together } from '../lib/together.ts'
import { t } from '../lib/words.ts'
import { LinkButton } from '../ui/Button.tsx'
import { Drawn, type El } from '../ui/Drawn.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ErrorBox } from '../ui/Says.tsx'
import { Shell } from '../ui/Shell.tsx'
import { stepHref, stepName } from '../ui/Steps.tsx'

function Task({ view }: { view: TaskPage }) {
  const { task, unit } = view
  const here = location.hash.slice(1)
  return (
    <Shell width="narrow">
      <div><p class="eyebrow" data-own>{unit?.title}</p><h1 data-own>{task.title}</h1></div>
      <Parts task={task} top />
      <Roles view={view} task={task} of="" top />
      {task.picked && view.next && view.next.kind !== 'unit_task' && (
        <div class="row onward"><LinkButton kind="primary" href={stepHref(view.next, unit?.id ?? '')} after="next">{stepName(view.next)}</LinkButton></div>
      )}
      {view.parts.length > 0 && (
        <section class="stack near">
          <h2>{t('task.parts')}</h2>
          <p class="quiet">{t('task.parts.more')}</p>
          {view.parts.map((p) => (
            <details key={p.id} id={p.id} class="part" open={p.id === here}>
              <summary><span><b data-own>{p.task.title}</b><span class="small quiet" data-own>{together(p.i_can)}</span></span><Icon name="open" /></summary>
              <div class="stack">
                <Parts task={p.task} />
                <Roles view={view} task={p.task} of={p.id} />
              </div>
            </details>
          ))}
        </section>
      )}
    </Shell>
  )
}

/** Parts is the task in order: goal, situation, audience, product, standards. */
function Parts({ task, top }: { task: TaskDrawn; top?: boolean }) {
  const H = top ? 'h2' : 'h3'
  const part = (name: string, of: El[]) => of.length > 0 && <section><H>{t(`task.${name}`)}</H><Drawn of={of} /></section>
  return (
    <div class="stack taskparts">
      {part('goal', task.goal)}
      {part('situation', task.situation)}
      {part('audience', task.audience)}
      {part('product', task.product)}
      {task.standards.length > 0 && <section><H>{t('task.standards')}</H><ul class="ticks">{task.standards.map((s, i) => <li key={i} data-own><Icon name="check" /><span>{s}</span></li>)}</ul></section>}
    </div>
  )
}

/** Roles are cards to pick one from; the last word counts. */
function Roles({ view, task, of, top }: { view: TaskPage; task: TaskDrawn; of: string; top?: boolean }) {
  const H = top ? 'h2' : 'h3'
  const [busy, setBusy] = useState('')
  const [problem, setProblem] = useState<Problem | undefined>()
  if (task.roles.length === 0) return null
  const pick = async (role: string) => {
    if (busy || role === task.picked) return
    setBusy(role)
    const body: Record<string, string> = { learner: view.learner, class_unit: view.unit?.id ?? '', role }
    if (of) body['objective'] = of
    const answer = await act(paths.pick_role, body)
    setProblem(answer.ok || answer.kept ? undefined : answer.problem)
    if (answer.ok) {
      await reload()
      document.querySelector('.onward')?.scrollIntoView({ block: 'nearest' })
    }
    setBusy('')
  }
  const on = busy || task.picked
  const mine = task.roles.filter((r) => r.code === on) // once picked, the others step back: the way on is nearer
  return (
    <fieldset class="stack near">
      <legend><H>{t(task.picked ? 'task.role.yours' : 'task.role.pick')}</H></legend>
      <Drawn of={task.role} />
      {problem && <ErrorBox problem={problem} />}
      <Jobs of={mine.length > 0 ? mine : task.roles} on={on} pick={pick} />
      {mine.length > 0 && (
        <details class="part">
          <summary>{t('task.role.change')}<Icon name="open" /></summary>
          <Jobs of={task.roles.filter((r) => r.code !== on)} on={on} pick={pick} />
        </details>
      )}
    </fieldset>
  )
}

function Jobs({ of, on, pick }: { of: TaskDrawn['roles']; on: string; pick: (role: string) => Promise<void> }) {
  return (
    <div class="board roles">
      {of.map((r) => (
        <button key={r.code} type="button" class={r.code === on ? 'role on' : 'role'} aria-pressed={r.code === on} onClick={() => void pick(r.code)}>
          <span class="name" data-own>{r.code === on && <Icon name="check" />}{r.title}</span>
          <span class="small" data-own>{r.does}</span>
        </button>
      ))}
    </div>
  )
}

mount(Task)
