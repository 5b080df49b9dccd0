// changelesson: a teacher changes a lesson, or a copy of one that is not theirs. What they type stands at the left, the lesson as
// learners meet it at the right with its checks at their places. A form that is left half written stays on this device.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type ChangeLessonPage, type El, type LessonOut, type SkillObjective, paths } from '../lib/api.gen.ts'
import { useActing } from '../lib/acting.ts'
import { dropForm, keepForm, keptForm } from '../lib/keep.ts'
import { type Page, mount } from '../lib/page.ts'
import { dayOf, when } from '../lib/time.ts'
import { rich, t } from '../lib/words.ts'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field, Tick } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ErrorBox } from '../ui/Says.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { Shell } from '../ui/Shell.tsx'
import { loaded } from './asked.ts'
import { type Lack, type LessonForm, blocksOf, draftOf, followed, formOf, lacksOf } from './lessons.ts'
import { Checks, FilmField, Shown, draw, useFilm, useTold } from './LessonFields.tsx'
import { previewOf } from './previews.ts'

/** Left is a form as it was left, and of which version it is a change. */
interface Left { form: LessonForm; version: number }

/** changes says in lines what saving does to learners. */
export function changes(view: Pick<ChangeLessonPage, 'own' | 'begun' | 'draft' | 'classes' | 'class'>, form: LessonForm): { code: string; args?: Record<string, string | number> }[] {
  const out: { code: string; args?: Record<string, string | number> }[] = [{ code: view.own ? 'changelesson.begun' : 'changelesson.begun.copy', args: { n: view.begun, class: view.class.name } }]
  const had = view.draft.checks.map((c) => c.item)
  const added = form.checks.filter((c) => !had.includes(c.item)).length, gone = had.filter((id) => !form.checks.some((c) => c.item === id)).length
  const otherFilm = form.kind === 'film' && form.film?.file !== view.draft.film?.file
  if (view.begun > 0) {
    if (otherFilm && view.draft.film) out.push({ code: 'changelesson.film.other' })
    else if (form.kind === 'film' && view.draft.film) out.push({ code: 'changelesson.film.same' })
    if (added > 0) out.push({ code: 'changelesson.added', args: { n: added } })
    if (gone > 0) out.push({ code: 'changelesson.gone', args: { n: gone } })
  }
  if (!view.own) out.push({ code: 'changelesson.copy.place', args: { class: view.class.name } })
  else if (view.classes.length > 0) out.push({ code: 'changelesson.classes', args: { n: view.classes.length, classes: view.classes.join(', ') } })
  return out
}

/** objectivesOf are the objectives that a lesson can be for. */
function objectivesOf(view: ChangeLessonPage): SkillObjective[] {
  const seen = new Set<string>()
  return view.units.flatMap((u) => u.objectives).filter((o) => !seen.has(o.id) && seen.add(o.id))
}

function ChangeLesson({ view }: { view: ChangeLessonPage }) {
  const begun = formOf(view.draft)
  const name = `lesson ${view.class.id} ${view.id}`
  const [form, setForm] = useState<LessonForm>(begun)
  const [version, setVersion] = useState(view.version)
  const [left, setLeft] = useState(0)
  const [kept, setKept] = useState(false)
  const [wanted, want] = useState(false)
  const [taking, take] = useState(false)
  const [known, learn] = useState(view.items)
  const [credits, credit] = useState(view.credits)
  const acting = useActing()
  const top = useRef<HTMLFormElement>(null)
  const player = useRef<HTMLVideoElement>(null)
  const set = (next: Partial<LessonForm>) => { setForm((was) => ({ ...was, ...next })); setKept(false) }
  const film = useFilm(form.kind === 'film' ? form.film : null, (f) => set({ film: f }), view.film && view.draft.film ? { file: view.draft.film.file, src: view.film.src } : undefined)
  const told = useTold(form.text, { of: begun.text, blocks: blocksOf(view.blocks), problem: null })
  const blocks = useRef<El[] | null>(told.blocks) // that the checks' places are counted in; null = as the next that are drawn
  const lacks = lacksOf(form)
  const changed = JSON.stringify(draftOf(form)) !== JSON.stringify(draftOf(begun))
  const moved = acting.problem?.say.code === 'fault.lesson.moved' || version !== view.version
  useEffect(() => {
    void keptForm<Left>(name).then((was) => {
      if (was && JSON.stringify(was.form.form) !== JSON.stringify(begun)) { if (was.form.form.text !== begun.text) blocks.current = null; setForm(was.form.form); setVersion(was.form.version); setLeft(was.at); setKept(true) }
    })
  }, [])
  useEffect(() => {
    if (!changed) return
    const clock = setTimeout(() => void keepForm<Left>(name, { form, version }).then(setKept), 300)
    return () => clearTimeout(clock)
  }, [form, version])
  // A check stays after its paragraph, wherever that is now.
  useEffect(() => {
    if (told.blocks === blocks.current) return
    const was = blocks.current
    blocks.current = told.blocks
    if (was) setForm((f) => ({ ...f, checks: followed(f.checks, was, told.blocks) }))
  }, [told.blocks])

  const save = async (over = version) => {
    want(true)
    if (lacks.length > 0) { top.current?.querySelector<HTMLElement>(`[data-needs="${lacks[0]}"] input, [data-needs="${lacks[0]}"] textarea, [data-needs="${lacks[0]}"] [aria-invalid]`)?.focus(); return }
    const now = told.of === form.text ? told : await draw(form.text)
    if (now.problem && now.problem.status !== 0) { top.current?.querySelector<HTMLElement>('[data-needs="text"] textarea')?.focus(); return }
    const whole = { ...form, checks: now.problem || !blocks.current ? form.checks : followed(form.checks, blocks.current, now.blocks) }
    await keepForm<Left>(name, { form: whole, version: over })
    const out = await acting.run<LessonOut>(view.own ? paths.edit_lesson : paths.copy_lesson, { class: view.class.id, lesson: view.id, version: over, draft: draftOf(whole) })
    if (!out) return
    await dropForm(name)
    location.href = previewOf(view.class.id, 'lesson', out.lesson)
  }
  /** mine saves what is written here although the lesson has become another meanwhile. */
  const mine = async () => {
    const now = await loaded<Page<ChangeLessonPage>>(`/api/v1/page/class/${view.class.id}/lesson/${view.id}`)
    if (now.ok) { setVersion(now.data.view.version); await save(now.data.view.version) }
  }
  const again = async () => { await dropForm(name); location.reload() }
  const fault = (of: Lack) => (wanted && lacks.includes(of) ? t(`addlesson.missing.${of}`) : undefined)
  const titles = new Map(view.units.flatMap((u) => u.objectives.flatMap((o) => o.skills.map((s) => [s.id, s.title] as const))))

  return (
    <Shell width="wide">
      <div class="row apart">
        <div><p class="eyebrow"><a class="lesson-back" href={view.gone ? `/class/${view.class.id}/units` : previewOf(view.class.id, 'lesson', view.id)} data-own>{view.draft.title}</a></p><h1>{t(view.own ? 'changelesson.title' : 'changelesson.title.copy')}</h1></div>
        {view.own && !view.gone && <Button kind="plain" onClick={() => take(true)}>{t('changelesson.take')}</Button>}
      </div>
      {view.gone && <p class="lesson-note"><Icon name="info" /><span>{t('changelesson.taken')}</span>{view.own && <Button small onClick={() => void acting.run(paths.put_lesson, { class: view.class.id, lesson: view.id })}>{t('changelesson.put')}</Button>}</p>}
      {!view.own && <p class="lesson-note"><Icon name="info" /><span>{view.by ? rich('changelesson.copy.by', { name: <bdi data-own>{view.by}</bdi>, class: <bdi data-own>{view.class.name}</bdi> }) : rich('changelesson.copy.course', { class: <bdi data-own>{view.class.name}</bdi> })}</span></p>}
      {view.bound && !view.own && <p class="lesson-note" role="note"><Icon name="info" /><span>{t('changelesson.bound', { licence: view.bound })}</span></p>}
      {left > 0 && <p class="lesson-note" role="status"><Icon name="saved" /><span>{t('changelesson.left', { day: when(dayOf(left)) })}</span><Button small onClick={() => void again()}>{t('changelesson.again')}</Button></p>}
      <form ref={top} class="lesson-form" noValidate onSubmit={(e) => { e.preventDefault(); if (!acting.busy) void save() }}>
        <div class="stack lesson-write">
          <div data-needs="title"><Field label={t('addlesson.name')} value={form.title} onInput={(title) => set({ title })} max={120} fault={fault('title')} /></div>
          <Teaches view={view} form={form} set={set} fault={fault('skills')} />
          <Segmented label={t('addlesson.kind')} showLabel stretch value={form.kind} onChange={(kind: LessonForm['kind']) => set({ kind })} options={(['film', 'link', 'text'] as const).map((k) => ({ value: k, words: t(`addlesson.kind.${k}`) }))} />
          {form.kind === 'film' && <div data-needs="film"><FilmField film={form.film} sending={film.sending} choose={(f) => void film.choose(f)} set={(f) => set({ film: f })} fault={fault('film')} /></div>}
          {form.kind === 'link' && <div data-needs="link"><Field type="url" label={t('addlesson.link')} tip={t('addlesson.link.tip')} value={form.link} onInput={(link) => set({ link })} max={2000} fault={fault('link')} /></div>}
          <div data-needs="text"><Field label={t(form.kind === 'text' ? 'addlesson.text' : form.kind === 'film' ? 'addlesson.transcript.label' : 'addlesson.beside')} tip={t('addlesson.text.tip')} lines={form.kind === 'text' ? 14 : 6} value={form.text} onInput={(text) => set({ text })} fault={fault('text')} /></div>
          <div class="lesson-minutes" data-needs="minutes"><Field label={t('addlesson.minutes')} value={form.minutes} onInput={(minutes) => set({ minutes })} max={3} fault={fault('minutes')} /></div>
        </div>
        <aside class="lesson-shown" aria-label={t('addlesson.preview')}>
          <Shown form={form} src={film.src} measured={film.measured} player={player} text={told} />
          <div data-needs="checks"><Checks form={form} known={known} skills={form.skills.map((id) => ({ id, title: titles.get(id) ?? '' })).filter((s) => s.title)} cls={view.class.id} first={{ skill: view.draft.skills[0] ?? '', items: view.items.map((i) => i.item) }} blocks={told.blocks} player={player} set={(checks) => set({ checks })}
            learn={(more) => { learn((was) => [...was, ...more.items.filter((i) => !was.some((w) => w.item === i.item))]); credit((was) => [...was, ...more.credits.filter((c) => !was.some((w) => w.source === c.source))]) }} /></div>
          {credits.map((c) => <p key={c.source} class="small quiet" data-own>{c.source} · {c.authors} · {c.licence}</p>)}
        </aside>
        <div class="stack near lesson-save">
          {changed && !view.gone && <ul class="lesson-says" role="status">{changes(view, form).map((c) => <li key={c.code}>{t(c.code, c.args)}</li>)}</ul>}
          {acting.problem && acting.problem.say.code !== 'fault.lesson.moved' && <ErrorBox problem={acting.problem} />}
          {moved && !acting.busy && (
            <div class="errorbox" role="alert"><Icon name="error" /><div class="body">
              <p>{t('changelesson.moved')}</p>
              <div class="row near">
                <LinkButton small icon="look" target="_blank" href={previewOf(view.class.id, 'lesson', view.id)}>{t('changelesson.moved.see')}</LinkButton>
                <Button small onClick={() => void mine()}>{t('changelesson.moved.mine')}</Button>
                <Button small kind="plain" onClick={() => void again()}>{t('changelesson.moved.theirs')}</Button>
              </div>
            </div></div>
          )}
          <div class="row">
            {!view.gone && !(view.bound && !view.own) && !moved && <Button kind="primary" type="submit" busy={acting.busy || film.going || !changed}>{t(view.own ? 'changelesson.save' : 'changelesson.save.copy')}</Button>}
            <LinkButton kind="plain" href={view.gone ? `/class/${view.class.id}/units` : previewOf(view.class.id, 'lesson', view.id)}>{t('ui.cancel')}</LinkButton>
            <span class="small quiet" role="status">{kept ? t('changelesson.kept') : changed ? '' : t('changelesson.nothing')}</span>
          </div>
        </div>
      </form>
      <Dialog
        open={taking} onClose={() => take(false)} title={t('changelesson.take.title', { title: view.draft.title })}
        footer={<><Button onClick={() => take(false)}>{t('changelesson.take.keep')}</Button><Button kind="primary" busy={acting.busy} onClick={() => void acting.run(paths.take_lesson, { class: view.class.id, lesson: view.id }).then((done) => { take(false); if (done) void dropForm(name) })}>{t('changelesson.take')}</Button></>}
      >
        <p>{t('changelesson.take.more', { begun: view.begun, invited: view.invited })}</p>
        {view.in_unit && <p>{t('changelesson.take.unit', { unit: view.in_unit })}</p>}
        {acting.problem && <ErrorBox problem={acting.problem} />}
      </Dialog>
    </Shell>
  )
}

/** Teaches is the objective that a lesson is for, and which of its skills it teaches. */
function Teaches({ view, form, set, fault }: { view: ChangeLessonPage; form: LessonForm; set: (next: Partial<LessonForm>) => void; fault?: string }) {
  const all = objectivesOf(view)
  const here = all.find((o) => o.id === form.objective)
  const skills = [...(here?.skills ?? []), ...all.flatMap((o) => o.skills).filter((s) => form.skills.includes(s.id) && !here?.skills.some((h) => h.id === s.id))]
  const unique = skills.filter((s, i) => skills.findIndex((o) => o.id === s.id) === i)
  const choose = (id: string) => { const o = all.find((x) => x.id === id); if (o) set({ objective: id, skills: o.skills.slice(0, Math.max(1, form.skills.length)).map((s) => s.id) }) }
  return (
    <fieldset class="lesson-teaches" data-needs="skills">
      <legend class="label">{t('changelesson.teaches')}</legend>
      <label class="field"><span class="hear">{t('changelesson.objective')}</span>
        <select class="input" value={form.objective} onChange={(e) => choose(e.currentTarget.value)}>
          {!here && <option value={form.objective}>{t('changelesson.objective.other')}</option>}
          {view.units.map((u) => <optgroup key={u.id} label={u.title} data-own>{u.objectives.map((o) => <option key={o.id} value={o.id}>{o.title}</option>)}</optgroup>)}
        </select>
      </label>
      {unique.length > 1 && unique.map((s) => <Tick key={s.id} label={<bdi data-own>{s.title}</bdi>} checked={form.skills.includes(s.id)} onChange={(on) => set({ skills: on ? [...form.skills, s.id] : form.skills.filter((id) => id !== s.id) })} />)}
      {fault && <p class="fault"><Icon name="error" />{fault}</p>}
    </fieldset>
  )
}

mount(ChangeLesson)
