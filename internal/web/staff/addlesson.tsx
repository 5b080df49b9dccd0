// addlesson: a lesson of the teacher's own in two minutes. A film, a link or a text; one skill; two of its items as checks,
// chosen already; and an invitation before a class.
import { useRef, useState } from 'preact/hooks'
import { signal } from '@preact/signals'
import { type AddLessonIn, type AddLessonOut, type AddLessonPage, type Body, paths } from '../lib/api.gen.ts'
import { newOp } from '../lib/op.ts'
import { mount } from '../lib/page.ts'
import type { Problem } from '../lib/problem.ts'
import { act } from '../lib/send.ts'
import { t } from '../lib/words.ts'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Field, Tick } from '../ui/Field.tsx'
import { EmptyState, ErrorBox } from '../ui/Says.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { Shell } from '../ui/Shell.tsx'
import { type Kind, type Lack, type LessonForm, checkOf, followed, inOrder, lacksOf } from './lessons.ts'
import { Checks, FilmField, Shown, SkillSelect, draw, itemsOf, useFilm, useTold } from './LessonFields.tsx'
import { previewOf } from './previews.ts'

/** Draft is the form as it stands. */
export interface Draft extends LessonForm { unit: string; invite: boolean; on: string; at: string }

/** missing is all that the lesson still needs, in the form's order; its words are addlesson.missing.NAME. */
export function missing(d: Draft): (Lack | 'before')[] {
  return [...lacksOf(d), ...(d.invite && (d.on === '' || d.at === '') ? ['before' as const] : [])]
}

/** body is the draft as the school takes it. */
export function body(d: Draft): Body<AddLessonIn> {
  return {
    class_unit: d.unit, title: d.title.trim(), skill: d.skills[0]!, minutes: Number(d.minutes), checks: inOrder(d.checks, d.kind).map((c) => checkOf(c, d.kind)),
    ...(d.kind === 'film' && d.film && { film: d.film }), ...(d.kind === 'link' && { link: d.link.trim() }), ...(d.kind === 'text' && { text: d.text }),
    ...(d.invite && { before: { on: d.on, at: d.at } }),
  }
}

/** guess is how long a lesson may take, in minutes: a film with a moment for its checks, a text at reading speed. */
export function guess(kind: Kind, ms: number, text: string): number {
  if (kind === 'film') return ms > 0 ? Math.ceil(ms / 60_000) + 1 : 5
  if (kind === 'text') return Math.max(2, Math.ceil(text.split(/\s+/).filter(Boolean).length / 120) + 1)
  return 8
}

const trouble = signal<Problem | null>(null)

function AddLesson({ view }: { view: AddLessonPage }) {
  if (view.units.length === 0) {
    return <Shell><h1>{t('addlesson.title')}</h1><EmptyState icon="units" title={t('addlesson.nounit')}><p>{t('addlesson.nounit.more')}</p><LinkButton kind="primary" href={`/class/${view.class.id}/units`}>{t('addlesson.nounit.act')}</LinkButton></EmptyState></Shell>
  }
  return <Form view={view} />
}

const picked = (items: AddLessonPage['items']) => items.filter((i) => i.picked).map((i) => ({ item: i.item, at_ms: 0, after_block: 0 }))

function Form({ view }: { view: AddLessonPage }) {
  const [items, setItems] = useState(view.items)
  const [credits, setCredits] = useState(view.credits)
  const [first, setFirst] = useState({ skill: view.skill as string, items: view.items.map((i) => i.item as string) })
  const [d, setDraft] = useState<Draft>({
    skills: [view.skill], objective: '', unit: view.unit, title: '', kind: 'film', link: '', text: '', film: null, checks: picked(view.items), minutes: '', invite: true, on: view.before.on, at: view.before.at,
  })
  const [asked, ask] = useState(false)
  const [busy, work] = useState(false)
  const op = useRef(newOp())
  const player = useRef<HTMLVideoElement>(null)
  const set = (next: Partial<Draft>) => setDraft((was) => ({ ...was, ...next }))
  const film = useFilm(d.film, (f) => set({ film: f }))
  const told = useTold(d.kind === 'text' ? d.text : '', { of: '', blocks: [], problem: null })
  const blocks = useRef(told.blocks)
  if (told.blocks !== blocks.current) {
    const was = blocks.current
    blocks.current = told.blocks
    if (d.checks.some((c) => c.after_block > 0)) set({ checks: followed(d.checks, was, told.blocks) })
  }
  const whole: Draft = { ...d, minutes: d.minutes || String(guess(d.kind, d.film?.ms || (film.sending?.ms ?? 0), d.text)) }
  const lacks = missing(whole)
  const skill = d.skills[0]!
  const title = view.units.flatMap((u) => u.objectives.flatMap((o) => o.skills)).find((s) => s.id === skill)?.title ?? ''

  const chooseSkill = async (next: string) => {
    const unit = view.units.find((u) => u.objectives.some((o) => o.skills.some((s) => s.id === next)))?.id ?? d.unit
    set({ skills: [next], unit })
    const got = await itemsOf(view.class.id, next)
    if (!got.ok) { trouble.value = got.problem; return }
    setItems(got.data.items)
    setFirst({ skill: next, items: got.data.items.map((i) => i.item) })
    setCredits(got.data.credits)
    set({ checks: picked(got.data.items) })
  }
  const save = async () => {
    ask(true)
    if (lacks.length > 0) { document.querySelector<HTMLElement>(`[data-needs="${lacks[0]}"] input, [data-needs="${lacks[0]}"] textarea`)?.focus(); return }
    work(true)
    const now = d.kind !== 'text' || told.of === d.text ? told : await draw(d.text)
    const checks = now.problem ? d.checks : followed(d.checks, told.blocks, now.blocks)
    const answer = await act<AddLessonOut>(paths.add_lesson, body({ ...whole, checks }), op.current)
    if (answer.ok) { location.href = `/class/${view.class.id}/units`; return }
    trouble.value = answer.kept ? null : answer.problem
    if (!answer.kept && answer.problem.status !== 0) op.current = newOp() // refused: what is sent next is another act
    work(false)
  }
  const fault = (name: Lack | 'before') => (asked && lacks.includes(name) ? t(`addlesson.missing.${name}`) : undefined)

  return (
    <Shell width="wide">
      <h1>{t('addlesson.title')} <span class="quiet"><bdi data-own>{view.class.name}</bdi></span></h1>
      <form class="lesson-form" noValidate onSubmit={(e) => { e.preventDefault(); if (!busy) void save() }}>
        <div class="stack lesson-write">
          <label class="field"><span class="label">{t('addlesson.skill')}</span><SkillSelect units={view.units} value={skill} onChange={(s) => void chooseSkill(s)} /></label>
          <div data-needs="title"><Field label={t('addlesson.name')} value={d.title} onInput={(title) => set({ title })} max={120} fault={fault('title')} /></div>
          <Segmented label={t('addlesson.kind')} showLabel stretch value={d.kind} onChange={(kind: Kind) => set({ kind })} options={(['film', 'link', 'text'] as const).map((k) => ({ value: k, words: t(`addlesson.kind.${k}`) }))} />
          {d.kind === 'film' && <div data-needs="film"><FilmField film={d.film} sending={film.sending} choose={(f) => void film.choose(f)} set={(f) => set({ film: f })} fault={fault('film')} /></div>}
          {d.kind === 'link' && <div data-needs="link"><Field type="url" label={t('addlesson.link')} tip={t('addlesson.link.tip')} value={d.link} onInput={(link) => set({ link })} max={2000} fault={fault('link')} /></div>}
          {d.kind === 'text' && <div data-needs="text"><Field label={t('addlesson.text')} tip={t('addlesson.text.tip')} lines={10} value={d.text} onInput={(text) => set({ text })} fault={fault('text')} /></div>}
          <div class="lesson-minutes" data-needs="minutes"><Field label={t('addlesson.minutes')} value={d.minutes || whole.minutes} onInput={(minutes) => set({ minutes })} max={3} fault={fault('minutes')} /></div>
          <Tick label={t('addlesson.invite')} checked={d.invite} onChange={(invite) => set({ invite })} />
          {d.invite && (
            <div data-needs="before" class="stack near">
              <div class="row">
                <Field label={t('addlesson.day')} type="date" value={d.on} onInput={(on) => set({ on })} fault={fault('before')} />
                <Field label={t('addlesson.time')} type="time" value={d.at} onInput={(at) => set({ at: at.slice(0, 5) })} />
              </div>
              <p class="small quiet">{t('addlesson.invite.more')}</p>
            </div>
          )}
        </div>
        <aside class="lesson-shown" aria-label={t('addlesson.preview')}>
          <Shown form={d.kind === 'text' ? whole : { ...whole, text: '' }} src={film.src} measured={film.measured} player={player} text={told} />
          <div data-needs="checks"><Checks form={d} known={items} skills={[{ id: skill, title }]} cls={view.class.id} first={first} blocks={told.blocks} player={player} set={(checks) => set({ checks })} learn={(more) => setItems((was) => [...was, ...more.items.filter((i) => !was.some((w) => w.item === i.item))])} /></div>
          {items.length > 0 && <div><LinkButton kind="plain" small icon="look" target="_blank" href={previewOf(view.class.id, 'skill', skill)}>{t('addlesson.checks.see')}</LinkButton></div>}
          {credits.map((c) => <p key={c.source} class="small quiet" data-own>{c.source} · {c.authors} · {c.licence}</p>)}
        </aside>
        <div class="stack near lesson-save">
          {trouble.value && <ErrorBox problem={trouble.value} />}
          <div class="row">
            <Button kind="primary" type="submit" busy={busy || (d.kind === 'film' && film.going)}>{t(d.invite ? 'addlesson.save.invite' : 'addlesson.save')}</Button>
            <LinkButton kind="plain" href={`/class/${view.class.id}/units`}>{t('ui.cancel')}</LinkButton>
          </div>
        </div>
      </form>
    </Shell>
  )
}

mount(AddLesson)
