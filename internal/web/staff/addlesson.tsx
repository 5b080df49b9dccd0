// addlesson: a lesson of the teacher's own in two minutes. A film, a link or a text; one skill; two of its items as checks,
// chosen already; and an invitation before a class.
import { useEffect, useRef, useState } from 'preact/hooks'
import { signal } from '@preact/signals'
import { type AddLessonIn, type AddLessonOut, type AddLessonPage, type Body, type CheckItem, type El, paths } from '../lib/api.gen.ts'
import { newOp } from '../lib/op.ts'
import { type Page, mount } from '../lib/page.ts'
import { type Problem, problemOf } from '../lib/problem.ts'
import { act } from '../lib/send.ts'
import { clockOf } from '../lib/time.ts'
import { say, t } from '../lib/words.ts'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Drawn } from '../ui/Drawn.tsx'
import { Field, Tick } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { EmptyState, ErrorBox } from '../ui/Says.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { Shell } from '../ui/Shell.tsx'
import { previewOf } from './previews.ts'
import { refusalOf, upload } from './upload.ts'

type Kind = 'film' | 'link' | 'text'
interface Film { name: string; url: string; op: string; share: number; file?: string; problem?: Problem; ms: number }

/** Draft is the form as it stands. */
export interface Draft {
  skill: string; unit: string; title: string; kind: Kind; link: string; text: string; film?: { file: string; ms: number }
  captions: string; checks: { item: string; at_ms?: number }[]; minutes: string; invite: boolean; on: string; at: string
}

export type Lack = 'title' | 'film' | 'link' | 'text' | 'minutes' | 'before'

/** missing is all that the lesson still needs, in the form's order; its words are addlesson.missing.NAME. */
export function missing(d: Draft): Lack[] {
  const n = Number(d.minutes)
  const needs: [Lack, boolean][] = [
    ['title', d.title.trim() === ''],
    ['film', d.kind === 'film' && !d.film],
    ['link', d.kind === 'link' && !/^https:\/\/[^\s/]+\S*$/.test(d.link.trim())],
    ['text', d.kind === 'text' && d.text.trim() === ''],
    ['minutes', !Number.isInteger(n) || n < 1 || n > 120],
    ['before', d.invite && (d.on === '' || d.at === '')],
  ]
  return needs.filter(([, lacks]) => lacks).map(([name]) => name)
}

/** body is the draft as the school takes it. */
export function body(d: Draft): Body<AddLessonIn> {
  const film = d.kind === 'film' && d.film ? { film: { ...d.film, ...(d.captions && { captions: d.captions }) } } : {}
  return {
    class_unit: d.unit, title: d.title.trim(), skill: d.skill, minutes: Number(d.minutes),
    checks: d.checks.map((c) => ({ item: c.item, ...(d.kind === 'film' && c.at_ms ? { at_ms: c.at_ms } : {}) })),
    ...film, ...(d.kind === 'link' && { link: d.link.trim() }), ...(d.kind === 'text' && { text: d.text }),
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

function Form({ view }: { view: AddLessonPage }) {
  const [items, setItems] = useState(view.items)
  const [credits, setCredits] = useState(view.credits)
  const [d, setDraft] = useState<Draft>({
    skill: view.skill, unit: view.unit, title: '', kind: 'film', link: '', text: '', captions: '', checks: view.items.filter((i) => i.picked).map((i) => ({ item: i.item })),
    minutes: '', invite: true, on: view.before.on, at: view.before.at,
  })
  const [film, setFilm] = useState<Film | null>(null)
  const [asked, ask] = useState(false)
  const [busy, work] = useState(false)
  const op = useRef(newOp())
  const player = useRef<HTMLVideoElement>(null)
  const set = (next: Partial<Draft>) => setDraft((was) => ({ ...was, ...next }))
  const whole: Draft = { ...d, film: film?.file ? { file: film.file, ms: film.ms } : undefined, minutes: d.minutes || String(guess(d.kind, film?.ms ?? 0, d.text)) }
  const lacks = missing(whole)

  const chooseSkill = async (skill: string) => {
    const unit = view.units.find((u) => u.objectives.some((o) => o.skills.some((s) => s.id === skill)))?.id ?? d.unit
    set({ skill, unit })
    const answer = await fetch(`/api/v1/page/class/${view.class.id}/lesson?skill=${skill}`, { headers: { Accept: 'application/json' } })
    if (!answer.ok) { trouble.value = await problemOf(answer); return }
    const next = ((await answer.json()) as Page<AddLessonPage>).view
    setItems(next.items)
    setCredits(next.credits)
    set({ checks: next.items.filter((i) => i.picked).map((i) => ({ item: i.item })) })
  }
  const save = async () => {
    ask(true)
    if (lacks.length > 0) { document.querySelector<HTMLElement>(`[data-needs="${lacks[0]}"] input, [data-needs="${lacks[0]}"] textarea`)?.focus(); return }
    work(true)
    const answer = await act<AddLessonOut>(paths.add_lesson, body(whole), op.current)
    if (answer.ok) { location.href = `/class/${view.class.id}/units`; return }
    trouble.value = answer.kept ? null : answer.problem
    if (!answer.kept && answer.problem.status !== 0) op.current = newOp() // refused: what is sent next is another act
    work(false)
  }
  const fault = (name: Lack) => (asked && lacks.includes(name) ? t(`addlesson.missing.${name}`) : undefined)

  return (
    <Shell width="wide">
      <h1>{t('addlesson.title')} <span class="quiet"><bdi data-own>{view.class.name}</bdi></span></h1>
      <form class="addlesson" noValidate onSubmit={(e) => { e.preventDefault(); void save() }}>
        <div class="stack">
          <label class="field"><span class="label">{t('addlesson.skill')}</span><SkillSelect view={view} value={d.skill} onChange={(s) => void chooseSkill(s)} /></label>
          <div data-needs="title"><Field label={t('addlesson.name')} value={d.title} onInput={(title) => set({ title })} max={120} fault={fault('title')} /></div>
          <Segmented label={t('addlesson.kind')} showLabel stretch value={d.kind} onChange={(kind: Kind) => set({ kind })} options={(['film', 'link', 'text'] as const).map((k) => ({ value: k, words: t(`addlesson.kind.${k}`) }))} />
          {d.kind === 'film' && <div data-needs="film"><FilmField film={film} setFilm={setFilm} captions={d.captions} setCaptions={(captions) => set({ captions })} fault={fault('film')} /></div>}
          {d.kind === 'link' && <div data-needs="link"><Field type="url" label={t('addlesson.link')} tip={t('addlesson.link.tip')} value={d.link} onInput={(link) => set({ link })} max={2000} fault={fault('link')} /></div>}
          {d.kind === 'text' && <div data-needs="text"><Field label={t('addlesson.text')} tip={t('addlesson.text.tip')} lines={10} value={d.text} onInput={(text) => set({ text })} fault={fault('text')} /></div>}
          <div class="addlesson-when" data-needs="minutes"><Field label={t('addlesson.minutes')} value={d.minutes || whole.minutes} onInput={(minutes) => set({ minutes })} max={3} fault={fault('minutes')} /></div>
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
          {trouble.value && <ErrorBox problem={trouble.value} />}
          <div class="row">
            <Button kind="primary" type="submit" busy={busy || (d.kind === 'film' && film !== null && !film.file && !film.problem)}>{t(d.invite ? 'addlesson.save.invite' : 'addlesson.save')}</Button>
            <LinkButton kind="plain" href={`/class/${view.class.id}/units`}>{t('ui.cancel')}</LinkButton>
          </div>
        </div>
        <aside class="addlesson-preview" aria-label={t('addlesson.preview')}>
          <Preview d={whole} film={film} setFilm={setFilm} items={items} player={player} />
          <Checks items={items} picked={d.checks} film={d.kind === 'film' && film ? player : null} set={(checks) => set({ checks })} />
          {items.length > 0 && <div><LinkButton kind="plain" small icon="look" target="_blank" href={previewOf(view.class.id, 'skill', d.skill)}>{t('addlesson.checks.see')}</LinkButton></div>}
          {credits.map((c) => <p key={c.source} class="small quiet" data-own>{c.source} · {c.authors} · {c.licence}</p>)}
        </aside>
      </form>
    </Shell>
  )
}

function SkillSelect({ view, value, onChange }: { view: AddLessonPage; value: string; onChange: (skill: string) => void }) {
  return (
    <select class="input" value={value} onChange={(e) => onChange(e.currentTarget.value)}>
      {view.units.flatMap((u) => u.objectives.map((o) => (
        <optgroup key={u.id + o.title} label={view.units.length > 1 ? `${u.title}: ${o.title}` : o.title} data-own>
          {o.skills.map((s) => <option key={s.id} value={s.id}>{s.title}</option>)}
        </optgroup>
      )))}
    </select>
  )
}

/** FilmField takes a film and sends it at once, while the teacher fills in the rest. */
function FilmField(p: { film: Film | null; setFilm: (f: (was: Film | null) => Film | null) => void; captions: string; setCaptions: (file: string) => void; fault?: string }) {
  const stop = useRef<AbortController | null>(null)
  const [captionsFault, setCaptionsFault] = useState('')
  const send = async (file: File, op: string) => {
    stop.current?.abort()
    const mine = (stop.current = new AbortController())
    const got = await upload(file, (share) => p.setFilm((f) => (f?.op === op ? { ...f, share } : f)), mine.signal, op)
    if (!mine.signal.aborted) p.setFilm((f) => (f?.op === op ? (got.ok ? { ...f, share: 1, file: got.file.file } : { ...f, problem: got.problem }) : f))
  }
  const choose = (file: File | undefined) => {
    if (!file) return
    const op = newOp()
    p.setFilm((was) => { if (was) URL.revokeObjectURL(was.url); return { name: file.name, url: URL.createObjectURL(file), op, share: 0, ms: 0 } })
    void refusalOf(file).then((problem) => (problem ? p.setFilm((f) => (f?.op === op ? { ...f, problem } : f)) : send(file, op)))
  }
  const caption = async (file: File | undefined) => {
    if (!file) return
    const got = await upload(file, () => {}, new AbortController().signal)
    setCaptionsFault(got.ok ? (got.file.type === 'text/vtt' ? '' : t('addlesson.captions.wrong')) : say(got.problem.say))
    if (got.ok && got.file.type === 'text/vtt') p.setCaptions(got.file.file)
  }
  const { film } = p
  return (
    <div class="stack near">
      <label class="field addlesson-file">
        <span class="label">{t('addlesson.film')}</span>
        <input class="input" type="file" accept="video/mp4,video/webm,.mp4,.webm" onChange={(e) => choose(e.currentTarget.files?.[0])} aria-describedby="film-tip" />
        <span class="tip" id="film-tip">{t('addlesson.film.tip')}</span>
        {p.fault && <span class="fault"><Icon name="error" />{p.fault}</span>}
      </label>
      {film && !film.problem && (
        <div class="addlesson-progress" role="status">
          <progress max={1} value={film.share} aria-label={t('addlesson.sending', { percent: Math.round(film.share * 100) })} />
          <span class="small addlesson-sent">{film.file && <Icon name="check" />}{film.file ? t('addlesson.sent') : t('addlesson.sending', { percent: Math.floor(film.share * 100) })}</span>
        </div>
      )}
      {film?.problem && <ErrorBox title={t('addlesson.notsent')} problem={film.problem} />}
      {film?.file && (
        <label class="field addlesson-file">
          <span class="label">{t('addlesson.captions')}</span>
          <input class="input" type="file" accept=".vtt,text/vtt" onChange={(e) => void caption(e.currentTarget.files?.[0])} />
          {p.captions && <span class="small addlesson-sent"><Icon name="check" />{t('addlesson.sent')}</span>}
          {captionsFault && <span class="fault"><Icon name="error" />{captionsFault}</span>}
        </label>
      )}
    </div>
  )
}

/** Checks are two items of the skill, chosen already; in a film they may stop it at an instant. */
function Checks(p: { items: CheckItem[]; picked: Draft['checks']; film: { current: HTMLVideoElement | null } | null; set: (checks: Draft['checks']) => void }) {
  const chosen = p.items.filter((i) => p.picked.some((c) => c.item === i.item))
  const others = p.items.filter((i) => !chosen.includes(i))
  const drop = (item: string) => p.set(p.picked.filter((c) => c.item !== item))
  const here = (item: string) => p.set(p.picked.map((c) => (c.item === item ? { item, at_ms: Math.round((p.film?.current?.currentTime ?? 0) * 1000) } : c)))
  if (p.items.length === 0) return <p class="quiet">{t('addlesson.checks.none')}</p>
  return (
    <section class="stack near addlesson-checks" aria-label={t('addlesson.checks')}>
      <h2>{t('addlesson.checks')}</h2>
      <p class="small quiet">{t('addlesson.checks.more')}</p>
      {chosen.map((i) => {
        const at = p.picked.find((c) => c.item === i.item)?.at_ms ?? 0
        return (
          <div key={i.item} class="card addlesson-check">
            <Drawn of={i.text} />
            <div class="row near">
              <span class="small quiet">{p.film && at > 0 ? t('addlesson.check.at', { time: clockOf(at) }) : t('addlesson.check.end')}</span>
              {p.film && <Button small onClick={() => here(i.item)}>{t('addlesson.check.here')}</Button>}
              <Button small kind="plain" onClick={() => drop(i.item)}>{t('addlesson.check.drop')}</Button>
            </div>
          </div>
        )
      })}
      {chosen.length < 2 && others.length > 0 && (
        <details class="why" open={chosen.length === 0}>
          <summary><Icon name="add" />{t('addlesson.checks.other', { n: others.length })}<Icon name="open" /></summary>
          <div class="because">
            {others.map((i) => (
              <div key={i.item} class="addlesson-other"><Drawn of={i.text} /><Button small onClick={() => p.set([...p.picked, { item: i.item }])}>{t('addlesson.check.take')}</Button></div>
            ))}
          </div>
        </details>
      )}
    </section>
  )
}

/** Preview is the lesson as a learner meets it. */
function Preview({ d, film, setFilm, player, items }: { d: Draft; film: Film | null; setFilm: (f: (was: Film | null) => Film | null) => void; items: CheckItem[]; player: { current: HTMLVideoElement | null } }) {
  const text = usePreview(d.kind === 'text' ? d.text : '')
  return (
    <>
      <p class="eyebrow">{t('addlesson.preview')}</p>
      <Card>
        <h2>{d.title ? <bdi>{d.title}</bdi> : <span class="quiet">{t('addlesson.preview.title')}</span>}</h2>
        <p class="small quiet">{t('ui.minutes', { n: Number(d.minutes) || 1 })}{d.checks.length > 0 && <> · {t('addlesson.preview.checks', { n: d.checks.filter((c) => items.some((i) => i.item === c.item)).length })}</>}</p>
        {d.kind === 'film' && (film
          ? <video ref={player} class="addlesson-film" src={film.url} controls preload="metadata" onLoadedMetadata={(e) => { const ms = Math.round(e.currentTarget.duration * 1000); setFilm((f) => (f && Number.isFinite(ms) ? { ...f, ms } : f)) }}><track kind="captions" src={d.captions ? `/file/${d.captions}` : undefined} default /></video>
          : <p class="addlesson-empty"><Icon name="video" />{t('addlesson.preview.film')}</p>)}
        {d.kind === 'link' && (
          <>
            <p><LinkButton icon="link" href={d.link.trim().startsWith('https://') ? d.link.trim() : '#'} target="_blank">{t('addlesson.preview.link')}</LinkButton></p>
            <p class="small quiet">{t('addlesson.link.tip')}</p>
          </>
        )}
        {d.kind === 'text' && (text.problem ? <ErrorBox title={t('addlesson.text.wrong')} problem={text.problem} /> : text.els.length > 0 ? <Drawn of={text.els} /> : <p class="addlesson-empty"><Icon name="read" />{t('addlesson.preview.text')}</p>)}
      </Card>
    </>
  )
}

/** usePreview asks the school how a text will look, a moment after the last key. */
function usePreview(markup: string): { els: El[]; problem: Problem | null } {
  const [shown, show] = useState<{ els: El[]; problem: Problem | null }>({ els: [], problem: null })
  useEffect(() => {
    if (markup.trim() === '') { show({ els: [], problem: null }); return }
    const stop = new AbortController()
    const timer = setTimeout(() => {
      fetch('/api/v1/preview-text', { method: 'POST', signal: stop.signal, headers: { 'Content-Type': 'application/json', Accept: 'application/json' }, body: JSON.stringify({ markup }) })
        .then(async (answer) => show(answer.ok ? { els: ((await answer.json()) as { text: El[] }).text, problem: null } : { els: [], problem: await problemOf(answer) }))
        .catch(() => {})
    }, 350)
    return () => { clearTimeout(timer); stop.abort() }
  }, [markup])
  return shown
}

mount(AddLesson)
