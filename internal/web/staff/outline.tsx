// outline: a teacher changes a unit: order, names, what is in it. The page holds a draft, kept on this device; one save sends all of it.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type OutlineOut, type OutlinePage, paths } from '../lib/api.gen.ts'
import { useActing } from '../lib/acting.ts'
import { picked } from '../lib/drag.ts'
import { dropForm, keepForm, keptForm } from '../lib/keep.ts'
import { mount, page, reload } from '../lib/page.ts'
import { when } from '../lib/time.ts'
import { rich, t } from '../lib/words.ts'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { useMove } from '../ui/Move.tsx'
import { ErrorBox, toast } from '../ui/Says.tsx'
import { Shell } from '../ui/Shell.tsx'
import { Newer } from './Newer.tsx'
import { Aside, Objective, type Does, focusOn } from './Outlined.tsx'
import { type Draft, type Told, addObjective, addSkill, begin, beside, dropped, leaveOut, moveObjective, moveSkill, named, onto, putBack, spotOf, stepSkill, told, tooEarly, wanted } from './outlines.ts'

/** Kept is a draft with the versions that it was begun from. */
interface Kept { draft: Draft; version: number; course: number }

/** listed is what a draft changes, in a few words. */
export function listed(of: Told): string {
  return new Intl.ListFormat(page.value.locale, { type: 'unit', style: 'short' }).format(of.map(([kind, n]) => t(`outline.n.${kind}`, { n })))
}

/** whereNow says where something stands after it was moved. */
export function whereNow(d: Draft, key: string): string {
  const n = d.parts.findIndex((p) => p.key === key)
  if (n >= 0) return t('outline.objective.now', { title: titled(d.parts[n]!), n: n + 1, of: d.parts.length })
  const s = spotOf(d, key)
  if (s && s.part >= 0) return t('outline.skill.now', { title: titled(s.line), n: s.at + 1, of: d.parts[s.part]!.skills.length, part: titled(d.parts[s.part]!) })
  const aside = s?.line ?? d.aside.find((p) => p.key === key)
  return aside ? t('outline.out.now', { title: titled(aside) }) : ''
}

/** blanks counts the lines that have no words yet. */
const blanks = (d: Draft) => d.parts.flatMap((p) => [p.title, p.iCan, ...p.skills.map((s) => s.title)]).filter((s) => s.trim() === '').length + (d.title.trim() ? 0 : 1)

const titled = (of: { title: string }) => of.title.trim() || t('outline.nameless')

function Outline({ view }: { view: OutlinePage }) {
  return view.newer ? <Older view={view} newer={view.newer} /> : <Editor view={view} />
}

function Head({ view }: { view: OutlinePage }) {
  return (
    <div class="row apart">
      <div>
        <p class="eyebrow"><a class="outline-link" href={`/class/${view.class.id}/units`}>{rich('outline.back', { class: <bdi data-own>{view.class.name}</bdi> })}</a></p>
        <h1>{t('outline.title')} <span class="quiet" data-own>{view.title}</span></h1>
      </div>
      <LinkButton kind="plain" icon="skills" href={`/class/${view.class.id}/prerequisites/${view.unit}`}>{t('outline.needs')}</LinkButton>
    </div>
  )
}

/** Older is for a class that has an earlier version: it is taken first. */
function Older({ view, newer }: { view: OutlinePage; newer: NonNullable<OutlinePage['newer']> }) {
  const acting = useActing()
  const take = async () => {
    if (await acting.run(paths.renew_unit, { class: view.class.id, unit: view.unit, version: newer.version })) toast(t('newer.taken', { unit: view.title }))
  }
  return (
    <Shell width="wide">
      <Head view={view} />
      {acting.problem && <ErrorBox problem={acting.problem} />}
      <p>{t('outline.older')}</p>
      <Newer of={newer} unit={view.title} open busy={acting.busy} take={() => void take()} />
    </Shell>
  )
}

/** useDraft is the draft with what it was begun from; it is kept on the device while it differs. */
function useDraft(view: OutlinePage) {
  const name = `outline ${view.unit}`
  const [was, setWas] = useState<Kept>({ draft: begin(view), version: view.version, course: view.course_version })
  const [draft, setDraft] = useState(was.draft)
  const [left, setLeft] = useState(0)
  const [stale, setStale] = useState<Draft | null>(null)
  const [kept, setKept] = useState(false)
  const sending = useRef(false) // what the school has next is what was sent
  const changes = told(was.draft, draft)
  const dirty = JSON.stringify(wanted(draft)) !== JSON.stringify(wanted(was.draft)) || draft.title !== was.draft.title
  const stands = (k: { version: number; course: number }) => k.version === view.version && k.course === view.course_version
  useEffect(() => {
    void keptForm<Kept>(name).then((k) => {
      if (!k) return
      if (stands(k.form)) { setDraft(k.form.draft); setLeft(k.at); setKept(true) } else setStale(k.form.draft)
    })
  }, [])
  useEffect(() => {
    if (stands(was)) return
    const now = { draft: begin(view), version: view.version, course: view.course_version }
    if (sending.current) void dropForm(name)
    else if (dirty) setStale(draft)
    setKept(false)
    setWas(now)
    setDraft(now.draft)
    setLeft(0)
  }, [view.version, view.course_version])
  useEffect(() => {
    if (!dirty || stale) return
    setKept(false)
    const clock = setTimeout(() => void keepForm(name, { draft, version: was.version, course: was.course } satisfies Kept).then(setKept), 300)
    return () => clearTimeout(clock)
  }, [draft, stale])
  const anew = async () => { await dropForm(name); setDraft(was.draft); setLeft(0); setKept(false); setStale(null) }
  const mine = () => { if (stale) { setDraft(onto(stale, was.draft)); setStale(null) } }
  return { was, draft, setDraft, left, stale, kept, changes, dirty, anew, mine, sending }
}

function Editor({ view }: { view: OutlinePage }) {
  const form = useDraft(view)
  const { draft, setDraft } = form
  const acting = useActing()
  const [said, say] = useState('')
  const [tried, tryIt] = useState(false)
  const [undo, undoable] = useState<{ before: Draft; after: Draft } | null>(null)
  const moved = (next: Draft, key: string) => {
    if (next === draft) return
    setDraft(next)
    say(whereNow(next, key))
  }
  const ground = useMove((thing, place) => moved(dropped(draft, thing, place), thing))
  const note = useRef<HTMLDivElement>(null)
  useEffect(() => { picked.value = '' }, [])
  useEffect(() => { if (form.stale) note.current?.focus() }, [form.stale !== null])
  const step = (key: string, by: 1 | -1) => {
    const n = draft.parts.findIndex((p) => p.key === key)
    moved(n >= 0 ? moveObjective(draft, key, n + by) : stepSkill(draft, key, by), key)
  }
  const does: Does = {
    step,
    name: (key, words) => setDraft(named(draft, key, words)),
    to: (key, part) => moved(moveSkill(draft, key, part), key),
    place: (key, at) => moved(moveObjective(draft, key, at), key),
    out: (key) => {
      const after = leaveOut(draft, key)
      picked.value = ''
      moved(after, key)
      undoable({ before: draft, after })
      focusOn(beside(draft, key))
    },
    back: (key) => moved(putBack(draft, key), key),
    add: (part) => { const [next, key] = addSkill(draft, part); setDraft(next); focusOn(key, 'line') },
  }
  const save = async () => {
    tryIt(true)
    acting.clear()
    if (blanks(draft) > 0) { setTimeout(() => document.querySelector<HTMLElement>('.outline-parts [aria-invalid]')?.focus(), 0); return }
    const sent = { class: view.class.id, unit: view.unit, version: form.was.version, course_version: form.was.course, title: draft.title, objectives: wanted(draft) }
    form.sending.current = true
    const out = await acting.run<OutlineOut>(paths.change_outline, sent)
    form.sending.current = false
    if (!out) return
    tryIt(false)
    if (out.version === form.was.version) await form.anew()
    toast(t('outline.saved', { n: out.changes.length }))
  }
  const early = tooEarly(draft)
  const moving = acting.problem?.say.code === 'fault.outline.moved'
  return (
    <Shell width="wide">
      <Head view={view} />
      <p class="quiet measure">{t('outline.what')}</p>
      {form.stale && (
        <div ref={note} class="outline-note" role="status" tabIndex={-1}>
          <Icon name="info" /><span><b>{t('outline.stale')}</b> {t('outline.stale.what')}</span>
          <Button small onClick={form.mine}>{t('outline.stale.mine')}</Button><Button small kind="plain" onClick={() => void form.anew()}>{t('outline.stale.theirs')}</Button>
        </div>
      )}
      {form.left > 0 && form.dirty && <p class="outline-note" role="status"><Icon name="saved" /><span>{t('outline.left', { day: when(new Date(form.left).toISOString().slice(0, 10)) })}</span></p>}
      <Field label={t('outline.unit')} value={draft.title} max={Math.max(120, draft.title.length)} onInput={(title) => setDraft({ ...draft, title })} />
      <p class="hear" role="status">{said}</p>
      <div class="stack" ref={ground}>
        <ol class="outline-parts">
          {draft.parts.map((p, i) => <Objective key={p.key} cls={view.class.id} draft={draft} at={i} part={p} early={early} tried={tried} does={does} />)}
        </ol>
        <div><Button icon="add" onClick={() => { const [next, key] = addObjective(draft); setDraft(next); focusOn(key, 'line') }}>{t('outline.add.objective')}</Button></div>
        <Aside draft={draft} does={does} />
      </div>
      {(form.dirty || acting.busy) && (
        <div class="outline-save">
          {acting.problem && <ErrorBox problem={acting.problem}>{moving && <Button small onClick={() => { acting.clear(); void reload() }}>{t('outline.see')}</Button>}</ErrorBox>}
          {tried && blanks(draft) > 0 && <p role="alert">{t('outline.blank', { n: blanks(draft) })}</p>}
          {undo?.after === draft && <p class="small outline-gone"><span data-own>{said || t('outline.out.new')}</span> <Button small kind="plain" onClick={() => setDraft(undo.before)}>{t('outline.undo')}</Button></p>}
          <div class="outline-bar">
            <p role="status"><b>{form.changes.length > 0 ? t('outline.changes', { list: listed(form.changes) }) : t('outline.changes.none')}</b> <span class="small quiet outline-kept">{form.kept ? t('outline.kept') : ''}</span></p>
            <Button kind="plain" label={t('outline.again.of')} onClick={() => { tryIt(false); acting.clear(); void form.anew() }}>{t('outline.again')}</Button>
            <Button kind="primary" busy={acting.busy} onClick={() => void save()}>{t('outline.save')}</Button>
          </div>
        </div>
      )}
    </Shell>
  )
}

mount(Outline)
