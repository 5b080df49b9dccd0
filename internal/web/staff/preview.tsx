// preview: a unit, a lesson or a skill's practice as learners get it, with what they do not see beside it. What is typed
// here goes nowhere.
import { useEffect, useState } from 'preact/hooks'
import type { Attribution, PartLesson, PartSkill, PreviewItem, PreviewLessonPage, PreviewPart, PreviewSkillPage, PreviewUnitPage, TaskDrawn } from '../lib/api.gen.ts'
import { mount } from '../lib/page.ts'
import { clockOf } from '../lib/time.ts'
import { rich, t } from '../lib/words.ts'
import { Asked } from '../ui/Asked.tsx'
import { noResponse } from '../ui/Answer.tsx'
import { LinkButton } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Drawn, type El } from '../ui/Drawn.tsx'
import { HintLadder } from '../ui/Feedback.tsx'
import { Icon } from '../ui/Icon.tsx'
import { EmptyState, toast } from '../ui/Says.tsx'
import { scaffoldOf } from '../ui/Scaffold.tsx'
import { Shell } from '../ui/Shell.tsx'

import { authorOf, changeOf, previewOf, published } from './previews.ts'

type View = PreviewUnitPage | PreviewLessonPage | PreviewSkillPage

function Preview({ view }: { view: View }) {
  return (
    <Shell>
      <p class="preview-note"><Icon name="look" /><span>{t(view.kind === 'unit' ? 'preview.note.unit' : 'preview.note')}</span> <a href={`/class/${view.class.id}/units`}>{rich('preview.back', { class: <bdi data-own>{view.class.name}</bdi> })}</a></p>
      {view.kind === 'unit' ? <Unit view={view} /> : view.kind === 'lesson' ? <Lesson view={view} /> : <Skill view={view} />}
    </Shell>
  )
}

/** Item is one item as a learner gets it; its answer, its worked way and what is said to known mistakes are folded beneath. */
function Item({ of, n, where, change }: { of: PreviewItem; n: number; where?: string; change?: string }) {
  const [response, set] = useState(noResponse)
  const [rungs, setRungs] = useState(0)
  const { asked } = of
  return (
    <section class="card preview-item" aria-label={t('preview.item', { n })}>
      {where && <p class="eyebrow">{where}</p>}
      <Asked asked={asked} value={response} onInput={set} />
      {asked.ladder.length > 0 && <HintLadder hints={asked.ladder.slice(0, rungs)} total={asked.ladder.length} onMore={() => setRungs(rungs + 1)} label={t('preview.hints', { n })} under={(k) => scaffoldOf(asked.scaffolds, k, asked)} />}
      <details class="why preview-key">
        <summary><Icon name="key" />{t('preview.key')}<Icon name="open" /></summary>
        <div class="because">
          <div><p class="eyebrow">{t('preview.right')}</p><Drawn of={of.right} /></div>
          <div><p class="eyebrow">{t('ui.solution')}</p><Drawn of={of.solution} /></div>
          {of.mistakes.length > 0 && (
            <div class="stack near">
              <p class="eyebrow">{t('preview.mistakes')}</p>
              <ul class="preview-mistakes">{of.mistakes.map((m, i) => <li key={i}><Drawn of={m.answer} /><div class="quiet"><Drawn of={m.nudge} /></div></li>)}</ul>
            </div>
          )}
          {change && <div><LinkButton small kind="plain" icon="edit" href={change} label={t('preview.change.of', { n })}>{t('preview.change')}</LinkButton></div>}
        </div>
      </details>
    </section>
  )
}

function Skill({ view }: { view: PreviewSkillPage }) {
  useEffect(() => {
    if (location.hash !== `#${published}`) return
    history.replaceState(null, '', location.pathname + location.search) // a reload says it no second time
    toast(t('preview.published'))
  }, [])
  return (
    <>
      <div class="row apart">
        <div><p class="eyebrow">{t('preview.practice')}</p><h1 data-own>{view.skill.title}</h1><p class="quiet">{t('preview.items', { n: view.items.length })}</p></div>
        <div class="row near">
          {view.items.length > 0 && <LinkButton icon="rewind" href={`?draw=${view.draw + 1}`}>{t('preview.again')}</LinkButton>}
          <LinkButton icon="edit" href={authorOf(view.class.id, view.skill.id)}>{t('preview.write')}</LinkButton>
        </div>
      </div>
      {view.items.length === 0 && <EmptyState icon="info" title={t('preview.items.none')} />}
      {view.items.map((i, k) => <Item key={`${i.asked.item} ${i.asked.draw_n}`} of={i} n={k + 1} change={authorOf(view.class.id, view.skill.id, i.asked.item)} />)}
    </>
  )
}

function Lesson({ view }: { view: PreviewLessonPage }) {
  const { lesson } = view
  return (
    <>
      <div>
        <p class="eyebrow">{t(`preview.lesson.${lesson.kind}`, { n: lesson.minutes })}{view.by && <> · {rich('preview.by', { name: <bdi>{view.by}</bdi> })}</>}</p>
        <h1 data-own>{lesson.title}</h1>
        {view.i_can && <p class="quiet" data-own>{view.i_can}</p>}
        <div class="row near"><LinkButton small icon="edit" href={changeOf(view.class.id, lesson.id)}>{t(lesson.own ? 'preview.lesson.change' : 'preview.lesson.copy')}</LinkButton></div>
      </div>
      {view.video && (
        <video class="preview-film" controls preload="metadata" src={view.video.src} poster={view.video.poster || undefined} aria-label={lesson.title} data-own>
          <track kind="captions" default src={view.video.captions || undefined} />
        </video>
      )}
      {view.link && <div class="row"><LinkButton icon="link" href={view.link} target="_blank">{t('preview.open')}</LinkButton><span class="small quiet" dir="ltr" data-own>{view.link}</span></div>}
      {view.video && view.blocks.length > 0
        ? <details class="why"><summary><Icon name="read" />{t('preview.transcript')}<Icon name="open" /></summary><div class="because"><Drawn of={view.blocks} /></div></details>
        : <Drawn of={view.blocks} />}
      {view.checks.length > 0 && (
        <section class="stack">
          <h2>{t('preview.checks')}</h2>
          {view.checks.map((c, k) => <Item key={c.asked.item} of={c} n={k + 1} where={c.at_ms > 0 ? t('preview.check.at', { time: clockOf(c.at_ms) }) : c.after_block > 0 ? t('preview.check.within') : t('preview.check.end')} />)}
        </section>
      )}
      <Skills cls={view.class.id} skills={view.skills} />
      <Credit of={view.attribution} />
    </>
  )
}

function Unit({ view }: { view: PreviewUnitPage }) {
  const here = location.hash.slice(1)
  return (
    <>
      <div><p class="eyebrow">{t(view.given ? 'preview.unit.given' : 'preview.unit')}</p><h1 data-own>{view.title}</h1></div>
      {view.task.title && <Card title={<span data-own>{view.task.title}</span>}><Task task={view.task} /></Card>}
      <section class="stack near">
        <h2>{t('preview.parts', { n: view.parts.length })}</h2>
        {view.parts.map((p) => <Part key={p.objective} view={view} part={p} open={p.objective === here} />)}
      </section>
      <Credit of={view.attribution} />
    </>
  )
}

function Part({ view, part: p, open }: { view: PreviewUnitPage; part: PreviewPart; open: boolean }) {
  return (
    <details class="card preview-part" id={p.objective} open={open}>
      <summary><span><b data-own>{p.title}</b><span class="small quiet" data-own>{p.i_can}</span></span><Icon name="open" /></summary>
      <div class="stack">
        {p.lesson && <LessonLink cls={view.class.id} lesson={p.lesson} />}
        <Skills cls={view.class.id} skills={p.skills} />
        {p.task.title && <section class="stack near"><h3><Icon name="flag" /> {t('preview.task')} <span data-own>{p.task.title}</span></h3><Task task={p.task} /></section>}
        {p.activity && (
          <section class="stack near">
            <div class="row apart">
              <h3><Icon name="make" /> {t('preview.activity')} <span data-own>{p.activity}</span></h3>
              {view.print && <LinkButton small icon="print" href={`/print/activity/${view.print}/${p.objective}`} target="_blank" label={t('preview.print.of', { title: p.activity })}>{t('preview.print')}</LinkButton>}
            </div>
            {p.materials.length > 0 && <p class="small quiet">{t('preview.need')} <span data-own>{p.materials.join(' · ')}</span></p>}
            <Drawn of={p.steps} />
            {p.bring && <p><b>{t('preview.bring')}</b> <span data-own>{p.bring}</span></p>}
          </section>
        )}
        {p.talk.length > 0 && <section class="stack near"><h3><Icon name="talk" /> {t('preview.talk')}</h3><Drawn of={p.talk} /></section>}
      </div>
    </details>
  )
}

/** Task is a performance task in its order, its roles to read. */
function Task({ task }: { task: TaskDrawn }) {
  const part = (name: string, of: El[]) => of.length > 0 && <section><p class="eyebrow">{t(`preview.task.${name}`)}</p><Drawn of={of} /></section>
  return (
    <div class="stack near">
      {part('goal', task.goal)}
      {part('situation', task.situation)}
      {part('audience', task.audience)}
      {part('product', task.product)}
      {part('role', task.role)}
      {task.roles.length > 0 && <ul class="preview-roles">{task.roles.map((r) => <li key={r.code} data-own><b>{r.title}</b> {r.does}</li>)}</ul>}
      {task.standards.length > 0 && <section><p class="eyebrow">{t('preview.task.standards')}</p><ul class="preview-roles">{task.standards.map((s, i) => <li key={i} data-own>{s}</li>)}</ul></section>}
    </div>
  )
}

function LessonLink({ cls, lesson }: { cls: string; lesson: PartLesson }) {
  return <div class="row near"><LinkButton icon={lesson.kind === 'film' ? 'video' : lesson.kind === 'link' ? 'link' : 'read'} href={previewOf(cls, 'lesson', lesson.id)}><span data-own>{lesson.title}</span></LinkButton><span class="small quiet">{t(`preview.lesson.${lesson.kind}`, { n: lesson.minutes })}</span></div>
}

function Skills({ cls, skills }: { cls: string; skills: PartSkill[] }) {
  if (skills.length === 0) return null
  return (
    <div class="stack near">
      <p class="eyebrow">{t('preview.skills')}</p>
      <div class="row near">{skills.map((s) => <LinkButton key={s.id} small icon="try" href={previewOf(cls, 'skill', s.id)}><span data-own>{s.title}</span> <span class="quiet">{t('preview.skill.items', { n: s.items })}</span></LinkButton>)}</div>
    </div>
  )
}

function Credit({ of }: { of: Attribution | undefined }) {
  return of ? <p class="small quiet" data-own>{of.source} · {of.authors} · {of.licence}{of.changed && <> · {t('ui.changed')}</>}</p> : null
}

mount(Preview)
