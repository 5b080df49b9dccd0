// What the pages share on which a lesson is made and changed: its film, its checks with their places, and the lesson as learners
// meet it. Their words are addlesson.*.
import type { ComponentChildren, Ref } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { AddLessonPage, CheckItem, El, FilmIn, SkillUnit } from '../lib/api.gen.ts'
import { newOp } from '../lib/op.ts'
import type { Page } from '../lib/page.ts'
import type { Problem } from '../lib/problem.ts'
import { clockOf } from '../lib/time.ts'
import { say, t } from '../lib/words.ts'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Drawn } from '../ui/Drawn.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ErrorBox } from '../ui/Says.tsx'
import { asked, loaded } from './asked.ts'
import { type Check, type LessonForm, blocksOf, inOrder, isLink, mostChecks, msOf, swapped, wordsOf } from './lessons.ts'
import { refusalOf, upload } from './upload.ts'

/** Sending is a film on its way to the school; file once it is there. */
export interface Sending { url: string; op: string; share: number; ms: number; file?: string; problem?: Problem }

/** fileURL is the address of a lesson's file, as library.FileURL has it. */
export function fileURL(name: string | undefined): string | undefined {
  return name ? (name.startsWith('course/') ? `/${name}` : `/file/${name}`) : undefined
}

/** useFilm sends a film at once, while the teacher fills in the rest, and puts it in the form once the school has it. Captions and a
 * picture belong to a film, so another one begins without. had is the film that the lesson has. */
export function useFilm(film: FilmIn | null, set: (film: FilmIn) => void, had?: { file: string; src: string }) {
  const [sending, setSending] = useState<Sending | null>(null)
  const stop = useRef<AbortController | null>(null)
  const latest = useRef<Sending | null>(null)
  const put = (next: Sending | null) => { latest.current = next; setSending(next) }
  const also = (op: string, more: Partial<Sending>) => { if (latest.current?.op === op) put({ ...latest.current, ...more }) }
  const choose = async (file: File | undefined) => {
    if (!file) return
    stop.current?.abort()
    if (latest.current) URL.revokeObjectURL(latest.current.url)
    const mine = (stop.current = new AbortController()), op = newOp()
    put({ url: URL.createObjectURL(file), op, share: 0, ms: 0 })
    const problem = await refusalOf(file)
    if (problem) { also(op, { problem }); return }
    const got = await upload(file, (share) => also(op, { share }), mine.signal, op)
    if (mine.signal.aborted || latest.current?.op !== op) return
    if (!got.ok) { also(op, { problem: got.problem }); return }
    also(op, { share: 1, file: got.file.file })
    set({ file: got.file.file, ms: latest.current.ms })
  }
  const measured = (seconds: number) => {
    const ms = Math.round(seconds * 1000), now = latest.current
    if (!Number.isFinite(ms) || ms <= 0) return
    if (now && !now.problem) also(now.op, { ms })
    if (film && film.ms === 0 && (!now || now.file === film.file)) set({ ...film, ms })
  }
  const going = sending !== null && !sending.file && !sending.problem
  const src = sending && !sending.problem ? sending.url : film && film.file === had?.file ? had.src || undefined : fileURL(film?.file)
  return { sending, choose, measured, going, src }
}

/** FilmField takes a film, its captions and its picture. */
export function FilmField(p: { film: FilmIn | null; sending: Sending | null; choose: (file: File | undefined) => void; set: (film: FilmIn) => void; fault?: string }) {
  const { film, sending } = p
  const tip = useId()
  const here = film && !(sending && !sending.file)
  return (
    <div class="stack near">
      <label class="field addlesson-file">
        <span class="label">{t(film ? 'addlesson.film.other' : 'addlesson.film')}</span>
        <input class="input" type="file" accept="video/mp4,video/webm,.mp4,.webm" onChange={(e) => p.choose(e.currentTarget.files?.[0])} aria-describedby={tip} />
        <span class="tip" id={tip}>{t('addlesson.film.tip')}</span>
        {p.fault && <span class="fault"><Icon name="error" />{p.fault}</span>}
      </label>
      {sending && !sending.problem && (
        <div class="addlesson-progress" role="status">
          <progress max={1} value={sending.share} aria-label={t('addlesson.sending', { percent: Math.round(sending.share * 100) })} />
          <span class="small addlesson-sent">{sending.file && <Icon name="check" />}{sending.file ? t('addlesson.sent') : t('addlesson.sending', { percent: Math.floor(sending.share * 100) })}</span>
        </div>
      )}
      {sending?.problem && <ErrorBox title={t('addlesson.notsent')} problem={sending.problem} />}
      {here && <Beside label={t('addlesson.captions')} wrong={t('addlesson.captions.not')} drop={t('addlesson.captions.drop')} accept=".vtt,text/vtt" is={(type) => type === 'text/vtt'} value={film.captions ?? ''} set={(captions) => p.set({ ...film, captions })} />}
      {here && <Beside label={t('addlesson.poster')} wrong={t('addlesson.poster.not')} drop={t('addlesson.poster.drop')} accept="image/png,image/jpeg,.png,.jpg,.jpeg" is={(type) => type.startsWith('image/')} value={film.poster ?? ''} set={(poster) => p.set({ ...film, poster })} />}
    </div>
  )
}

/** Beside is one small file that goes with a film. */
function Beside(p: { label: string; wrong: string; drop: string; accept: string; is: (type: string) => boolean; value: string; set: (file: string) => void }) {
  const [fault, setFault] = useState('')
  const take = async (file: File | undefined) => {
    if (!file) return
    const got = await upload(file, () => {}, new AbortController().signal)
    setFault(got.ok ? (p.is(got.file.type) ? '' : p.wrong) : say(got.problem.say))
    if (got.ok && p.is(got.file.type)) p.set(got.file.file)
  }
  return (
    <div class="stack near">
      <label class="field addlesson-file">
        <span class="label">{p.label}</span>
        <input class="input" type="file" accept={p.accept} onChange={(e) => void take(e.currentTarget.files?.[0])} />
        {fault && <span class="fault"><Icon name="error" />{fault}</span>}
      </label>
      {p.value && <div class="row near"><span class="small addlesson-sent"><Icon name="check" />{t('addlesson.has')}</span><Button small kind="plain" onClick={() => p.set('')}>{p.drop}</Button></div>}
    </div>
  )
}

/** More is what a skill has to choose from. */
export interface More { items: CheckItem[]; credits: AddLessonPage['credits'] }

/** itemsOf asks for the items of a skill of a class. */
export async function itemsOf(cls: string, skill: string): Promise<{ ok: true; data: More } | { ok: false; problem: Problem }> {
  const got = await loaded<Page<AddLessonPage>>(`/api/v1/page/class/${cls}/lesson?skill=${skill}`)
  return got.ok ? { ok: true, data: got.data.view } : got
}

interface ChecksProps {
  form: LessonForm
  /** known are the items that are at hand, those of the checks among them; skills are what others can be taken from. */
  known: CheckItem[]
  skills: { id: string; title: string }[]
  /** first is a skill whose items are at hand. */
  first: { skill: string; items: string[] }
  cls: string
  blocks: El[]
  player: { current: HTMLVideoElement | null }
  set: (checks: Check[]) => void
  learn: (more: More) => void
}

/** Checks are the items that a lesson asks, each at its place: an instant of the film, after a paragraph, or the end. */
export function Checks(p: ChecksProps) {
  const { form } = p
  const all = inOrder(form.checks, form.kind)
  const [said, tell] = useState('')
  const list = useRef<HTMLOListElement>(null)
  const put = (item: string, place: Partial<Check>) => p.set(form.checks.map((c) => (c.item === item ? { ...c, ...place } : c)))
  const move = (item: string, by: 1 | -1) => {
    const next = swapped(form.checks, form.kind, item, by)
    p.set(next)
    tell(t('addlesson.check.moved', { n: next.findIndex((c) => c.item === item) + 1, of: next.length }))
    setTimeout(() => list.current?.querySelector<HTMLElement>(`[data-check="${item}"] [data-by="${by}"]:not(:disabled), [data-check="${item}"] [data-by]:not(:disabled)`)?.focus(), 0)
  }
  return (
    <section class="stack near addlesson-checks" aria-label={t('addlesson.checks')}>
      <h2>{t('addlesson.checks')} <span class="quiet small">{t('addlesson.checks.n', { n: all.length, most: mostChecks })}</span></h2>
      <p class="small quiet">{t('addlesson.checks.more')}</p>
      <p class="hear" role="status">{said}</p>
      <ol ref={list} class="addlesson-list">
        {all.map((c, i) => {
          const item = p.known.find((k) => k.item === c.item)
          return (
            <li key={c.item} class="card addlesson-check" data-check={c.item}>
              <div class="row apart">
                <b>{t('addlesson.check.n', { n: i + 1 })}</b>
                <span class="row near">
                  <Mover by={-1} off={i === 0} label={t('addlesson.check.up', { n: i + 1 })} go={() => move(c.item, -1)} />
                  <Mover by={1} off={i === all.length - 1} label={t('addlesson.check.down', { n: i + 1 })} go={() => move(c.item, 1)} />
                  <Button small kind="plain" icon="out" label={t('addlesson.check.drop.n', { n: i + 1 })} onClick={() => p.set(form.checks.filter((o) => o.item !== c.item))}>{t('addlesson.check.drop')}</Button>
                </span>
              </div>
              {item && <Drawn of={item.text} />}
              {form.kind === 'film'
                ? <Instant at={c.at_ms} most={form.film?.ms ?? 0} n={i + 1} player={p.player} set={(at_ms) => put(c.item, { at_ms })} />
                : p.blocks.length > 0 && <After at={c.after_block} n={i + 1} blocks={p.blocks} set={(after_block) => put(c.item, { after_block })} />}
            </li>
          )
        })}
      </ol>
      {all.length < mostChecks && <Others {...p} />}
    </section>
  )
}

function Mover(p: { by: 1 | -1; off: boolean; label: string; go: () => void }) {
  return <button type="button" class="button plain small square" data-by={p.by} disabled={p.off} aria-label={p.label} onClick={p.go}><Icon name={p.by < 0 ? 'up' : 'down'} /></button>
}

/** Instant is a moment of the film: typed, or taken from where it stands. */
function Instant(p: { at: number; most: number; n: number; player: { current: HTMLVideoElement | null }; set: (ms: number) => void }) {
  const id = useId()
  const shown = p.at > 0 ? clockOf(p.at) : ''
  const [typed, type] = useState(shown)
  useEffect(() => { if (msOf(typed) !== Math.floor(p.at / 1000) * 1000) type(shown) }, [p.at])
  const bad = typed.trim() !== '' && msOf(typed) === null
  const beyond = p.most > 0 && Math.max(p.at, bad ? 0 : msOf(typed) ?? 0) > p.most
  // The checks stand in order, so a place holds once it is typed to its end: a row that jumps beneath the fingers loses them.
  const hold = () => { const ms = typed.trim() === '' ? 0 : msOf(typed); if (ms !== null) p.set(ms) }
  const here = () => { const ms = Math.round((p.player.current?.currentTime ?? 0) * 1000); p.set(ms); type(ms > 0 ? clockOf(ms) : '') }
  return (
    <div class="addlesson-place">
      <label class="small" for={id}>{t('addlesson.check.when')}</label>
      <input id={id} class="input addlesson-clock" inputMode="numeric" dir="ltr" placeholder={t('addlesson.check.when.end')} value={typed} aria-invalid={bad || beyond || undefined} aria-describedby={bad || beyond ? `${id}-f` : undefined} aria-label={t('addlesson.check.when.n', { n: p.n })} onInput={(e) => type(e.currentTarget.value)} onChange={hold} onKeyDown={(e) => { if (e.key === 'Enter') { e.preventDefault(); hold() } }} />
      <Button small icon="pin" label={t('addlesson.check.here.n', { n: p.n })} onClick={here}>{t('addlesson.check.here')}</Button>
      {p.at > 0 && <Button small kind="plain" label={t('addlesson.check.toend.n', { n: p.n })} onClick={() => { p.set(0); type('') }}>{t('addlesson.check.toend')}</Button>}
      {(bad || beyond) && <p class="fault" id={`${id}-f`}><Icon name="error" />{bad ? t('addlesson.check.clock') : t('addlesson.check.beyond', { time: clockOf(p.most) })}</p>}
    </div>
  )
}

/** After is a place in the text: after one of its blocks, or the end. */
function After(p: { at: number; n: number; blocks: El[]; set: (block: number) => void }) {
  return (
    <label class="addlesson-place"><span class="small">{t('addlesson.check.after')}</span>
      <select class="input" value={String(Math.min(p.at, p.blocks.length))} aria-label={t('addlesson.check.after.n', { n: p.n })} onChange={(e) => p.set(Number(e.currentTarget.value))}>
        {p.blocks.map((b, i) => <option key={i} value={String(i + 1)} data-own>{`${i + 1}. ${wordsOf(b) || t('addlesson.check.block')}`}</option>)}
        <option value="0">{t('addlesson.check.end')}</option>
      </select>
    </label>
  )
}

/** Others are the items that can be asked too, of one skill at a time. */
function Others(p: ChecksProps) {
  const [skill, pick] = useState(p.skills[0]?.id ?? '')
  const [of, setOf] = useState<Record<string, string[]>>({})
  const [problem, setProblem] = useState<Problem | null>(null)
  const [open, show] = useState(p.form.checks.length === 0)
  const wanted = p.skills.some((s) => s.id === skill) ? skill : p.skills[0]?.id ?? ''
  const ids = of[wanted] ?? (p.first.skill === wanted ? p.first.items : null)
  useEffect(() => {
    if (!open || !wanted || ids) return
    void itemsOf(p.cls, wanted).then((got) => {
      if (!got.ok) { setProblem(got.problem); return }
      setProblem(null)
      p.learn(got.data)
      setOf((was) => ({ ...was, [wanted]: got.data.items.map((i) => i.item) }))
    })
  }, [wanted, open])
  const others = p.known.filter((i) => ids?.includes(i.item) && !p.form.checks.some((c) => c.item === i.item))
  if (p.skills.length === 0) return null
  return (
    <details class="why" open={open} onToggle={(e) => show(e.currentTarget.open)}>
      <summary><Icon name="add" />{ids ? t('addlesson.checks.other', { n: others.length }) : t('addlesson.checks.others')}<Icon name="open" /></summary>
      <div class="because">
        {p.skills.length > 1 && (
          <label class="field"><span class="label">{t('addlesson.checks.of')}</span>
            <select class="input" value={wanted} onChange={(e) => pick(e.currentTarget.value)}>{p.skills.map((s) => <option key={s.id} value={s.id} data-own>{s.title}</option>)}</select>
          </label>
        )}
        {problem && <ErrorBox problem={problem} />}
        {ids && others.length === 0 && <p class="quiet">{t('addlesson.checks.none')}</p>}
        {others.map((i) => (
          <div key={i.item} class="addlesson-other"><Drawn of={i.text} /><Button small icon="add" onClick={() => p.set([...p.form.checks, { item: i.item, at_ms: 0, after_block: 0 }])}>{t('addlesson.check.take')}</Button></div>
        ))}
      </div>
    </details>
  )
}

/** SkillSelect is one of the skills that a class has. */
export function SkillSelect({ units, value, onChange }: { units: SkillUnit[]; value: string; onChange: (skill: string) => void }) {
  return (
    <select class="input" value={value} onChange={(e) => onChange(e.currentTarget.value)}>
      {units.flatMap((u) => u.objectives.map((o) => (
        <optgroup key={u.id + o.id} label={units.length > 1 ? `${u.title}: ${o.title}` : o.title} data-own>
          {o.skills.map((s) => <option key={s.id} value={s.id}>{s.title}</option>)}
        </optgroup>
      )))}
    </select>
  )
}

/** Shown is the lesson as a learner meets it, with the places of its checks. */
export function Shown({ form, src, measured, player, text, children }: { form: LessonForm; src: string | undefined; measured: (seconds: number) => void; player: Ref<HTMLVideoElement>; text: Told; children?: ComponentChildren }) {
  const minutes = Number(form.minutes)
  return (
    <>
      <p class="eyebrow">{t('addlesson.preview')}</p>
      <Card>
        <h2>{form.title ? <bdi data-own>{form.title}</bdi> : <span class="quiet">{t('addlesson.preview.title')}</span>}</h2>
        <p class="small quiet">{t('ui.minutes', { n: Number.isInteger(minutes) && minutes > 0 ? minutes : 1 })} · {t('addlesson.preview.checks', { n: form.checks.length })}</p>
        {form.kind === 'film' && (src || form.film
          ? <video key={src} ref={player} class="addlesson-film" src={src} poster={fileURL(form.film?.poster)} controls preload="metadata" aria-label={t('addlesson.kind.film')} onLoadedMetadata={(e) => measured(e.currentTarget.duration)}><track kind="captions" src={fileURL(form.film?.captions)} default /></video>
          : <p class="addlesson-empty"><Icon name="video" />{t('addlesson.preview.film')}</p>)}
        {form.kind === 'link' && (
          <>
            <p><LinkButton icon="link" href={isLink(form.link) ? form.link.trim() : '#'} target="_blank">{t('addlesson.preview.link')}</LinkButton></p>
            <p class="small quiet">{t('addlesson.link.tip')}</p>
          </>
        )}
        <Words form={form} text={text} />
        {children}
      </Card>
    </>
  )
}

function Words({ form, text }: { form: LessonForm; text: Told }) {
  if (text.problem) return <ErrorBox title={t('addlesson.text.unread')} problem={text.problem} />
  if (form.text.trim() === '' || text.blocks.length === 0) return form.kind === 'text' ? <p class="addlesson-empty"><Icon name="read" />{t('addlesson.preview.text')}</p> : null
  if (form.kind === 'film') return <details class="why"><summary><Icon name="read" />{t('addlesson.transcript')}<Icon name="open" /></summary><div class="because"><Drawn of={text.blocks} /></div></details>
  const all = inOrder(form.checks, form.kind)
  const marks = (at: number) => all.flatMap((c, i) => (c.after_block === at || at === 0 && c.after_block > text.blocks.length ? [<p key={c.item} class="addlesson-mark"><Icon name="question" />{t('addlesson.check.n', { n: i + 1 })}</p>] : []))
  return <div class="stack">{text.blocks.map((b, i) => <div key={i} class="stack near"><Drawn of={[b]} />{marks(i + 1)}</div>)}{marks(0)}</div>
}

/** Told is a text as learners will read it, block by block; of is the markup that it is of. */
export interface Told { of: string; blocks: El[]; problem: Problem | null }

/** draw asks the school how a text will look. */
export async function draw(markup: string, stop?: AbortSignal): Promise<Told> {
  if (markup.trim() === '') return { of: markup, blocks: [], problem: null }
  const got = await asked<{ text: El[] }>('/api/v1/preview-text', { markup }, stop)
  return got.ok ? { of: markup, blocks: blocksOf(got.data.text), problem: null } : { of: markup, blocks: [], problem: got.problem }
}

/** useTold keeps a text drawn, a moment after the last key. A text that cannot be read leaves what was drawn before. */
export function useTold(markup: string, first: Told): Told {
  const [told, tell] = useState(first)
  useEffect(() => {
    if (markup === told.of && !told.problem) return
    const stop = new AbortController()
    const clock = setTimeout(() => void draw(markup, stop.signal).then((next) => {
      if (stop.signal.aborted) return
      tell((was) => (next.problem ? (next.problem.status === 0 ? was : { ...was, problem: next.problem }) : next))
    }), 350)
    return () => { clearTimeout(clock); stop.abort() }
  }, [markup])
  return told
}
